package dev.verso.translation;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * French segments with the English that somebody settled on: what matches exactly is not translated
 * anew.
 *
 * <p>Two segments match if they are the same but for the kind and number of their spaces, the shape
 * of their apostrophes and how accents are encoded. Of segments that match each other the last one
 * counts; one without any English is left out. Immutable and thread-safe. Finding is O(length).
 *
 * @param units French to English, in order; kept by what matches
 */
public record TranslationMemory(Map<String, String> units) {

  /** Without a unit. */
  public static final TranslationMemory EMPTY = new TranslationMemory(Map.of());

  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  /** Copies the units. */
  public TranslationMemory {
    Map<String, String> kept = new HashMap<>();
    units.forEach(
        (source, target) -> {
          String key = key(source);
          if (!key.isEmpty() && !target.isBlank()) {
            kept.put(key, target.strip());
          }
        });
    units = Map.copyOf(kept);
  }

  /** The English of a French segment. */
  public Optional<String> find(String source) {
    return units.isEmpty() ? Optional.empty() : Optional.ofNullable(units.get(key(source)));
  }

  /** Number of segments that are told apart. */
  public int size() {
    return units.size();
  }

  private static String key(String source) {
    String composed = Normalizer.normalize(source, Normalizer.Form.NFC).replace('’', '\'');
    return SPACES.matcher(composed).replaceAll(" ").strip();
  }
}
