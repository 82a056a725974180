package dev.verso.translation;

import dev.verso.language.WordLists;
import dev.verso.text.TextSpan;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a translation must bring through unchanged:
 *
 * <ul>
 *   <li>web and e-mail addresses, bare domains, file names, handles, tags;
 *   <li>telephone, account and card numbers, dates and times of day in digits, versions and other
 *       numbers in parts;
 *   <li>placeholders of programs: {@code %s}, {@code %(name)s}, {@code {count}}, <code>{{x}}</code>
 *       , {@code ${HOME}}, ICU's messages, markup, code;
 *   <li>words in other scripts than the Latin one, raised and lowered figures with what they stand
 *       at ({@code 10⁶}, {@code m²}, {@code 2014¹}), emoji and symbols;
 *   <li>an editor's marks such as {@code [...]} and {@code (sic)}.
 * </ul>
 *
 * <p>Linear in the length of the text: every pattern is possessive or bounded, or starts at a rare
 * character.
 */
public final class ProtectedText {

  private static final Set<String> DOMAINS = words("top-level-domains.txt");
  private static final Set<String> EXTENSIONS = words("file-extensions.txt");

  private static final String RAISED = "\u00B9\u00B2\u00B3\u2070\u2074-\u208E";
  private static final String LETTERS = "\\p{L}\\p{N}";
  private static final String SPACE = "[ \u00A0\u202F\u2009]";

  private static final Pattern PATTERN =
      Pattern.compile(
          String.join(
              "|",
              "(?i:https?|ftp)://[^\\s<>«»\"]++",
              "\\b(?i:www)\\.[^\\s<>«»\"]++",
              // An address is found by its @; what stands before it is looked up backwards.
              "@[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*+",
              "#[\\p{L}_][\\p{L}\\p{N}_]*+",
              // An editor's marks in a quote: what was left out, what was left as it was said.
              "[\\[(]\\s?(?:\\.\\.\\.|…|sic)\\s?[!]?[\\])]",
              "`[^`\\n]{1,200}+`",
              "\\{\\{[^{}\\n]{1,200}+\\}\\}",
              // Programs' placeholders.
              "\\$\\{[^{}\\n]{1,200}+\\}",
              "\\$[A-Za-z_]\\w{0,60}+(?:\\([^()\\n]{0,200}+\\))?",
              "%[({]\\w{1,60}+[)}](?:[-+#0]*\\d*(?:\\.\\d+)?[a-zA-Z])?",
              "(?<![\\d%]|\\d"
                  + SPACE
                  + ")%(?:\\d{1,2}\\$)?[-+#0]{0,4}+\\d{0,3}+(?:\\.\\d{1,3}+)?(?:hh?|ll?|z)?[sdifuxXeEgGcp@](?!["
                  + LETTERS
                  + "])",
              "</?(?:[A-Za-z][\\w:-]{0,30}+(?:\\s[^<>=\\n]{0,60}+=[^<>\\n]{0,300}+)?|\\d{1,3}+)\\s?/?>",
              // Figures whose parts are no thousands and decimals.
              "(?<![\\w.,+])(?:\\+|00)\\d{1,3}+(?:[ .\u00A0\u202F-]?\\(0\\))?(?:[ .\u00A0\u202F-]\\d{1,4}+){2,7}+(?!\\w)",
              "(?<![\\w.,])0[1-9](?:(?<tel>[ .\u00A0\u202F/-])\\d\\d)(?:\\k<tel>\\d\\d){3}(?![\\d.,]\\d|\\w)",
              "(?<![\\w.,])0" + SPACE + "?[89]\\d\\d(?:" + SPACE + "?\\d\\d){3}(?!\\w)",
              "(?<![\\w])[A-Z]{2}\\d\\d(?:"
                  + SPACE
                  + "?[A-Z0-9]{4}){3,7}(?:"
                  + SPACE
                  + "?[A-Z0-9]{1,3})?(?!\\w)",
              "(?<![\\w])\\d{4}(?:[ \u00A0\u202F-]\\d{4}){2,4}+(?!\\w)",
              "(?<![\\w.,])\\d{3}" + SPACE + "\\d{3}" + SPACE + "\\d{3}" + SPACE + "\\d{5}(?!\\w)",
              "(?<![\\w.,/-])\\d{1,4}+(?<date>[./-])\\d{1,2}+\\k<date>\\d{1,4}+(?![./-]?\\w)",
              "(?<![\\w.,])\\d{1,3}+(?:\\.\\d{1,3}+){2,}+(?![.,]?\\w)",
              // A time of day.
              "(?<clock>(?<![\\w.,])(?:[01]?\\d|2[0-3])"
                  + SPACE
                  + "?h"
                  + SPACE
                  + "?[0-5]\\d(?!\\w))",
              // Raised and lowered figures with what they stand at; a figure in a frame.
              "[0-9#*]\\uFE0F?\\u20E3",
              "(?:(?<!\\p{L})(?:(?:da|[kdchm\u00B5])?m(?=[\u00B2\u00B3])|s(?=[\u00B2\u207B])"
                  + "|(?:[A-Z][a-z]?\\d?){1,4}(?=[\u2080-\u208E\u207A\u207B]))|\\d{1,9})?+["
                  + RAISED
                  + "](?:["
                  + RAISED
                  + "]|[A-Z][a-z]?){0,12}+",
              "\\[\\d{1,3}\\]",
              "\\d{0,9}+[\u00BC-\u00BE\u2150-\u215E]",
              // A name with a point inside: looked up in the lists of domains and files.
              "(?<named>(?<![\\w.@/-])[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]{0,62}+\\.){1,6}"
                  + "[A-Za-z0-9]{1,12}(?![\\p{L}\\p{N}])(?:/[^\\s<>«»\"]*+)?)"));

