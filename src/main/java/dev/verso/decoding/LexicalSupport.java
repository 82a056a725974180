package dev.verso.decoding;

import dev.verso.model.PieceLexicon;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Keeps a search to what the source can mean, word for word.
 *
 * <p>A network that has read little text writes fluent words that translate nothing in the source:
 * one rare name for another, a common word for a rare one. Counts of word links do better. With the
 * {@link PieceLexicon}'s p(e | f), a target piece e has the cost
 *
 * <pre>λ ln max(ε, min(1, Σ p(e | f) over the source's pieces f))</pre>
 *
 * in nats, with λ = {@value #WEIGHT}, ε = {@value #LEAST}: 0 for a piece that the source makes
 * certain, −1.4 for one that nothing in it leads to. The sum is IBM Model 1's translation
 * probability (Brown et al. 1993) without its division by the source's length. Costs rank
 * hypotheses and are not part of their probability. The end mark, the content of required phrases,
 * and what the source also has and is written without letters (figures, signs, placeholders) are
 * free.
 *
 * <p>Immutable and thread-safe.
 */
public final class LexicalSupport {

  /** λ: nats per nat, chosen among .1, .2 and .3 (decision 14). */
  static final double WEIGHT = 0.2;

  /** ε: the probability of what the lexicon does not contain. */
  static final double LEAST = 1e-3;

  private final PieceLexicon lexicon;
  private final IntFunction<String> sourcePieces;
  private final IntFunction<String> targetPieces;

  /**
   * @param lexicon from the source's pieces to the target's
   * @param sourcePieces text of a piece of the source by its id
   * @param targetPieces the same for the target
   */
  public LexicalSupport(
      PieceLexicon lexicon, IntFunction<String> sourcePieces, IntFunction<String> targetPieces) {
    this.lexicon = lexicon;
    this.sourcePieces = sourcePieces;
    this.targetPieces = targetPieces;
  }

  /** What pieces cost in translations of one source. */
  Costs of(List<Integer> source, List<RequiredPhrase> required) {
    Set<Integer> free = new HashSet<>();
    required.forEach(phrase -> phrase.forms().forEach(free::addAll));
    Set<String> signs = new HashSet<>();
    for (int piece : source) {
      String text = sourcePieces.apply(piece);
      if (text.chars().noneMatch(Character::isLetter)) {
        signs.add(text.strip());
      }
    }
    return new Costs(lexicon.expected(source), Set.copyOf(free), Set.copyOf(signs));
  }

  /**
   * How far pieces of a source lead to pieces of a target: the mean over the latter of ln max(ε, Σ
   * p(e | f)), the sum over the former and at most 1.
   *
   * @return from ln ε, for what was never seen together, to 0
   */
  public double support(List<Integer> source, List<Integer> target) {
    double[] expected = lexicon.expected(source);
    return target.stream()
        .mapToDouble(piece -> piece < expected.length ? expected[piece] : 0)
        .map(sum -> Math.log(Math.max(LEAST, Math.min(1, sum))))
        .average()
        .orElse(0);
  }

  /** The costs for one source. */
  final class Costs {
    private final double[] expected;
    private final Set<Integer> free;
    private final Set<String> signs;

    private Costs(double[] expected, Set<Integer> free, Set<String> signs) {
      this.expected = expected;
      this.free = free;
      this.signs = signs;
    }

    /** The cost of one more piece, not the end mark, in nats: at most 0. */
    double of(int piece) {
      double support = Math.min(1, piece < expected.length ? expected[piece] : 0);
      if (support >= 1 || free.contains(piece)) {
        return 0;
      }
      double cost = WEIGHT * Math.log(Math.max(LEAST, support));
      return signs.contains(targetPieces.apply(piece).strip()) ? 0 : cost;
    }
  }
}
