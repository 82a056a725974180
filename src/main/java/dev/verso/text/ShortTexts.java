package dev.verso.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells the language of a text too short for {@link LanguageIdentification}: its script, and
 * how many of the commonest words of French and six neighbours it has. Linear in the text's length.
 * Stateless.
 */
public final class ShortTexts {

  /** An elided word keeps its apostrophe and is a word of its own, unless the whole is listed. */
  private static final Pattern WORD = Pattern.compile("\\p{L}++(?:['’]\\p{L}++)*+['’]?+");

  private static final Map<String, Set<String>> WORDS = words();
  private static final Map<UnicodeScript, String> SCRIPTS = scripts();

  private ShortTexts() {}

  private static Map<String, Set<String>> words() {
    Map<String, Set<String>> words = new LinkedHashMap<>();
    table("common-words.tsv").forEach((tag, list) -> words.put(tag, Set.of(distinct(list))));
    return words;
  }

  private static String[] distinct(String list) {
    return List.of(list.split(" ")).stream().distinct().toArray(String[]::new);
  }

  private static Map<UnicodeScript, String> scripts() {
    Map<UnicodeScript, String> scripts = new EnumMap<>(UnicodeScript.class);
    table("scripts.tsv").forEach((script, tag) -> scripts.put(UnicodeScript.valueOf(script), tag));
    return scripts;
  }

  private static Map<String, String> table(String name) {
    Map<String, String> rows = new LinkedHashMap<>();
    try (InputStream in = ShortTexts.class.getResourceAsStream(name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .forEach(cells -> rows.put(cells[0], cells[1]));
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Common words in a text.
   *
   * @param words how many words it has, elided ones included
   * @param common how many of them are common, by language
   */
  public record Count(int words, Map<String, Integer> common) {

    /** Copies the map. */
    public Count {
      common = Map.copyOf(common);
    }

    /** How many are common in a language. */
    public int in(String tag) {
      return common.getOrDefault(tag, 0);
    }

    /** The language that most are common in; among equals {@code preferred} if it is one. */
    public Optional<String> most(String preferred) {
      int most = common.values().stream().mapToInt(Integer::intValue).max().orElse(0);
      if (most == 0) {
        return Optional.empty();
      }
      return in(preferred) == most
          ? Optional.of(preferred)
          : common.entrySet().stream()
              .filter(entry -> entry.getValue() == most)
              .map(Map.Entry::getKey)
              .sorted()
              .findFirst();
    }

    /** The most that are common in any language but one. */
    public int rivals(String tag) {
      return common.entrySet().stream()
          .filter(entry -> !entry.getKey().equals(tag))
          .mapToInt(Map.Entry::getValue)
          .max()
          .orElse(0);
    }
  }

  /** Counts the common words of a text. */
  public static Count count(String text) {
    Map<String, Integer> common = new TreeMap<>();
    int words = 0;
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String word = matcher.group().toLowerCase(Locale.ROOT).replace('’', '\'');
      int elided = word.indexOf('\'') + 1;
      boolean whole = elided == 0 || WORDS.values().stream().anyMatch(list -> list.contains(word));
      for (String one :
          whole ? List.of(word) : List.of(word.substring(0, elided), word.substring(elided))) {
        words += one.isEmpty() ? 0 : 1;
        WORDS.forEach((tag, list) -> common.merge(tag, list.contains(one) ? 1 : 0, Integer::sum));
      }
    }
    return new Count(words, common);
  }

  /**
   * The likeliest language of a text most of whose letters are not Latin; empty for others, and
   * {@code und} if nothing is known of their script.
   */
  public static Optional<String> byScript(String text) {
    Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
    text.codePoints()
        .filter(Character::isLetter)
        .forEach(letter -> letters.merge(UnicodeScript.of(letter), 1, Integer::sum));
    int all = letters.values().stream().mapToInt(Integer::intValue).sum();
    if (2 * letters.getOrDefault(UnicodeScript.LATIN, 0) >= all) {
      return Optional.empty();
    }
    letters.remove(UnicodeScript.LATIN);
    // Chinese characters with kana among them are Japanese.
    boolean kana =
        letters.containsKey(UnicodeScript.HIRAGANA) || letters.containsKey(UnicodeScript.KATAKANA);
    UnicodeScript most =
        letters.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return Optional.of(SCRIPTS.getOrDefault(kana ? UnicodeScript.HIRAGANA : most, "und"));
  }
}
