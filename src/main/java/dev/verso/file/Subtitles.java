package dev.verso.file;

import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.InputFormat;
import dev.verso.text.ReadOptions;
import dev.verso.translation.MarkedText;
import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SubRip and WebVTT: a sentence that runs over several captions is translated as one and split
 * again at the words where it was split.
 *
 * <p>Numbers, times, settings, notes and styles are unchanged; so are the tags of a caption, which
 * move with their words. A caption of several lines has at most two afterwards, as long as they are
 * no longer than {@value #LINE} characters.
 */
public final class Subtitles {

  private static final int LINE = 42;
  private static final Pattern TIME = Pattern.compile("^.*\\d\\d[,.]\\d{1,3}\\s*-->.*$");
  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]{0,60}>|\\{\\\\[^}]*}");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?…][\"'»”)\\]]*\\s*$");
  private static final Pattern SPEAKER = Pattern.compile("^\\s*[-–—]\\s*");

  private final List<String> lines;
  private final List<Caption> captions = new ArrayList<>();

  /** The text lines [from, to) of one caption. */
  private record Caption(int from, int to) {}

  private Subtitles(List<String> lines) {
    this.lines = lines;
    int i = 0;
    while (i < lines.size()) {
      if (!TIME.matcher(lines.get(i)).matches()) {
        i++;
        continue;
      }
      int from = ++i;
      while (i < lines.size() && !lines.get(i).isBlank()) {
        i++;
      }
      if (i > from) {
        captions.add(new Caption(from, i));
      }
    }
  }

  /**
   * @throws InputException if there are no captions
   */
  public static byte[] translate(String name, byte[] content, UnitTranslation translation) {
    String text =
        Documents.read(name, content, ReadOptions.defaults().withFormat(InputFormat.TEXT)).text();
    Subtitles subtitles = new Subtitles(List.of(text.split("\\R", -1)));
    if (subtitles.captions.isEmpty()) {
      throw new InputException(name + " contains no caption with a time line and text");
    }
    return subtitles.translated(translation).getBytes(StandardCharsets.UTF_8);
  }

  private String translated(UnitTranslation translation) {
    List<Group> groups = groups();
    List<MarkedText> results = translation.translate(groups.stream().map(Group::marked).toList());
    List<String> out = new ArrayList<>();
    int at = 0;
    for (int g = 0; g < groups.size(); g++) {
      List<String> texts = groups.get(g).split(results.get(g));
      for (int c = 0; c < texts.size(); c++) {
        Caption caption = groups.get(g).captions.get(c);
        out.addAll(lines.subList(at, caption.from));
        out.addAll(wrapped(texts.get(c), caption.to - caption.from));
        at = caption.to;
      }
    }
    out.addAll(lines.subList(at, lines.size()));
    return String.join("\n", out);
  }

  /** Captions that one sentence runs through form a group. */
  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    Group group = null;
    for (Caption caption : captions) {
      String first = lines.get(caption.from);
      boolean turn = SPEAKER.matcher(TAG.matcher(first).replaceAll("")).find();
      if (group == null || group.isComplete() || turn) {
        group = new Group();
        groups.add(group);
      }
      group.add(caption, lines.subList(caption.from, caption.to));
    }
    return groups;
  }

  /** Captions whose text is translated as one. */
  private static final class Group {
    static final int CAPTION = -1;

    final List<Caption> captions = new ArrayList<>();
    final StringBuilder text = new StringBuilder();
    final List<Object> parts = new ArrayList<>(); // the meaning of each mark
    final List<Mark> marks = new ArrayList<>();

    boolean isComplete() {
      return captions.size() >= 6 || SENTENCE_END.matcher(text).find();
    }

    void add(Caption caption, List<String> lines) {
      if (!captions.isEmpty()) {
        text.append(' ');
        mark(CAPTION, Kind.SINGLE);
      }
      captions.add(caption);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (i > 0) {
          boolean turn = SPEAKER.matcher(TAG.matcher(line).replaceAll("")).find();
          if (turn) {
            mark("\n", Kind.BREAK);
            text.append('\n');
          } else {
            text.append(' ');
          }
        }
        Matcher tag = TAG.matcher(line);
        int at = 0;
        while (tag.find()) {
          text.append(line, at, tag.start());
          mark(tag.group(), Kind.SINGLE);
          at = tag.end();
        }
        text.append(line, at, line.length());
      }
    }

    private void mark(Object part, Kind kind) {
      marks.add(new Mark(kind, parts.size(), text.length()));
      parts.add(part);
    }

    /** Tags that open and close within the group go with the words between them. */
    MarkedText marked() {
      List<Mark> paired = new ArrayList<>(marks);
      List<Integer> open = new ArrayList<>();
      for (int i = 0; i < paired.size(); i++) {
        if (!(parts.get(paired.get(i).id()) instanceof String tag) || !tag.startsWith("<")) {
          continue;
        }
        if (!tag.startsWith("</")) {
          open.add(i);
          continue;
        }
        if (!open.isEmpty()) {
          int from = open.remove(open.size() - 1);
          String opening = (String) parts.get(paired.get(from).id());
          if (nameOf(opening).equals(nameOf(tag))) {
            Mark begin = paired.get(from);
            Mark end = paired.get(i);
            paired.set(from, new Mark(Kind.OPEN, begin.id(), begin.position()));
            paired.set(i, new Mark(Kind.CLOSE, begin.id(), end.position()));
            closing.put(begin.id(), tag);
          }
        }
      }
      return new MarkedText(text.toString(), paired);
    }

    final java.util.Map<Integer, String> closing = new java.util.HashMap<>();

    private static String nameOf(String tag) {
      return tag.replaceAll("^</?([A-Za-z]+).*$", "$1");
    }

    /** One text for each caption. */
    List<String> split(MarkedText translated) {
      List<StringBuilder> texts = new ArrayList<>(List.of(new StringBuilder()));
      int at = 0;
      for (Mark mark : translated.marks()) {
        StringBuilder current = texts.get(texts.size() - 1);
        current.append(translated.text(), at, mark.position());
        at = mark.position();
        Object part = parts.get(mark.id());
        if (part.equals(CAPTION)) {
          texts.add(new StringBuilder());
        } else if (mark.kind() == Kind.CLOSE) {
          current.append(closing.get(mark.id()));
        } else if (mark.kind() != Kind.BREAK) {
          current.append(part);
        }
      }
      texts.get(texts.size() - 1).append(translated.text(), at, translated.text().length());
      return texts.stream().map(text -> text.toString().strip()).toList();
    }
  }

  /** Lines of a caption that had {@code before} lines. */
  private static List<String> wrapped(String text, int before) {
    List<String> wrapped = new ArrayList<>();
    for (String line : text.split("\n")) {
      String one = line.replaceAll("\\s+", " ").strip();
      int shown = TAG.matcher(one).replaceAll("").length();
      boolean two = shown > LINE || (before > 1 && shown > LINE * 3 / 4 && !text.contains("\n"));
      int middle = two ? middleSpace(one) : -1;
      if (middle > 0) {
        wrapped.add(one.substring(0, middle));
        wrapped.add(one.substring(middle + 1));
      } else {
        wrapped.add(one);
      }
    }
    return wrapped;
  }

  /** The space nearest to the middle that is outside tags, or -1. */
  private static int middleSpace(String line) {
    boolean[] inTag = new boolean[line.length()];
    Matcher tag = TAG.matcher(line);
    while (tag.find()) {
      java.util.Arrays.fill(inTag, tag.start(), tag.end(), true);
    }
    int best = -1;
    for (int i = 0; i < line.length(); i++) {
      boolean nearer = Math.abs(2 * i - line.length()) < Math.abs(2 * best - line.length());
      if (line.charAt(i) == ' ' && !inTag[i] && (best < 0 || nearer)) {
        best = i;
      }
    }
    return best;
  }
}
