package dev.verso.translation;

import dev.verso.text.TextSpan;
import java.util.List;

/**
 * How likely the model finds a given translation, piece by piece.
 *
 * @param target the translation
 * @param pieces which characters of it each piece stands for, in order
 * @param logProbabilities natural-log probability of each piece given the source and those before
 * @param end natural-log probability that the translation ends there
 */
public record Likelihood(
    String target, List<TextSpan> pieces, List<Double> logProbabilities, double end) {

  /**
   * @throws IllegalArgumentException if there is not one probability for each piece
   */
  public Likelihood {
    pieces = List.copyOf(pieces);
    logProbabilities = List.copyOf(logProbabilities);
    if (pieces.size() != logProbabilities.size()) {
      throw new IllegalArgumentException(
          pieces.size() + " pieces, " + logProbabilities.size() + " probabilities");
    }
  }

  /** Natural-log probability of the whole. */
  public double total() {
    return end + logProbabilities.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The mean over pieces and the end. */
  public double perPiece() {
    return total() / (pieces.size() + 1);
  }

  /** Mean log probability of the pieces that touch a range of the target; 0 if none does. */
  public double over(TextSpan range) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i).overlaps(range)) {
        sum += logProbabilities.get(i);
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