  private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(?:\\.\\d{3})+");
  private static final int LONGEST_MESSAGE = 2000;

  /** Letters of the shortest name under a domain: "M.de" is no address. */
  private static final int LEAST_LABEL = 2;

  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,2})" + SPACE + "?h" + SPACE + "?(\\d\\d)");

  private ProtectedText() {}

  /** How a protected range is written in English: as it is, but for a time of day. */
  static String inEnglish(String range) {
    Matcher clock = CLOCK.matcher(range);
    return clock.matches() ? clock.group(1) + ":" + clock.group(2) : range;
  }

  private static Set<String> words(String file) {
    Set<String> words = new HashSet<>();
    for (String line : WordLists.lines(ProtectedText.class, file)) {
      words.addAll(WordLists.words(line));
    }
    return Set.copyOf(words);
  }

  /** The ranges of {@code text} to protect, in order, disjoint. */
  public static List<TextSpan> find(String text) {
    List<TextSpan> found = new ArrayList<>();
    Matcher matcher = PATTERN.matcher(text);
    int at = 0;
    while (matcher.find()) {
      int start = matcher.start();
      int end = matcher.end();
      if (start < at) {
        continue;
      }
      char first = text.charAt(start);
      if (first == '@') {
        while (start > at && isAddressCharacter(text.charAt(start - 1))) {
          start--;
        }
      } else if (first == '#' && start > 0 && Character.isLetterOrDigit(text.charAt(start - 1))) {
        continue; // C# and the like
      } else if (matcher.group("named") != null
          ? !isName(matcher.group())
          : GROUPED.matcher(matcher.group()).matches()) {
        continue;
      }
      boolean editors = "[(<%${`".indexOf(first) >= 0;
      end = editors ? end : withoutTrailingPunctuation(text, start, end);
      if (end > start) {
        symbols(text, at, start, found);
        found.add(new TextSpan(start, end));
        at = end;
      }
    }
    symbols(text, at, text.length(), found);
    return found;
  }

  /** Whether what has a point inside is a domain, with its path, or a file. */
  private static boolean isName(String found) {
    int path = found.indexOf('/');
    String name = path < 0 ? found : found.substring(0, path);
    int point = name.lastIndexOf('.');
    int label = point - name.lastIndexOf('.', point - 1) - 1;
    String last = name.substring(point + 1);
    boolean letters = name.substring(0, point).chars().anyMatch(Character::isLetter);
    return (label >= LEAST_LABEL && letters && DOMAINS.contains(last))
        || (path < 0 && EXTENSIONS.contains(last.toLowerCase(Locale.ROOT)));
  }

  private static boolean isAddressCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-' || c == '+';
  }

  /** A stop, comma or bracket at the end belongs to the sentence. */
  private static int withoutTrailingPunctuation(String text, int start, int end) {
    int to = end;
    int opens = text.indexOf('(', start);
    while (to > start) {
      char c = text.charAt(to - 1);
      boolean closesOwn = c == ')' && opens >= 0 && opens < to;
      if (".,;:!?…'’\"»”]".indexOf(c) >= 0 || (c == ')' && !closesOwn)) {
        to--;
      } else {
        break;
      }
    }
    return to;
  }

  /** Emoji, words in other scripts, symbols, programs' messages. */
  private static void symbols(String text, int from, int to, List<TextSpan> found) {
    int start = -1;
    int i = from;
    UnicodeScript script = UnicodeScript.COMMON;
    while (i < to) {
      int codePoint = text.codePointAt(i);
      int next = i + Character.charCount(codePoint);
      if (codePoint == '{' && start < 0) {
        int end = message(text, i, to);
        if (end > i) {
          found.add(new TextSpan(i, end));
          i = end;
          continue;
        }
      }
      UnicodeScript own = otherScript(codePoint);
      boolean continues =
          start >= 0
              && (joins(codePoint)
                  || (own == script && own != UnicodeScript.COMMON)
                  || (script != UnicodeScript.COMMON && isBetween(text, i, to, script)));
      if (start >= 0 && !continues) {
        boolean joined = isEmoji(codePoint) && script == UnicodeScript.COMMON;
        if (!joined) {
          found.add(new TextSpan(start, i));
          start = -1;
        }
      }
      if (start < 0 && (isEmoji(codePoint) || own != UnicodeScript.COMMON)) {
        start = i;
        script = own;
      }
      i = next;
    }
    if (start >= 0) {
      found.add(new TextSpan(start, Math.min(i, to)));
    }
  }

  /** The script of a letter that is not Latin; {@code COMMON} for all else. */
  private static UnicodeScript otherScript(int codePoint) {
    if (codePoint < 0x250 || !(Character.isLetter(codePoint) || isMark(codePoint))) {
      return UnicodeScript.COMMON;
    }
    UnicodeScript script = UnicodeScript.of(codePoint);
    return switch (script) {
      case LATIN, COMMON, INHERITED, UNKNOWN -> UnicodeScript.COMMON;
      // One language writes with all of these.
      case HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> UnicodeScript.HAN;
      default -> script;
    };
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /** A space, hyphen or apostrophe between two letters of one script. */
  private static boolean isBetween(String text, int at, int to, UnicodeScript script) {
    char c = text.charAt(at);
    return (c == ' ' || c == '-' || c == '\'' || c == '’' || c == '\u00B7' || c == '\u30FB')
        && at + 1 < to
        && otherScript(text.codePointAt(at + 1)) == script;
  }

  /** The end of a program's message in braces that begins at {@code at}, else {@code at}. */
  private static int message(String text, int at, int to) {
    int name = at + 1;
    while (name < to
        && name - at <= 60
        && (Character.isLetterOrDigit(text.charAt(name))
            || "_.-$ ".indexOf(text.charAt(name)) >= 0)) {
      name++;
    }
    if (name == at + 1 || name >= to || "},:".indexOf(text.charAt(name)) < 0) {
      return at;
    }
    int depth = 0;
    for (int i = at; i < Math.min(to, at + LONGEST_MESSAGE); i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return at;
  }

  private static boolean isEmoji(int codePoint) {
    return (codePoint >= 0x1F000 && codePoint <= 0x1FAFF)
        || (codePoint >= 0x2190 && codePoint <= 0x23FF)
        || (codePoint >= 0x2500 && codePoint <= 0x27BF)
        || (codePoint >= 0x2900 && codePoint <= 0x2BFF)
        || (codePoint >= 0x2200 && codePoint <= 0x22FF && codePoint != 0x2212)
        || codePoint == 0x2020
        || codePoint == 0x2021
        || codePoint == 0x2022
        || codePoint == 0xFFFD
        || (codePoint >= 0xE0020 && codePoint <= 0xE007F)
        || (codePoint >= Character.MIN_SUPPLEMENTARY_CODE_POINT
            && Character.getType(codePoint) == Character.OTHER_SYMBOL)
        // Reserved for placeholders: an author's own private characters go through as they are.
        || (codePoint >= 0xE000 && codePoint <= 0xF8FF);
  }

  private static boolean joins(int codePoint) {
    return codePoint == 0x200D || codePoint == 0xFE0F || codePoint == 0x20E3 || isMark(codePoint);
  }
}
