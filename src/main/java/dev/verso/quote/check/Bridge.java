package dev.verso.quote.check;

import dev.verso.language.Stems;
import dev.verso.text.Language;
import dev.verso.wordalign.Lexicon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lexicon over stems: how well a French and an English word, of whatever form, translate each
 * other, and whether two English words translate the same French (Bannard and Callison-Burch 2005:
 * p(e₂ | e₁) = Σ_f p(f | e₁) p(e₂ | f)).
 *
 * <p>Immutable, thread-safe; made once from the shipped lexicon, in about a second.
 */
final class Bridge {
  private static final double LEAST = 0.004;

  private final Map<String, Map<String, Float>> forward = new HashMap<>();
  private final Map<String, Map<String, Float>> backward = new HashMap<>();
  private final Map<String, Double> frenchFrequency = new HashMap<>();
  private final Map<String, Double> englishFrequency = new HashMap<>();
  private final Lexicon lexicon;

  private static final class Shipped {
    static final Bridge BRIDGE = new Bridge(Lexicon.shipped());
  }

  static Bridge shipped() {
    return Shipped.BRIDGE;
  }

  private Bridge(Lexicon lexicon) {
    this.lexicon = lexicon;
    String[] english = new String[lexicon.targetWords().size()];
    for (int t = 0; t < english.length; t++) {
      String word = lexicon.targetWord(t);
      english[t] = word.isEmpty() ? "" : Stems.of(word, Language.ENGLISH);
      englishFrequency.merge(english[t], lexicon.targetFrequency(t), Double::sum);
    }
    Map<String, Map<String, Double>> there = new HashMap<>();
    Map<String, Map<String, Double>> back = new HashMap<>();
    int sources = lexicon.sourceWords().size();
    for (int s = 0; s < sources; s++) {
      if (lexicon.sourceWord(s).isEmpty()) {
        continue;
      }
      String french = Stems.of(lexicon.sourceWord(s), Language.FRENCH);
      frenchFrequency.merge(french, lexicon.sourceFrequency(s), Double::sum);
      for (int k = lexicon.firstEntry(s); k < lexicon.lastEntry(s); k++) {
        int t = lexicon.target(k);
        there
            .computeIfAbsent(french, x -> new HashMap<>())
            .merge(english[t], lexicon.sourceFrequency(s) * lexicon.forward(k), Double::sum);
        back.computeIfAbsent(english[t], x -> new HashMap<>())
            .merge(french, lexicon.targetFrequency(t) * lexicon.backward(k), Double::sum);
      }
    }
    keep(there, frenchFrequency, forward);
    keep(back, englishFrequency, backward);
  }

  private static void keep(
      Map<String, Map<String, Double>> joint,
      Map<String, Double> mass,
      Map<String, Map<String, Float>> into) {
    joint.forEach(
        (word, row) -> {
          double total = mass.get(word);
          Map<String, Float> kept = new HashMap<>();
          row.forEach(
              (other, p) -> {
                if (p >= LEAST * total) {
                  kept.put(other, (float) Math.min(1, p / total));
                }
              });
          into.put(word, kept);
        });
  }

  /** p(English stem | French stem), 0 if unknown. */
  double forward(String french, String english) {
    Float p = forward.getOrDefault(french, Map.of()).get(english);
    return p == null ? 0 : p;
  }

  /** p(French stem | English stem), 0 if unknown. */
  double backward(String french, String english) {
    Float p = backward.getOrDefault(english, Map.of()).get(french);
    return p == null ? 0 : p;
  }

  /** How well two stems translate each other, in [0, 1]. */
  double score(String french, String english) {
    double f = forward(french, english);
    double b = backward(french, english);
    double both = Math.sqrt(f * b);
    double one = Math.max(f, b);
    return Math.min(1, Math.max(2.5 * both, 1.2 * one));
  }

  /** How far two English stems translate the same French. */
  double paraphrase(String one, String other) {
    if (one.equals(other)) {
      return 1;
    }
    double sum = 0;
    for (Map.Entry<String, Float> pivot : backward.getOrDefault(one, Map.of()).entrySet()) {
      sum += pivot.getValue() * forward(pivot.getKey(), other);
    }
    return Math.min(1, sum);
  }

  /** Whether the lexicon knows a French stem. */
  boolean knowsFrench(String stem) {
    return forward.containsKey(stem);
  }

  /** Whether the lexicon knows an English stem. */
  boolean knowsEnglish(String stem) {
    return backward.containsKey(stem);
  }

  /** Whether a French word, as spelled, is in the lexicon. */
  boolean isFrenchWord(String key) {
    return lexicon.sourceId(key) >= 0;
  }

  double frequency(Side.Token token, Language language) {
    return (language == Language.FRENCH ? frenchFrequency : englishFrequency)
        .getOrDefault(token.stem(), 1e-7);
  }

  /** The stems that a French stem is translated by, best first, at most {@code most}. */
  List<String> translations(String french, int most) {
    List<Map.Entry<String, Float>> row =
        new ArrayList<>(forward.getOrDefault(french, Map.of()).entrySet());
    row.sort(Map.Entry.<String, Float>comparingByValue().reversed());
    return row.stream().limit(most).map(Map.Entry::getKey).toList();
  }
}
