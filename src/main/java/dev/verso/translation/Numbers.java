package dev.verso.translation;

import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers written in digits in a text, compared by their digits alone: {@code 12 000}, {@code
 * 12.000} and {@code 12,000} are the same, and so are {@code 1,5} and {@code 1.5}.
 */
final class Numbers {

  /**
   * A number as it stands in a text.
   *
   * @param span where
   * @param digits its ASCII digits without separators
   */
  record Numeral(TextSpan span, String digits) {}

  private Numbers() {}

  /** All numbers of {@code text} in order. */
  static List<Numeral> in(String text) {
    List<Numeral> found = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      if (!isDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      StringBuilder digits = new StringBuilder();
      int end = i;
      while (i < text.length()) {
        char c = text.charAt(i);
        if (isDigit(c)) {
          digits.append(c);
          i++;
          end = i;
        } else if ((c == '.' || c == ',') && i + 1 < text.length() && isDigit(text.charAt(i + 1))) {
          i++;
        } else if (isThinSpace(c) && groupOfThree(text, i + 1) && end - start <= 3 + 4 * 4) {
          i++;
        } else {
          break;
        }
      }
      found.add(new Numeral(new TextSpan(start, end), digits.toString()));
    }
    return found;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isThinSpace(char c) {
    return c == ' ' || c == '\u00A0' || c == '\u202F' || c == '\u2009';
  }

  /** Three digits and no fourth: a group of thousands. */
  private static boolean groupOfThree(String text, int from) {
    for (int i = from; i < from + 3; i++) {
      if (i >= text.length() || !isDigit(text.charAt(i))) {
        return false;
      }
    }
    return from + 3 >= text.length() || !isDigit(text.charAt(from + 3));
  }

  /** The numbers of {@code some} that {@code others} lack, counting repeats. */
  static List<Numeral> missing(List<Numeral> some, List<Numeral> others) {
    Map<String, Integer> rest = new HashMap<>();
    others.forEach(numeral -> rest.merge(numeral.digits(), 1, Integer::sum));
    List<Numeral> missing = new ArrayList<>();
    for (Numeral numeral : some) {
      if (rest.merge(numeral.digits(), -1, Integer::sum) < 0) {
        missing.add(numeral);
      }
    }
    return missing;
  }
}
