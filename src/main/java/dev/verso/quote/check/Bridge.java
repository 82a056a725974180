package dev.verso.quote.check;

import dev.verso.language.Stems;
import dev.verso.text.Language;
import dev.verso.wordalign.Lexicon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The lexicon over stems: how well a French and an English word, of whatever form, translate each
 * other, and whether two English words translate the same French (Bannard and Callison-Burch 2005:
 * p(e₂ | e₁) = Σ_f p(f | e₁) p(e₂ | f)).
 *
 * <p>Thread-safe; what it answers never changes. A stem's row is put together when it is first
 * asked for, O(entries of its words): an article asks for a few hundred of some forty thousand.
 */
final class Bridge {
  private static final double LEAST = 0.004;

  private final Map<String, Map<String, Float>> forward = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Float>> backward = new ConcurrentHashMap<>();
  private final Map<String, Double> frenchFrequency = new HashMap<>();
  private final Map<String, Double> englishFrequency = new HashMap<>();

  /** The lexicon's words of each stem, by their ids. */
  private final Map<String, List<Integer>> french = new HashMap<>();

  private final Map<String, List<Integer>> english = new HashMap<>();

  /** The stem of each word, empty if there is none, and the source of each entry. */
  private final String[] frenchStems;

  private final String[] englishStems;

  private final int[] sourceOf;

  /** The entries by target: those of target {@code t} from {@code firstOf[t]} on. */
  private final int[] byTarget;

  private final int[] firstOf;
  private final Lexicon lexicon;

  private static final class Shipped {
    static final Bridge BRIDGE = new Bridge(Lexicon.shipped());
  }

  static Bridge shipped() {
    return Shipped.BRIDGE;
  }

  private Bridge(Lexicon lexicon) {
    this.lexicon = lexicon;
    int targets = lexicon.targetWords().size();
    englishStems = new String[targets];
    for (int t = 0; t < targets; t++) {
      String word = lexicon.targetWord(t);
      englishStems[t] = word.isEmpty() ? "" : Stems.of(word, Language.ENGLISH);
      englishFrequency.merge(englishStems[t], lexicon.targetFrequency(t), Double::sum);
      english.computeIfAbsent(englishStems[t], x -> new ArrayList<>(2)).add(t);
    }
    sourceOf = new int[lexicon.size()];
    firstOf = new int[targets + 1];
    frenchStems = new String[lexicon.sourceWords().size()];
    for (int s = 0; s < frenchStems.length; s++) {
      String word = lexicon.sourceWord(s);
      frenchStems[s] = word.isEmpty() ? "" : Stems.of(word, Language.FRENCH);
      if (!word.isEmpty()) {
        frenchFrequency.merge(frenchStems[s], lexicon.sourceFrequency(s), Double::sum);
        french.computeIfAbsent(frenchStems[s], x -> new ArrayList<>(2)).add(s);
      }
      for (int k = lexicon.firstEntry(s); k < lexicon.lastEntry(s); k++) {
        sourceOf[k] = s;
        firstOf[lexicon.target(k) + 1]++;
      }
    }
    for (int t = 0; t < targets; t++) {
      firstOf[t + 1] += firstOf[t];
    }
    byTarget = new int[lexicon.size()];
    int[] next = firstOf.clone();
    for (int k = 0; k < byTarget.length; k++) {
      byTarget[next[lexicon.target(k)]++] = k;
    }
  }

  /** The English stems that a French stem is translated by. */
  private Map<String, Float> forwardRow(String stem) {
    Map<String, Float> known = forward.get(stem);
    if (known != null || !french.containsKey(stem)) {
      return known == null ? Map.of() : known;
    }
    Map<String, Double> joint = new HashMap<>();
    for (int s : french.get(stem)) {
      for (int k = lexicon.firstEntry(s); k < lexicon.lastEntry(s); k++) {
        joint.merge(
            englishStems[lexicon.target(k)],
            lexicon.sourceFrequency(s) * lexicon.forward(k),
            Double::sum);
      }
    }
    return forward.computeIfAbsent(stem, x -> kept(joint, frenchFrequency.get(stem)));
  }

  /** The French stems that an English stem translates. */
  private Map<String, Float> backwardRow(String stem) {
    Map<String, Float> known = backward.get(stem);
    if (known != null || !english.containsKey(stem)) {
      return known == null ? Map.of() : known;
    }
    List<Integer> words = english.get(stem);
    int[] entries =
        words.stream()
            .flatMapToInt(t -> IntStream.range(firstOf[t], firstOf[t + 1]))
            .map(at -> byTarget[at])
            .sorted()
            .toArray();
    Map<String, Double> joint = new HashMap<>();
    for (int k : entries) {
      if (!lexicon.sourceWord(sourceOf[k]).isEmpty()) {
        joint.merge(
            frenchStems[sourceOf[k]],
            lexicon.targetFrequency(lexicon.target(k)) * lexicon.backward(k),
            Double::sum);
      }
    }
    return backward.computeIfAbsent(stem, x -> kept(joint, englishFrequency.get(stem)));
  }

  private static Map<String, Float> kept(Map<String, Double> joint, double total) {
    Map<String, Float> kept = new HashMap<>();
    joint.forEach(
        (other, p) -> {
          if (p >= LEAST * total) {
            kept.put(other, (float) Math.min(1, p / total));
          }
        });
    return kept;
  }

  /** p(English stem | French stem), 0 if unknown. */
  double forward(String french, String english) {
    Float p = forwardRow(french).get(english);
    return p == null ? 0 : p;
  }

  /** p(French stem | English stem), 0 if unknown. */
  double backward(String french, String english) {
    Float p = backwardRow(english).get(french);
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
    for (Map.Entry<String, Float> pivot : backwardRow(one).entrySet()) {
      sum += pivot.getValue() * forward(pivot.getKey(), other);
    }
    return Math.min(1, sum);
  }

  /** Whether the lexicon knows a French stem. */
  boolean knowsFrench(String stem) {
    return !forwardRow(stem).isEmpty();
  }

  /** Whether the lexicon knows an English stem. */
  boolean knowsEnglish(String stem) {
    return !backwardRow(stem).isEmpty();
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
    List<Map.Entry<String, Float>> row = new ArrayList<>(forwardRow(french).entrySet());
    row.sort(Map.Entry.<String, Float>comparingByValue().reversed());
    return row.stream().limit(most).map(Map.Entry::getKey).toList();
  }
}
