package dev.verso.translation;

import dev.verso.text.Language;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How numbers are written: in French a comma begins the decimals and points or spaces separate
 * thousands, in English it is the other way round. Stateless.
 */
final class NumberNotation {

  private NumberNotation() {}

  /** The value of a number without its magnitude; none if it has no numeric form. */
  static Optional<BigDecimal> value(String number, Language language) {
    char decimal = language == Language.FRENCH ? ',' : '.';
    char group = language == Language.FRENCH ? '.' : ',';
    String plain = number.replaceAll("[ \u00A0\u202F\u2009]", "");
    int mark = plain.indexOf(decimal);
    if (mark >= 0 && plain.indexOf(decimal, mark + 1) < 0 && plain.indexOf(group, mark) < 0) {
      String whole = ungrouped(plain.substring(0, mark), group);
      return whole.isEmpty()
          ? Optional.empty()
          : Optional.of(new BigDecimal(whole + "." + plain.substring(mark + 1)));
    }
    if (mark >= 0) {
      return Optional.empty();
    }
    String whole = ungrouped(plain, group);
    return whole.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(whole));
  }

  /** A whole number without the marks between its thousands; empty if they part something else. */
  private static String ungrouped(String whole, char group) {
    String[] groups = whole.split(Pattern.quote(String.valueOf(group)), -1);
    for (int i = 1; i < groups.length; i++) {
      if (groups[i].length() != 3 || groups[0].length() > 3 || groups[0].equals("0")) {
        return "";
      }
    }
    return String.join("", groups);
  }

  /** A French number in English style: {@code 1 234,5} and {@code 1.234,5} are {@code 1,234.5}. */
  static String inEnglish(String french) {
    Optional<BigDecimal> value = value(french, Language.FRENCH);
    if (value.isEmpty()) {
      return french;
    }
    String plain = french.replaceAll("[ \u00A0\u202F\u2009.]", "");
    int mark = plain.indexOf(',');
    String whole = mark < 0 ? plain : plain.substring(0, mark);
    boolean grouped = french.length() > plain.length() || whole.length() > 4;
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < whole.length(); i++) {
      if (i > 0 && grouped && (whole.length() - i) % 3 == 0) {
        out.append(',');
      }
      out.append(whole.charAt(i));
    }
    return mark < 0
        ? out.toString()
        : out.append('.').append(plain, mark + 1, plain.length()).toString();
  }
}
