package dev.verso.file;

import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.InputFormat;
import dev.verso.text.Place;
import dev.verso.text.ReadOptions;
import dev.verso.text.TextSpan;
import dev.verso.translation.MarkedText;
import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/**
 * SubRip and WebVTT: a sentence that runs over several captions is translated as one and split
 * again at the words where it was split.
 *
 * <p>Numbers, times, settings, notes and styles are unchanged; so are the tags of a caption, which
 * move with their words, and its times for words, which are spread over its words anew. A caption
 * of several lines has at most two afterwards, as long as they are no longer than {@value #LINE}
 * characters. What rolls up from the caption before is translated once.
 */
public final class Subtitles {

  private static final int LINE = 42;
  private static final Pattern TIME = Pattern.compile("^.*\\d\\d[,.]\\d{1,3}\\s*-->.*$");
  private static final Pattern NUMBER = Pattern.compile("\\s*\\d+\\s*");
  private static final Pattern TAG =
      Pattern.compile("</?[A-Za-z][^<>]{0,60}>|</>|\\{\\\\[^}]*}|<[\\d:.]{3,20}>");
  private static final Pattern WORD_TIME = Pattern.compile("<[\\d:.]{3,20}>");
  private static final Pattern TIMED_TAG = Pattern.compile("<c>([^<]*)</c>");
  private static final Pattern HEADER_LANGUAGE = Pattern.compile("(?i)(Language:\\s*)fr\\b.*");
  private static final Pattern LINE_BREAK = Pattern.compile("(?i)<br ?/?>|\\\\N");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?…][\"'»”)\\]]*\\s*$");
  private static final Pattern SPEAKER = Pattern.compile("^\\s*[-–—]\\s*");

  private final boolean web;
  private final List<String> lines;
  private final List<Caption> captions = new ArrayList<>();

  /**
   * The text lines [from, to) of one caption.
   *
   * @param carried how many of them rolled up from the caption before
   */
  private record Caption(int from, int to, int carried) {

    boolean isNew() {
      return from + carried < to;
    }
  }

  private Subtitles(List<String> lines) {
    this.lines = lines;
    this.web = lines.get(0).startsWith("WEBVTT");
    int i = 0;
    while (i < lines.size()) {
      if (!TIME.matcher(lines.get(i)).matches()) {
        i++;
        continue;
      }
      int from = ++i;
      while (i < lines.size() && !lines.get(i).isEmpty() && !beginsCaption(i)) {
        i++;
      }
      int to = i;
      while (to > from && lines.get(to - 1).isBlank()) {
        to--;
      }
      while (from < to && lines.get(from).isBlank()) {
        from++;
      }
      if (to > from) {
        captions.add(new Caption(from, to, carried(from, to)));
      }
    }
  }

  private boolean beginsCaption(int line) {
    return TIME.matcher(lines.get(line)).matches()
        || (line + 1 < lines.size()
            && NUMBER.matcher(lines.get(line)).matches()
            && TIME.matcher(lines.get(line + 1)).matches());
  }

  /** How many lines from there on are the last ones of the caption before. */
  private int carried(int from, int to) {
    if (captions.isEmpty()) {
      return 0;
    }
    Caption before = captions.get(captions.size() - 1);
    for (int n = Math.min(to - from, before.to - before.from); n > 0; n--) {
      boolean same = true;
      for (int k = 0; same && k < n; k++) {
        same = plain(lines.get(before.to - n + k)).equals(plain(lines.get(from + k)));
      }
      // Somebody may say the same twice: only automatic captions with times roll.
      boolean rolls = lines.stream().anyMatch(line -> WORD_TIME.matcher(line).find());
      if (same && rolls) {
        return n;
      }
    }
    return 0;
  }

  private static String plain(String line) {
    return TAG.matcher(line).replaceAll("").strip();
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
    String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    return String.join(lineEnd, subtitles.translated(translation)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The text of the captions without their tags: sentences that run over several are joined.
   *
   * @throws InputException if there are no captions
   */
  static ExtractedText extracted(String name, byte[] content) {
    String text =
        Documents.read(name, content, ReadOptions.defaults().withFormat(InputFormat.TEXT)).text();
    Subtitles subtitles = new Subtitles(List.of(text.split("\\R", -1)));
    if (subtitles.captions.isEmpty()) {
      throw new InputException(name + " contains no caption with a time line and text");
    }
    Map<Caption, Integer> numbers = new HashMap<>();
    for (Caption caption : subtitles.captions) {
      numbers.put(caption, numbers.size() + 1);
    }
    StringBuilder all = new StringBuilder();
    List<Place> places = new ArrayList<>();
    for (Group group : subtitles.groups()) {
      all.append(all.isEmpty() ? "" : "\n\n");
      int start = all.length();
      all.append(group.text);
      for (int i = 0; i < group.captions.size(); i++) {
        Caption caption = group.captions.get(i);
        int end = i + 1 < group.starts.size() ? group.starts.get(i + 1) : group.text.length();
        places.add(
            new Place(
                new TextSpan(start + group.starts.get(i), start + end),
                Place.Kind.CUE,
                numbers.get(caption),
                subtitles.timeLine(caption)));
      }
    }
    return new ExtractedText(all.toString(), places);
  }

  private String timeLine(Caption caption) {
    int line = caption.from - 1;
    while (line > 0 && !TIME.matcher(lines.get(line)).matches()) {
      line--;
    }
    return lines.get(line).strip();
  }

  private List<String> translated(UnitTranslation translation) {
    List<Group> groups = groups();
    List<MarkedText> results = translation.translate(groups.stream().map(Group::marked).toList());
    Map<Caption, String> texts = new HashMap<>();
    for (int g = 0; g < groups.size(); g++) {
      List<String> split = groups.get(g).split(results.get(g));
      for (int c = 0; c < split.size(); c++) {
        texts.put(groups.get(g).captions.get(c), split.get(c));
      }
    }
    List<String> out = new ArrayList<>();
    List<String> before = List.of();
    int at = 0;
    for (Caption caption : captions) {
      out.addAll(lines.subList(at, caption.from));
      List<String> shown = new ArrayList<>();
      if (caption.carried > 0 && !before.isEmpty()) {
        int most = Math.min(before.size(), caption.isNew() ? 1 : before.size());
        shown.addAll(before.subList(before.size() - most, before.size()));
      }
      List<String> own =
          caption.isNew()
              ? wrapped(texts.get(caption), caption.to - caption.from - caption.carried)
              : List.of();
      shown.addAll(timed(own, times(caption)));
      out.addAll(shown);
      before = own.isEmpty() ? shown : own;
      at = caption.to;
    }
    out.addAll(lines.subList(at, lines.size()));
    for (int i = 0; web && i < out.size() && !out.get(i).isBlank(); i++) {
      out.set(i, HEADER_LANGUAGE.matcher(out.get(i)).replaceFirst("$1en"));
    }
    return out;
  }

  /** The times of a caption's words, in order. */
  private List<String> times(Caption caption) {
    List<String> times = new ArrayList<>();
    for (String line : lines.subList(caption.from + caption.carried, caption.to)) {
      Matcher time = WORD_TIME.matcher(line);
      while (time.find()) {
        times.add(time.group());
      }
    }
    return times;
  }

  /** Lines with times spread evenly over their words. */
  private List<String> timed(List<String> own, List<String> times) {
    if (times.isEmpty() || own.isEmpty()) {
      return own;
    }
    String all = String.join("\n", own);
    List<Integer> starts = new ArrayList<>();
    Matcher word = Pattern.compile(TAG.pattern() + "|[^\\s<]+").matcher(all);
    boolean inside = false;
    int end = 0;
    while (word.find()) {
      inside &= word.start() == end; // a tag inside a word begins none
      if (!TAG.matcher(word.group()).matches()) {
        if (!inside) {
          starts.add(word.start());
        }
        inside = true;
      }
      end = word.end();
    }
    StringBuilder timed = new StringBuilder();
    int at = 0;
    for (int i = 0; i < times.size(); i++) {
      int place = Math.round((i + 1) * starts.size() / (float) (times.size() + 1));
      int to = starts.isEmpty() ? all.length() : starts.get(Math.min(place, starts.size() - 1));
      timed.append(all, at, to).append(times.get(i));
      at = to;
    }
    return List.of(timed.append(all.substring(at)).toString().split("\n"));
  }

  /** Captions that one sentence runs through form a group. */
  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    Group group = null;
    for (Caption caption : captions) {
      if (!caption.isNew()) {
        continue;
      }
      String first = lines.get(caption.from + caption.carried);
      boolean turn = SPEAKER.matcher(TAG.matcher(first).replaceAll("")).find();
      if (group == null || group.isComplete() || turn) {
        group = new Group(web);
        groups.add(group);
      }
      group.add(caption, lines.subList(caption.from + caption.carried, caption.to));
    }
    return groups;
  }

  /** Captions whose text is translated as one. */
  private static final class Group {
    static final int CAPTION = -1;

    final boolean web;
    final List<Caption> captions = new ArrayList<>();
    final List<Integer> starts = new ArrayList<>(); // of each caption in the text
    final StringBuilder text = new StringBuilder();
    final List<Object> parts = new ArrayList<>(); // the meaning of each mark
    final List<Mark> marks = new ArrayList<>();

    Group(boolean web) {
      this.web = web;
    }

    boolean isComplete() {
      return captions.size() >= 6 || SENTENCE_END.matcher(text).find();
    }

    void add(Caption caption, List<String> given) {
      if (!captions.isEmpty()) {
        text.append(' ');
        mark(CAPTION, Kind.SINGLE);
      }
      captions.add(caption);
      starts.add(text.length());
      boolean timed = given.stream().anyMatch(line -> WORD_TIME.matcher(line).find());
      for (int i = 0; i < given.size(); i++) {
        String line = given.get(i);
        if (timed) {
          line = TIMED_TAG.matcher(WORD_TIME.matcher(line).replaceAll("")).replaceAll("$1");
        }
        if (i > 0) {
          boolean turn = SPEAKER.matcher(TAG.matcher(line).replaceAll("")).find();
          if (turn) {
            turn();
          } else {
            text.append(' ');
          }
        }
        String[] pieces = LINE_BREAK.split(line, -1);
        for (int k = 0; k < pieces.length; k++) {
          if (k > 0) {
            turn();
          }
          line(pieces[k]);
        }
      }
    }

    private void turn() {
      mark("\n", Kind.BREAK);
      text.append('\n');
    }

    private void line(String line) {
      Matcher tag = TAG.matcher(line);
      int at = 0;
      while (tag.find()) {
        text.append(decoded(line.substring(at, tag.start())));
        mark(tag.group(), Kind.SINGLE);
        at = tag.end();
      }
      text.append(decoded(line.substring(at)));
    }

    /** WebVTT has references to characters, SubRip has not. */
    private String decoded(String given) {
      return web ? Parser.unescapeEntities(given, false) : given;
    }

    private String encoded(String shown) {
      return web
          ? shown
              .replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\u200e", "&lrm;")
              .replace("\u200f", "&rlm;")
          : shown;
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

    final Map<Integer, String> closing = new HashMap<>();

    private static String nameOf(String tag) {
      return tag.replaceAll("^</?([A-Za-z]+).*$", "$1");
    }

    /** One text for each caption. */
    List<String> split(MarkedText translated) {
      List<StringBuilder> texts = new ArrayList<>(List.of(new StringBuilder()));
      int at = 0;
      for (Mark mark : translated.marks()) {
        StringBuilder current = texts.get(texts.size() - 1);
        current.append(encoded(translated.text().substring(at, mark.position())));
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
      texts.get(texts.size() - 1).append(encoded(translated.text().substring(at)));
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
