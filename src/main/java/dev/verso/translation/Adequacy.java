package dev.verso.translation;

import dev.verso.decoding.Hypothesis;
import dev.verso.decoding.SearchOptions;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.model.Tokenizer;
import dev.verso.wordalign.Lexicon;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far a translation says all that its source says.
 *
 * <p>A network prefers what is easily said, and leaves out what is not. Read backwards, from the
 * translation to the source, an omission is a word that nothing leads to. With the word aligner's
 * p(f | e), relative frequencies q(f) of the source's words f, and the translation's words e,
 *
 * <pre>A = Σ w(f) ln max(ε, maxₑ p(f | e)) / Σ w(f), w(f) = −ln q(f), ε = {@value #LEAST}</pre>
 *
 * in nats, from ln ε to 0: a noisy channel (Brown et al. 1993) of single words, each counted by
 * what it tells. Words that the lexicon does not know, figures and signs do not count. Among the
 * hypotheses of a search, that comes first for which
 *
 * <pre>rank + λ A T<sup>1−α</sup>, λ = {@value #WEIGHT}</pre>
 *
 * is highest: as if each of its T pieces had cost λ A more. λ and α were chosen together (decision
 * 18).
 *
 * <p>Stateless. O(I·n + J) for I words of n translations each and J words.
 */
final class Adequacy {

  /** λ: nats a piece per nat a word. */
  private static final double WEIGHT = 0.2;

  /** ε: the probability of a word to which none of the translation leads. */
  private static final double LEAST = 1e-3;

  private record Valued(Hypothesis hypothesis, double value) {}

  private Adequacy() {}

  /** The hypotheses of one search by rank and adequacy, best first. */
  static List<Hypothesis> ranked(
      String source, List<Hypothesis> found, SearchOptions options, Tokenizer targetTokenizer) {
    if (found.size() < 2) {
      return found;
    }
    Lexicon lexicon = Lexicon.shipped();
    List<Integer> words =
        keys(WordTokenizer.FRENCH, source).stream()
            .map(lexicon::sourceId)
            .filter(word -> word >= 0)
            .toList();
    List<Valued> valued = new ArrayList<>();
    for (Hypothesis hypothesis : found) {
      String translation = targetTokenizer.decode(hypothesis.ids()).text();
      BitSet said =
          keys(WordTokenizer.ENGLISH, translation).stream()
              .mapToInt(lexicon::targetId)
              .filter(word -> word >= 0)
              .collect(BitSet::new, BitSet::set, BitSet::or);
      int pieces = Math.max(1, hypothesis.logProbabilities().size());
      double adequacy = adequacy(lexicon, words, said);
      double longer = Math.pow(pieces, 1 - options.lengthPenalty());
      valued.add(new Valued(hypothesis, hypothesis.rank() + WEIGHT * adequacy * longer));
    }
    valued.sort(Comparator.comparingDouble(Valued::value).reversed());
    return valued.stream().map(Valued::hypothesis).toList();
  }

  /**
   * A, for words of the lexicon by their ids; 0 for no source words.
   *
   * @param said the translation's words
   */
  static double adequacy(Lexicon lexicon, List<Integer> source, BitSet said) {
    double sum = 0;
    double weights = 0;
    for (int word : source) {
      double best = LEAST;
      for (int entry = lexicon.firstEntry(word); entry < lexicon.lastEntry(word); entry++) {
        if (said.get(lexicon.target(entry))) {
          best = Math.max(best, lexicon.backward(entry));
        }
      }
      double weight = -Math.log(lexicon.sourceFrequency(word));
      sum += weight * Math.log(best);
      weights += weight;
    }
    return weights > 0 ? sum / weights : 0;
  }

  private static List<String> keys(WordTokenizer tokenizer, String text) {
    TokenizedSentence words = tokenizer.tokenize(text);
    return IntStream.range(0, words.size())
        .mapToObj(words::key)
        .filter(key -> !key.isEmpty() && Character.isLetter(key.codePointAt(0)))
        .toList();
  }
}
