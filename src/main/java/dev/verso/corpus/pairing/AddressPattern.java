package dev.verso.corpus.pairing;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address, or a file's name, without what tells its language: {@code
 * https://example.org/fr/loi.html} and {@code https://example.org/en/loi.html} have the same.
 *
 * <p>Marks of language are words between signs: {@code fr}, {@code eng}, {@code french}, {@code
 * fr-CA}, {@code lang=en}, and a single {@code f} or {@code e} at the end of a name ({@code
 * loi-f.html}).
 *
 * @param key the address with each mark replaced
 * @param marked whether there was a mark
 */
record AddressPattern(String key, boolean marked) {

  private static final Set<String> MARKS =
      Set.of(
          "fr", "fra", "fre", "french", "francais", "français", "en", "eng", "english", "anglais");
  private static final Set<String> REGIONS =
      Set.of("ca", "fr", "be", "ch", "lu", "us", "gb", "uk", "ie", "au", "nz", "int");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\d]+");
  private static final String PLACE = "\u0001";

  /** The pattern of an address or a name. */
  static AddressPattern of(String address) {
    String lower = address.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
    lower = lower.replaceFirst("^www\\.", PLACE + ".").replaceFirst("#.*$", "");
    StringBuilder key = new StringBuilder();
    boolean marked = false;
    int at = 0;
    Matcher words = WORD.matcher(lower);
    String before = "";
    while (words.find()) {
      String word = words.group();
      String between = lower.substring(at, words.start());
      boolean isRegion =
          before.equals(PLACE)
              && (between.equals("-") || between.equals("_"))
              && REGIONS.contains(word);
      boolean single =
          (word.equals("f") || word.equals("e"))
              && !between.isEmpty()
              && "-_.".indexOf(between.charAt(between.length() - 1)) >= 0
              && lower.substring(words.end()).matches("(\\.\\p{L}{1,5})?(\\?.*)?/?");
      at = words.end();
      if (isRegion) {
        continue;
      }
      key.append(between);
      if (MARKS.contains(word) || single) {
        marked = true;
        before = PLACE;
      } else {
        before = word;
      }
      key.append(before);
    }
    key.append(lower.substring(at));
    String whole = key.toString();
    // fr.example.org and www.example.org, /fr/ and / at the root.
    return new AddressPattern(whole, marked);
  }
}
