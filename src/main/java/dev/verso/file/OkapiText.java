package dev.verso.file;

import dev.verso.translation.MarkedText;
import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.okapi.common.resource.Code;
import net.sf.okapi.common.resource.Segment;
import net.sf.okapi.common.resource.TextFragment;
import net.sf.okapi.common.resource.TextFragment.TagType;

/**
 * A segment of Okapi's as a text with marks, and back.
 *
 * <p>Codes become marks. What parts words, such as a line break or a tab, is a {@link Kind#BREAK}
 * behind a separator of its own ({@link MarkedText#LINE} or {@link MarkedText#HARD}), which goes
 * when the translation is put back. What is not to be translated, such as code or a placeholder of a
 * program's message, is one private character in the text, which translations keep. Used by one
 * thread.
 */
final class OkapiText {

  /** Types of Okapi's codes that part words. */
  private static final Set<String> BREAKS = Set.of(Code.TYPE_LB, "br", "HARD_LINE_BREAK");

  private static final String EXCLUDED = "inline excluded";

  /** Types of Okapi's codes that stand for a word, since they print something. */
  private static final Set<String> WORDS = Set.of(EXCLUDED, "regxph", "code");

  /**
   * What a program puts into its messages or takes out of them, and the tags in them: in that order
   * double and single braces with what is before them, percent signs of printf and of Python,
   * escapes; a tag.
   */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "(?<kept>\\{\\{[^{}]{1,200}}}|[$#%]?\\{[\\w.:\\-+ ]{0,100}}|%\\([\\w.]{1,100}\\)[#0\\- +]?"
              + "[\\d.]*[a-zA-Z]|%%|%\\d+(?![\\d\\p{L}$ %])"
              + "|%(?:\\d+\\$)?[#0\\-+]*[\\d.]*(?:hh|ll|[hlLqjzt])?[diouxXeEfFgGcsSpaAn@](?!\\p{L})"
              + "|&[a-zA-Z][a-zA-Z0-9]{1,30};|&#\\d{1,7};|\\\\[nrt\"'\\\\]|\\$t\\([^)]{1,100}\\))"
              + "|(?<tag></?[a-zA-Z][\\w:-]{0,40}(?:\\s[^<>]{0,500})?/?>)");

  /** Where the plural and gender forms of an ICU message begin, part and end. */
  private static final Pattern FORMS =
      Pattern.compile(
          "\\{\\s*\\w+\\s*,\\s*(?:plural|select|selectordinal)\\s*,(?:\\s*offset:\\d+)?\\s*[=\\w]+\\s*\\{"
              + "|}\\s*[=\\w]+\\s*\\{|}\\s*}");

  /** A single word with marks inside that words do not hold: an address, a key, a file. */
  private static final Pattern NO_WORD =
      Pattern.compile("\\S+[_/\\\\@#=:.\\d]\\S+|\\p{Ll}+\\p{Lu}\\w*|#\\S+");

  private static final Pattern TAG_NAME = Pattern.compile("</?([\\w:-]+)");

  private static final Pattern NOT_TRANSLATED =
      Pattern.compile("\\sclass\\s*=\\s*(?:notranslate\\b|([\"'])(?:[^\"']*\\s)?notranslate[\\s\"'])");

  /**
   * What a mark or a private character stands for.
   *
   * @param code the first of its codes, null if it has none
   * @param parts its codes and the characters between them
   */
  private record Piece(Code code, List<Object> parts) {

    static Piece of(Code code) {
      return new Piece(code, List.of(code));
    }

    static Piece of(String literal) {
      return new Piece(null, List.of(literal));
    }

    /** Characters of the text that it is. */
    String literal() {
      return code == null ? (String) parts.get(0) : "";
    }

    void appendTo(TextFragment fragment) {
      for (Object part : parts) {
        if (part instanceof Code one) {
          fragment.append(one.clone());
        } else {
          fragment.append((String) part);
        }
      }
    }
  }

  /** A quotation mark in Android's messages, which has to be escaped. */
  private static final Pattern ANDROID_QUOTE = Pattern.compile("\\\\(['\"])");

  private final Segment segment;
  private final Form form;
  private final List<Piece> pieces = new ArrayList<>();
  private final Map<Integer, Piece> closing = new HashMap<>();
  private final Map<Character, Piece> kept = new HashMap<>();
  private final StringBuilder text = new StringBuilder();
  private final List<Mark> marks = new ArrayList<>();
  private final Deque<Integer> open = new ArrayDeque<>(); // positions in marks
  private final MarkedText marked;
  private char free = '\uE000';

  /** Of a file's segment. */
  OkapiText(Segment segment, Form form) {
    this.segment = segment;
    this.form = form;
    TextFragment fragment = segment.text;
    String coded = fragment.getCodedText();
    int from = 0;
    for (int i = 0; i < coded.length(); i++) {
      if (TextFragment.isMarker(coded.charAt(i))) {
        literal(coded.substring(from, i), coded);
        Code code = fragment.getCode(coded.charAt(++i));
        int end = notTranslated(code) ? closing(fragment, coded, i + 1, code) : -1;
        if (end > 0) {
          keep(new Piece(code, parts(fragment, coded.substring(i - 1, end))), coded);
          i = end - 1;
        } else {
          code(code, coded);
        }
        from = i + 1;
      }
    }
    literal(coded.substring(from), coded);
    this.marked = new MarkedText(text.toString(), marks);
  }

  /** Whether a program's message is a text and not a key, an address or the like. */
  static boolean isMessage(TextFragment fragment) {
    String plain = TextFragment.getText(fragment.getCodedText()).strip();
    return plain.codePoints().anyMatch(Character::isLetter) && !NO_WORD.matcher(plain).matches();
  }

  private static boolean notTranslated(Code code) {
    return code.getTagType() == TagType.OPENING
        && NOT_TRANSLATED.matcher(String.valueOf(code.getData())).find();
  }

  /** Where the code that closes {@code opening} ends, or -1. */
  private static int closing(TextFragment fragment, String coded, int from, Code opening) {
    for (int i = from; i < coded.length(); i++) {
      if (TextFragment.isMarker(coded.charAt(i))) {
        Code code = fragment.getCode(coded.charAt(++i));
        if (code.getTagType() == TagType.CLOSING && code.getId() == opening.getId()) {
          return i + 1;
        }
      }
    }
    return -1;
  }

  private static List<Object> parts(TextFragment fragment, String coded) {
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i < coded.length(); i++) {
      boolean marker = TextFragment.isMarker(coded.charAt(i));
      parts.add(marker ? fragment.getCode(coded.charAt(++i)) : String.valueOf(coded.charAt(i)));
    }
    return parts;
  }

  private void code(Code code, String coded) {
    if (WORDS.contains(code.getType()) && code.getTagType() == TagType.PLACEHOLDER) {
      keep(Piece.of(code), coded);
      return;
    }
    boolean parts = BREAKS.contains(code.getType());
    if (parts) {
      text.append(MarkedText.LINE);
    }
    int id = mark(parts ? Kind.BREAK : Kind.SINGLE, Piece.of(code));
    switch (code.getTagType()) {
      case OPENING -> open.push(marks.size() - 1);
      case CLOSING -> close(id, begin -> begin.code != null && begin.code.getId() == code.getId());
      default -> {}
    }
  }

  private int mark(Kind kind, Piece piece) {
    pieces.add(piece);
    marks.add(new Mark(kind, pieces.size() - 1, text.length()));
    return pieces.size() - 1;
  }

  /** Pairs the last mark with the innermost open one; what crosses others stands alone. */
  private void close(int id, java.util.function.Predicate<Piece> isPartner) {
    if (open.isEmpty() || !isPartner.test(pieces.get(marks.get(open.peek()).id()))) {
      return;
    }
    int from = open.pop();
    int to = marks.size() - 1;
    Mark begin = marks.get(from);
    closing.put(begin.id(), pieces.get(id));
    marks.set(from, new Mark(Kind.OPEN, begin.id(), begin.position()));
    marks.set(to, new Mark(Kind.CLOSE, begin.id(), marks.get(to).position()));
  }

  private void keep(Piece piece, String coded) {
    while (coded.indexOf(free) >= 0 || kept.containsKey(free)) {
      free++;
    }
    kept.put(free, piece);
    text.append(free);
  }

  /** Text between two codes. */
  private void literal(String given, String coded) {
    String plain = form == Form.ANDROID ? ANDROID_QUOTE.matcher(given).replaceAll("$1") : given;
    if (!form.holdsMessages()) {
      lines(plain);
      return;
    }
    boolean forms = FORMS.matcher(plain).find();
    Matcher part =
        forms
            ? Pattern.compile(FORMS.pattern() + "|(?<number>#)|" + MESSAGE.pattern()).matcher(plain)
            : MESSAGE.matcher(plain);
    int at = 0;
    while (part.find()) {
      lines(plain.substring(at, part.start()));
      at = part.end();
      Piece piece = Piece.of(part.group());
      if (part.group("tag") != null) {
        tag(piece);
      } else if (part.group().equals("\\n") || part.group().equals("\\r")) {
        text.append(MarkedText.LINE);
        mark(Kind.BREAK, piece);
      } else if (part.group("kept") != null || part.group().equals("#")) {
        keep(piece, coded);
      } else {
        text.append(MarkedText.HARD);
        mark(Kind.BREAK, piece);
      }
    }
    lines(plain.substring(at));
  }

  private void tag(Piece piece) {
    String tag = piece.literal();
    String name = tagName(tag);
    boolean parts = name.equals("br");
    if (parts) {
      text.append(MarkedText.LINE);
    }
    int id = mark(parts ? Kind.BREAK : Kind.SINGLE, piece);
    if (tag.startsWith("</")) {
      close(id, begin -> begin.code == null && tagName(begin.literal()).equals(name));
    } else if (!parts && !tag.endsWith("/>")) {
      open.push(marks.size() - 1);
    }
  }

  private static String tagName(String tag) {
    Matcher name = TAG_NAME.matcher(tag);
    return name.lookingAt() ? name.group(1) : "";
  }

  /** Line breaks and tabs that are characters. */
  private void lines(String plain) {
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c == '\n' || c == '\t' || c == MarkedText.LINE || c == MarkedText.HARD) {
        text.append(c == '\t' || c == MarkedText.HARD ? MarkedText.HARD : MarkedText.LINE);
        mark(Kind.BREAK, Piece.of(String.valueOf(c)));
      } else {
        text.append(c);
      }
    }
  }

  MarkedText marked() {
    return marked;
  }

  void put(MarkedText translated) {
    TextFragment fragment = new TextFragment();
    String words = translated.text();
    int at = 0;
    boolean behindBreak = false;
    for (Mark mark : translated.marks()) {
      String before = words.substring(at, mark.position());
      if (behindBreak && before.startsWith(" ")) {
        before = before.substring(1);
      }
      boolean parts = mark.kind() == Kind.BREAK;
      // Inside a sentence a break takes the place of a space.
      if (parts && before.endsWith(" ")) {
        before = before.substring(0, before.length() - 1);
      }
      append(fragment, before);
      behindBreak = parts && isMoved(words, mark.position());
      at = mark.position();
      Piece piece = mark.kind() == Kind.CLOSE ? closing.get(mark.id()) : pieces.get(mark.id());
      piece.appendTo(fragment);
    }
    String rest = words.substring(at);
    append(fragment, behindBreak && rest.startsWith(" ") ? rest.substring(1) : rest);
    segment.text = fragment;
  }

  /** Whether a break stands inside a sentence, where its separator is none any more. */
  private static boolean isMoved(String words, int position) {
    return position == 0 || !MarkedText.isSeparator(words.charAt(position - 1));
  }

  private void append(TextFragment fragment, String words) {
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      Piece piece = kept.get(c);
      if (piece != null) {
        piece.appendTo(fragment);
      } else if (!MarkedText.isSeparator(c)) {
        if (form == Form.ANDROID && (c == '\'' || c == '"')) {
          fragment.append('\\');
        }
        fragment.append(c);
      }
    }
  }
}
