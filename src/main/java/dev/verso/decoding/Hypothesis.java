package dev.verso.decoding;

import dev.verso.model.Attention;
import java.util.List;

/**
 * A translation in pieces, with its probability and where each piece looked in the source.
 *
 * @param ids the pieces, without the end-of-sentence mark
 * @param logProbabilities natural-log probability of each piece and, last, of the end mark
 * @param attention a row for each entry of {@code logProbabilities}; empty if the network does not
 *     report it
 * @param outcome how it ended
 * @param rank what its search compares complete hypotheses by, higher is better: its score and what
 *     invented words, missing support and unusual English cost, divided by its lengthᵅ
 */
public record Hypothesis(
    List<Integer> ids,
    List<Double> logProbabilities,
    Attention attention,
    Outcome outcome,
    double rank) {

  /** How a hypothesis ended. */
  public enum Outcome {
    /** With the end-of-sentence mark. */
    COMPLETE,
    /** At the length limit. */
    TRUNCATED,
    /** It began to repeat itself; what was repeated is cut off. */
    LOOP
  }

  /** Copies the lists. */
  public Hypothesis {
    ids = List.copyOf(ids);
    logProbabilities = List.copyOf(logProbabilities);
  }

  /** Natural-log probability of the whole. */
  public double score() {
    return logProbabilities.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Natural-log probability per piece, the end mark counted; 0 for an empty one. */
  public double scorePerPiece() {
    return logProbabilities.isEmpty() ? 0 : score() / logProbabilities.size();
  }
}
