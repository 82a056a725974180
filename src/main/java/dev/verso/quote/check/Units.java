package dev.verso.quote.check;

import dev.verso.text.Language;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a figure counts: euros or dollars, days or weeks. Immutable. */
final class Units {

  private static final Map<Language, Map<String, Integer>> KNOWN = known();

  /** Words of the longest unit. */
  private static final int LONGEST = 2;

  private Units() {}

  private static Map<Language, Map<String, Integer>> known() {
    Map<String, Integer> french = new HashMap<>();
    Map<String, Integer> english = new HashMap<>();
    int number = 0;
    for (String line : Resources.lines("units.tsv")) {
      String[] cells = line.split("\t");
      for (String form : cells[0].split(",")) {
        french.put(form, number);
      }
      for (String form : cells[1].split(",")) {
        english.put(form, number);
      }
      number++;
    }
    return Map.of(Language.FRENCH, Map.copyOf(french), Language.ENGLISH, Map.copyOf(english));
  }

  /** The unit of a figure: behind it, or a sign right before it. */
  static Optional<Integer> of(Side side, Quantity figure) {
    Map<String, Integer> units = KNOWN.get(side.language);
    int at = figure.to();
    while (side.key(at).matches("de|d'|of|-")) {
      at++;
    }
    for (int words = LONGEST; words > 0; words--) {
      if (at + words <= side.size()) {
        String form = side.words(at, at + words).toLowerCase(Locale.ROOT);
        if (units.containsKey(form)) {
          return Optional.of(units.get(form));
        }
      }
    }
    String before = side.key(figure.from() - 1);
    return "€$£¥".contains(before) && !before.isEmpty()
        ? Optional.ofNullable(units.get(before))
        : Optional.empty();
  }
}
