package dev.verso.translation;

import dev.verso.language.WordLists;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The numbers written in digits in a text, compared by value: {@code 12 000}, {@code 12.000} in
 * French and {@code 12,000} in English are the same, as are {@code 1,5 million} and {@code 1.5m};
 * {@code 2.200.112} in French and {@code 2,200.112} in English are not.
 *
 * <p>In French a comma begins the decimals and points or spaces part thousands, in English the
 * other way round. What has neither form (a version, an address, {@code 06.12.34}) is compared by
 * its digits. Linear in the text.
 */
final class Numbers {

  /**
   * A number as it stands in a text.
   *
   * @param span its digits with what parts them
   * @param digits its ASCII digits alone
   * @param values what it may say, its magnitude ("million") counted in; empty if it has no numeric
   *     form
   * @param negative whether a minus sign stands before it
   * @param scale the magnitude's word behind it
   */
  record Numeral(
      TextSpan span,
      String digits,
      Set<BigDecimal> values,
      boolean negative,
      Optional<TextSpan> scale) {

    /** Copies the set. */
    Numeral {
      values = Set.copyOf(values);
    }

    /** Whether both say the same, signs aside. */
    boolean sameAs(Numeral other) {
      boolean plain = values.isEmpty() && other.values.isEmpty();
      return plain ? digits.equals(other.digits) : values.stream().anyMatch(other.values::contains);
    }
  }

  private static final Map<Language, Map<String, BigDecimal>> SCALES = scales();

  /** Digits of the longest group before its thousands are parted by spaces. */
  private static final int LONGEST_SPACED = 3 + 4 * 4;

  private static final int MIDDAY = 12;
  private static final int CENTURY = 1900;
  private static final String MINUS = "-\u2212\u2013";
  private static final String CURRENCIES = "€$£¥";

  private Numbers() {}

  private static Map<Language, Map<String, BigDecimal>> scales() {
    Map<Language, Map<String, BigDecimal>> scales = new HashMap<>();
    for (String line : WordLists.lines(Numbers.class, "scales.txt")) {
      Language language = line.startsWith("fr:") ? Language.FRENCH : Language.ENGLISH;
      String[] parts = line.substring(3).strip().split(" +");
      Map<String, BigDecimal> words = new HashMap<>();
      for (int i = 0; i < parts.length; i += 2) {
        words.put(parts[i], new BigDecimal(parts[i + 1]));
      }
      scales.put(language, Map.copyOf(words));
    }
    return Map.copyOf(scales);
  }

