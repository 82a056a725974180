package dev.verso.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Bootstrap resampling (Efron 1979; Koehn 2004): how much would a score move if the test set were
 * drawn again? As many segments as there are are drawn with replacement, and their counts summed.
 *
 * <p>The draws depend only on the seed and the number of segments, so two systems over the same set
 * are compared on the same resamples. O(samples · segments · counts) time.
 *
 * @param samples number of resamples
 * @param seed of the draws
 */
public record Bootstrap(int samples, long seed) {

  /** 1,000 resamples, the usual number in the field. */
  public static final Bootstrap DEFAULT = new Bootstrap(1000, 12345);

  /**
   * A range that contains the score of 95 % of the resamples.
   *
   * @param low 2.5 % of the resamples score lower
   * @param high 2.5 % of the resamples score higher
   */
  public record Interval(double low, double high) {

    /** Half its width: what is printed after ±. */
    public double halfWidth() {
      return (high - low) / 2;
    }
  }

  /**
   * @throws IllegalArgumentException if there are fewer than 40 resamples, too few for 95 %
   */
  public Bootstrap {
    if (samples < 40) {
      throw new IllegalArgumentException("at least 40 resamples are needed, not " + samples);
    }
  }

  /** Column sums of the segments' counts. */
  static long[] sum(int[][] statistics) {
    long[] totals = new long[statistics[0].length];
    for (int[] row : statistics) {
      for (int i = 0; i < row.length; i++) {
        totals[i] += row[i];
      }
    }
    return totals;
  }

  /**
   * The score of each resample, in the order drawn.
   *
   * @param statistics the counts of each segment, at least one
   * @param score the score of summed counts
   */
  public double[] scores(int[][] statistics, ToDoubleFunction<long[]> score) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = new double[samples];
    long[] totals = new long[statistics[0].length];
    for (int s = 0; s < samples; s++) {
      Arrays.fill(totals, 0);
      for (int k = 0; k < statistics.length; k++) {
        int[] row = statistics[random.nextInt(statistics.length)];
        for (int i = 0; i < row.length; i++) {
          totals[i] += row[i];
        }
      }
      scores[s] = score.applyAsDouble(totals);
    }
    return scores;
  }

  /** The 95 % interval of resampled scores, by their percentiles. */
  public static Interval interval(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int cut = sorted.length / 40;
    return new Interval(sorted[cut], sorted[sorted.length - 1 - cut]);
  }

  /**
   * The p-value of the difference {@code second − first} between two systems, two-sided: the share
   * of resamples whose difference is at least as far from the resamples' mean difference as the
   * observed difference is from 0 (the mean is shifted to 0, what it would be if the systems were
   * equally good; Riezler and Maxwell 2005), each count plus one. sacreBLEU counts only one side,
   * so its p-values are about half of these.
   *
   * @param first resampled scores of one system
   * @param second those of the other on the same resamples
   * @param observed the difference on the set itself
   */
  public static double pValue(double[] first, double[] second, double observed) {
    double mean = 0;
    for (int i = 0; i < first.length; i++) {
      mean += (second[i] - first[i]) / first.length;
    }
    int further = 0;
    for (int i = 0; i < first.length; i++) {
      // Equal systems differ only by rounding; that must not look significant.
      if (Math.abs(second[i] - first[i] - mean) >= Math.abs(observed) - 1e-12) {
        further++;
      }
    }
    return (further + 1.0) / (first.length + 1.0);
  }
}
