package dev.verso.decoding;

import java.util.List;

/**
 * A translation in pieces, with its probability and the attention of each piece to the source.
 *
 * @param ids the pieces, without the end-of-sentence mark
 * @param logProbabilities natural-log probability of each piece and, last, of the end mark
 * @param attention for each entry of {@code logProbabilities} a distribution over the source's
 *     pieces (its end mark last); empty if the network does not report it
 * @param outcome how it ended
 */
public record Hypothesis(
    List<Integer> ids,
    List<Double> logProbabilities,
    List<List<Float>> attention,
    Outcome outcome) {

  /** How a hypothesis ended. */
  public enum Outcome {
    /** With the end-of-sentence mark. */
    COMPLETE,
    /** At the length limit. */
    TRUNCATED,
    /** It began to repeat itself; the repetition is cut off. */
    LOOP
  }

  /** Copies the lists. */
  public Hypothesis {
    ids = List.copyOf(ids);
    logProbabilities = List.copyOf(logProbabilities);
    attention = List.copyOf(attention);
  }

  /** Natural-log probability of the whole. */
  public double score() {
    return logProbabilities.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Natural-log probability per piece, counting the end mark; 0 for an empty one. */
  public double scorePerPiece() {
    return logProbabilities.isEmpty() ? 0 : score() / logProbabilities.size();
  }
}