  /** All numbers of {@code text} in order. */
  static List<Numeral> in(String text, Language language) {
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
        } else if (isThinSpace(c)
            && groupOfThree(text, i + 1)
            && endsGroup(text, start, i)
            && end - start <= LONGEST_SPACED) {
          i++;
        } else {
          break;
        }
      }
      found.add(numeral(text, new TextSpan(start, end), digits.toString(), language));
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

  /** Whether the digits before {@code end} are one to three: a year takes no thousands. */
  private static boolean endsGroup(String text, int start, int end) {
    int digits = 0;
    while (end - digits > start && isDigit(text.charAt(end - digits - 1))) {
      digits++;
    }
    return digits <= 3;
  }

  private static Numeral numeral(String text, TextSpan span, String digits, Language language) {
    Optional<Scale> scale = scale(text, span.end(), language);
    Set<BigDecimal> values = new HashSet<>();
    for (BigDecimal value : values(span.of(text), language)) {
      values.add(normal(scale.isPresent() ? value.multiply(scale.get().factor) : value));
      if (scale.isPresent() && scale.get().doubtful) {
        values.add(normal(value));
      }
    }
    if (language == Language.FRENCH && scale.isEmpty()) {
      values.addAll(otherReadings(text, span, values));
    }
    return new Numeral(span, digits, values, isNegative(text, span), scale.map(word -> word.span));
  }

  /** {@code 17 h} may be 5 p.m., and {@code les années 80} may be the 1980s. */
  private static Set<BigDecimal> otherReadings(String text, TextSpan span, Set<BigDecimal> values) {
    Set<BigDecimal> more = new HashSet<>();
    int hour = span.end() < text.length() && isThinSpace(text.charAt(span.end())) ? 1 : 0;
    boolean clock =
        text.startsWith("h", span.end() + hour)
            && (span.end() + hour + 1 >= text.length()
                || !Character.isLetter(text.charAt(span.end() + hour + 1))
                || text.startsWith("heure", span.end() + hour));
    boolean decade = text.startsWith("années ", span.start() - "années ".length());
    for (BigDecimal value : values) {
      int number = value.abs().compareTo(BigDecimal.valueOf(CENTURY)) < 0 ? value.intValue() : 0;
      if (clock && number > MIDDAY && number < 2 * MIDDAY) {
        more.add(normal(BigDecimal.valueOf(number - MIDDAY)));
      } else if (clock && number == 0) {
        more.add(normal(BigDecimal.valueOf(MIDDAY)));
      } else if (decade && number > 0 && number < 100) {
        more.add(normal(BigDecimal.valueOf(CENTURY + number)));
      }
    }
    return more;
  }

  private static BigDecimal normal(BigDecimal value) {
    return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
  }

  private static List<BigDecimal> values(String number, Language language) {
    Optional<BigDecimal> value = NumberNotation.value(number, language);
    if (value.isEmpty() && language == Language.FRENCH) {
      // 1.5 and 1,234,567: some write so in French, too.
      value = NumberNotation.value(number, Language.ENGLISH);
    }
    return value.map(List::of).orElse(List.of());
  }

  private record Scale(TextSpan span, BigDecimal factor, boolean doubtful) {}

  private static Optional<Scale> scale(String text, int from, Language language) {
    int start = from;
    while (start < text.length()
        && start - from < 2
        && (isThinSpace(text.charAt(start)) || text.charAt(start) == '-')) {
      start++;
    }
    int end = start;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    if (end == start || end - start > 10) {
      return Optional.empty();
    }
    Map<String, BigDecimal> words = SCALES.get(language);
    String word = text.substring(start, end).toLowerCase(Locale.ROOT);
    TextSpan span = new TextSpan(start, end);
    if (words.containsKey(word)) {
      return Optional.of(new Scale(span, words.get(word), false));
    }
    if (words.containsKey(word + "?")) {
      return Optional.of(new Scale(span, words.get(word + "?"), true));
    }
    boolean money =
        end < text.length()
            && (CURRENCIES.indexOf(text.charAt(end)) >= 0
                || text.startsWith(" d’euro", end)
                || text.startsWith(" d'euro", end)
                || (isThinSpace(text.charAt(end))
                    && end + 1 < text.length()
                    && CURRENCIES.indexOf(text.charAt(end + 1)) >= 0));
    return money && words.containsKey(word + "*")
        ? Optional.of(new Scale(span, words.get(word + "*"), false))
        : Optional.empty();
  }

  /** A dash right before the number, or one with a space where a percentage or degree follows. */
  private static boolean isNegative(String text, TextSpan span) {
    int at = span.start() - 1;
    if (at >= 0 && CURRENCIES.indexOf(text.charAt(at)) >= 0) {
      at--;
    }
    boolean spaced = at > 0 && isThinSpace(text.charAt(at));
    int dash = spaced ? at - 1 : at;
    if (dash < 0 || MINUS.indexOf(text.charAt(dash)) < 0) {
      return false;
    }
    if (spaced) {
      int before = dash - 1;
      while (before >= 0 && isThinSpace(text.charAt(before))) {
        before--;
      }
      int unit = span.end();
      while (unit < text.length() && isThinSpace(text.charAt(unit))) {
        unit++;
      }
      return before >= 0
          && ":(".indexOf(text.charAt(before)) >= 0
          && unit < text.length()
          && "%°€$£".indexOf(text.charAt(unit)) >= 0;
    }
    return dash == 0
        || !(Character.isLetterOrDigit(text.charAt(dash - 1))
            || ")]}".indexOf(text.charAt(dash - 1)) >= 0);
  }

  /** The numbers of {@code some} that {@code others} lack, counting repeats; signs aside. */
  static List<Numeral> missing(List<Numeral> some, List<Numeral> others) {
    boolean[] used = new boolean[others.size()];
    List<Numeral> missing = new ArrayList<>();
    // What is written alike is most likely the same one.
    for (Numeral numeral : some) {
      if (take(numeral, others, used, true) < 0 && take(numeral, others, used, false) < 0) {
        missing.add(numeral);
      }
    }
    return missing;
  }

  /**
   * A number and its counterpart.
   *
   * @param source the source's
   * @param target the translation's
   */
  record Match(Numeral source, Numeral target) {}

  /** The numbers of {@code some} that {@code others} have, in order; signs aside. */
  static List<Match> matches(List<Numeral> some, List<Numeral> others) {
    boolean[] used = new boolean[others.size()];
    List<Match> matches = new ArrayList<>();
    for (Numeral numeral : some) {
      int at = take(numeral, others, used, true);
      at = at < 0 ? take(numeral, others, used, false) : at;
      if (at >= 0) {
        matches.add(new Match(numeral, others.get(at)));
      }
    }
    return matches;
  }

  private static int take(Numeral numeral, List<Numeral> others, boolean[] used, boolean alike) {
    for (int i = 0; i < others.size(); i++) {
      Numeral other = others.get(i);
      if (!used[i] && (!alike || numeral.digits.equals(other.digits)) && numeral.sameAs(other)) {
        used[i] = true;
        return i;
      }
    }
    return -1;
  }
}
