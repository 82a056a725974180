package dev.verso.wordalign;

import java.util.Arrays;

/**
 * How far the aligned source position moves from one target word to the next: the transition
 * probabilities of the HMM of Vogel, Ney and Tillmann (1996), with Och and Ney's (2003) empty word.
 *
 * <p>p(i | i', I) = c(i - i') / Σ_k c(k - i') over the I positions of the sentence, jumps beyond
 * ±{@value #REACH} pooled. Smoothed with the uniform distribution.
 */
final class JumpModel {
  static final int REACH = 8;
  private static final double UNIFORM = 0.05;

  /** Probability of a step to NULL. */
  static final double TO_NULL = 0.15;

  private final double[] weight;
  private final double[] count = new double[2 * REACH + 1];

  /** Starts with a distribution that falls off on both sides of one step forward. */
  JumpModel() {
    weight = new double[2 * REACH + 1];
    for (int d = -REACH; d <= REACH; d++) {
      weight[d + REACH] = Math.exp(-0.5 * Math.abs(d - 1));
    }
  }

  JumpModel(double[] weight) {
    if (weight.length != 2 * REACH + 1) {
      throw new IllegalArgumentException(weight.length + " jump weights, not " + (2 * REACH + 1));
    }
    this.weight = weight.clone();
  }

  double[] weights() {
    return weight.clone();
  }

  private static int bucket(int jump) {
    return Math.max(-REACH, Math.min(REACH, jump)) + REACH;
  }

  /**
   * Row {@code from + 1} of the result holds p(to | from) over the {@code length} source positions;
   * row 0 stands for the place before the sentence.
   */
  double[][] transitions(int length) {
    double[][] rows = new double[length + 1][length];
    for (int from = -1; from < length; from++) {
      double[] row = rows[from + 1];
      double total = 0;
      for (int to = 0; to < length; to++) {
        row[to] = weight[bucket(to - from)];
        total += row[to];
      }
      for (int to = 0; to < length; to++) {
        row[to] = (1 - UNIFORM) * row[to] / total + UNIFORM / length;
      }
    }
    return rows;
  }

  void count(int jump, double amount) {
    count[bucket(jump)] += amount;
  }

  void maximize() {
    double total = 0;
    for (double c : count) {
      total += c;
    }
    if (total > 0) {
      for (int d = 0; d < weight.length; d++) {
        // The pooled ends stand for many distances each.
        double share = d == 0 || d == weight.length - 1 ? 4 : 1;
        weight[d] = (count[d] + 1e-3 * total / weight.length) / total / share;
      }
    }
    Arrays.fill(count, 0);
  }
}
