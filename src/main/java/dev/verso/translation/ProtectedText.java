package dev.verso.translation;

import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a translation must bring through unchanged: URLs, e-mail addresses, handles, code,
 * emoji, and an editor's marks such as {@code [...]} and {@code (sic)}.
 *
 * <p>Linear in the length of the text: every pattern is possessive or starts at a rare character.
 */
public final class ProtectedText {

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
              "\\{\\{[^{}\\n]{1,200}+\\}\\}"));

  private ProtectedText() {}

  /** The ranges of {@code text} to protect, in order, disjoint. */
  public static List<TextSpan> find(String text) {
    List<TextSpan> found = new ArrayList<>();
    Matcher matcher = PATTERN.matcher(text);
    int at = 0;
    while (matcher.find()) {
      int start = matcher.start();
      int end = matcher.end();
      char first = text.charAt(start);
      if (first == '@') {
        while (start > at && isAddressCharacter(text.charAt(start - 1))) {
          start--;
        }
      } else if (first == '#' && start > 0 && Character.isLetterOrDigit(text.charAt(start - 1))) {
        continue; // C# and the like
      }
      boolean editors = first == '[' || first == '(';
      end = editors ? end : withoutTrailingPunctuation(text, start, end);
      if (end > start) {
        emoji(text, at, start, found);
        found.add(new TextSpan(start, end));
        at = end;
      }
    }
    emoji(text, at, text.length(), found);
    return found;
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

  private static void emoji(String text, int from, int to, List<TextSpan> found) {
    int start = -1;
    int i = from;
    while (i < to) {
      int codePoint = text.codePointAt(i);
      int next = i + Character.charCount(codePoint);
      if (isEmoji(codePoint) || (start >= 0 && joinsEmoji(codePoint))) {
        if (start < 0) {
          start = i;
        }
      } else if (start >= 0) {
        found.add(new TextSpan(start, i));
        start = -1;
      }
      i = next;
    }
    if (start >= 0) {
      found.add(new TextSpan(start, Math.min(i, to)));
    }
  }

  private static boolean isEmoji(int codePoint) {
    return (codePoint >= 0x1F000 && codePoint <= 0x1FAFF)
        || (codePoint >= 0x2600 && codePoint <= 0x27BF)
        || (codePoint >= 0x2B00 && codePoint <= 0x2BFF)
        || (codePoint >= 0xE0020 && codePoint <= 0xE007F)
        || (codePoint >= Character.MIN_SUPPLEMENTARY_CODE_POINT
            && Character.getType(codePoint) == Character.OTHER_SYMBOL)
        // Reserved for placeholders: an author's own private characters go through as they are.
        || (codePoint >= 0xE000 && codePoint <= 0xF8FF);
  }

  private static boolean joinsEmoji(int codePoint) {
    return codePoint == 0x200D || codePoint == 0xFE0F || codePoint == 0x20E3;
  }
}
