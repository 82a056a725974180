package dev.verso.alignment;

import java.util.List;
import java.util.Objects;

/**
 * How much more probable a translation model finds a target text given its source than given other
 * text: [log p(t|s) − mean log p(t|s′)] / |t|, in nats per target piece, over random sentences s′
 * of the same document.
 *
 * <p>It costs a pass through a network, so the aligner asks only for beads whose posterior is
 * neither near 0 nor near 1, all of a pair in one call and none twice.
 */
@FunctionalInterface
public interface TranslationMargin {
  /**
   * Texts that may translate each other.
   *
   * @param source the bead's source sentences in order
   * @param target its target sentences in order
   */
  record Candidate(List<String> source, List<String> target) {

    /** Copies the lists. */
    public Candidate {
      source = List.copyOf(source);
      target = List.copyOf(target);
      if (source.isEmpty() || target.isEmpty()) {
        throw new IllegalArgumentException("a candidate has two sides");
      }
    }

    /** The bead of this size that starts at source sentence i and target sentence j. */
    static Candidate of(TextPair pair, BeadType size, int i, int j) {
      return new Candidate(
          pair.source().subList(i, i + size.source()), pair.target().subList(j, j + size.target()));
    }
  }

  /**
   * The margins of all candidates in their order; NaN for one the model cannot judge.
   *
   * @param candidates beads in doubt
   * @param source all source sentences, to draw s′ from
   */
  double[] margins(List<Candidate> candidates, List<String> source);

  /** Checks what an implementation returned. */
  static double[] checked(double[] margins, List<Candidate> candidates) {
    Objects.requireNonNull(margins);
    if (margins.length != candidates.size()) {
      throw new IllegalStateException(
          margins.length + " margins for " + candidates.size() + " candidates");
    }
    return margins;
  }
}
