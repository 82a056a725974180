package dev.verso.translation;

import dev.verso.decoding.Hypothesis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Estimates how good a translation is from what decoding knows, without a reference.
 *
 * <p>Eight signals s of a segment go through a linear model fitted to sentence chrF of the model's
 * own translations: quality = clip(w₀ + Σ wᵢ sᵢ, 0, 1), so a quality of 0.6 reads as "about chrF 60
 * expected". The weights belong to a model and stand in its manifest; without them only the mean
 * log-probability counts. {@code ./verso evaluate quality SOURCE REFERENCE --fit} prints them.
 *
 * <p>Immutable and thread-safe. O(T·S) for T target and S source pieces.
 */
public final class QualityEstimate {

  /** Names of the signals, in the order of {@link #signals}. */
  public static final List<String> SIGNALS =
      List.of(
          "meanLogProbability",
          "worstLogProbabilities",
          "uncoveredSource",
          "spreadAttention",
          "lengthRatio",
          "lostNumbers",
          "repetition",
          "logLength");

  private static final List<Double> UNFITTED =
      List.of(0.85, 0.35, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);

  private final List<Double> weights;

  /**
   * @param weights the constant and one weight for each signal, or empty for a model without any
   * @throws IllegalArgumentException if their number is another
   */
  public QualityEstimate(List<Double> weights) {
    this.weights = weights.isEmpty() ? UNFITTED : List.copyOf(weights);
    if (this.weights.size() != SIGNALS.size() + 1) {
      throw new IllegalArgumentException(
          weights.size() + " weights for " + SIGNALS.size() + " signals and a constant");
    }
  }

  /** The estimate in [0, 1] for these signals. */
  public double of(List<Double> signals) {
    double sum = weights.get(0);
    for (int i = 0; i < signals.size(); i++) {
      sum += weights.get(i + 1) * signals.get(i);
    }
    return Math.max(0, Math.min(1, sum));
  }

  /**
   * The signals of a segment's hypotheses, one for each part that was searched.
   *
   * @param sourcePieces pieces of each part's source
   * @param lostNumbers numbers of the source that the translation lacks
   */
  static List<Double> signals(List<Hypothesis> parts, List<Integer> sourcePieces, int lostNumbers) {
    List<Double> logProbabilities = new ArrayList<>();
    double uncovered = 0;
    double entropy = 0;
    int source = 0;
    int target = 0;
    int attended = 0;
    double repetition = 0;
    for (int p = 0; p < parts.size(); p++) {
      Hypothesis part = parts.get(p);
      logProbabilities.addAll(part.logProbabilities());
      source += sourcePieces.get(p);
      target += part.ids().size();
      repetition += repeatedBigrams(part.ids());
      double[] received = new double[sourcePieces.get(p)];
      for (int t = 0; t < part.ids().size() && t < part.attention().size(); t++) {
        List<Float> row = part.attention().get(t);
        attended++;
        for (int s = 0; s < row.size(); s++) {
          double a = row.get(s);
          entropy -= a > 1e-9 ? a * Math.log(a) : 0;
          if (s < received.length) {
            received[s] += a;
          }
        }
      }
      for (double mass : received) {
        uncovered += Math.max(0, 0.5 - mass) * 2;
      }
    }
    if (logProbabilities.isEmpty()) {
      return Collections.nCopies(SIGNALS.size(), 0.0);
    }
    double mean = logProbabilities.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    Collections.sort(logProbabilities);
    int fifth = Math.max(1, logProbabilities.size() / 5);
    double worst =
        logProbabilities.subList(0, fifth).stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(0);
    return List.of(
        mean,
        worst,
        uncovered / Math.max(1, source),
        attended == 0 ? 0 : entropy / attended,
        Math.abs(Math.log((target + 1.0) / (source + 1.0))),
        (double) lostNumbers,
        repetition / Math.max(1, target),
        Math.log(source + 1.0));
  }

  private static int repeatedBigrams(List<Integer> ids) {
    Set<Long> seen = new HashSet<>();
    int repeated = 0;
    for (int i = 1; i < ids.size(); i++) {
      if (!seen.add(((long) ids.get(i - 1) << 32) | ids.get(i))) {
        repeated++;
      }
    }
    return repeated;
  }
}
