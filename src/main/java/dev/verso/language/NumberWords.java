package dev.verso.language;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;
import dev.verso.text.Language;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers that are spelled as one word, hyphens included, as ICU spells them; in French with
 * the Belgian and Swiss words.
 *
 * <p>ICU's parser is not used: it stops inside a number spelled in an older way
 * (<i>quatre-vingt</i> is 4, <i>vingt et un</i> is 20), finds 7 in <i>septante</i>, and knows
 * neither <i>dizaine</i> and <i>dozen</i> nor a figure with a magnitude in words (<i>1,5
 * million</i>).
 */
public final class NumberWords {

  private static final int LARGEST_BELOW_THOUSAND = 100;

  private static final Map<String, Integer> FRENCH = spelled("fr", "fr_BE", "fr_CH");
  private static final Map<String, Integer> ENGLISH = spelled("en");

  private NumberWords() {}

  /**
   * The values of the words for zero, two to a hundred and a thousand. The word for one is left
   * out: it is an article or a pronoun more often than a number.
   */
  public static Map<String, Integer> of(Language language) {
    return language == Language.FRENCH ? FRENCH : ENGLISH;
  }

  private static Map<String, Integer> spelled(String... locales) {
    Map<String, Integer> words = new HashMap<>();
    for (String locale : List.of(locales)) {
      RuleBasedNumberFormat format =
          new RuleBasedNumberFormat(new ULocale(locale), RuleBasedNumberFormat.SPELLOUT);
      for (int n = 0; n <= LARGEST_BELOW_THOUSAND; n++) {
        put(format.format(n), n, words);
      }
      put(format.format(1000), 1000, words);
    }
    return Map.copyOf(words);
  }

  private static void put(String word, int n, Map<String, Integer> words) {
    if (n != 1 && word.indexOf(' ') < 0) {
      words.putIfAbsent(word, n);
    }
  }
}
