package dev.verso.evaluation;

import java.util.Arrays;
import java.util.Comparator;

/** How well two scorings of the same things agree on their order. */
public final class RankCorrelation {

  private RankCorrelation() {}

  /**
   * Spearman's ρ: Pearson's correlation of the ranks, where equal values share the mean of their
   * ranks. O(n log n).
   *
   * @return from −1 to 1; NaN if one side has no two different values and so no order
   * @throws IllegalArgumentException if the sides differ in length or contain NaN
   */
  public static double spearman(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(first.length + " values against " + second.length);
    }
    double[] x = ranks(first);
    double[] y = ranks(second);
    double mean = (x.length + 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mean) * (y[i] - mean);
      xx += (x[i] - mean) * (x[i] - mean);
      yy += (y[i] - mean) * (y[i] - mean);
    }
    return xy / Math.sqrt(xx * yy);
  }

  private static double[] ranks(double[] values) {
    if (Arrays.stream(values).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("NaN has no rank");
    }
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    // Plain comparison, so that -0.0 and 0.0 tie.
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i] + 0.0));
    double[] ranks = new double[values.length];
    for (int start = 0, end; start < order.length; start = end) {
      end = start + 1;
      while (end < order.length && values[order[end]] == values[order[start]]) {
        end++;
      }
      for (int i = start; i < end; i++) {
        ranks[order[i]] = (start + 1 + end) / 2.0;
      }
    }
    return ranks;
  }
}
