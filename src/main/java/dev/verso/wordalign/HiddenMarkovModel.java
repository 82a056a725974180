package dev.verso.wordalign;

import java.util.Arrays;

/**
 * Forward–backward over one sentence pair: which source position each target word came from.
 *
 * <p>States are the I source positions, each doubled by an empty word that remembers it (Och and
 * Ney 2003). O(J·I²) time up to {@value #DENSE} source words, O(J·I) beyond, where jumps over more
 * than {@link JumpModel#REACH} words, which all cost the same, are summed once; O(J·I) space.
 * Emissions are handed in, so a trained table, a lexicon and a mix of both are served alike.
 */
final class HiddenMarkovModel {
  /** Source words up to which each jump is summed by itself. */
  static final int DENSE = 100;

  private HiddenMarkovModel() {}

  /**
   * Posterior p(a_j = i) in [J][I + 1], the last column NULL.
   *
   * @param emission t(target word j | source word i) in [J][I + 1], the last column for NULL; every
   *     row with a positive entry
   * @param transitions from {@link JumpModel#transitions}
   * @param jumps gathers expected jumps, or null
   */
  static double[][] posteriors(double[][] emission, double[][] transitions, JumpModel jumps) {
    int targets = emission.length;
    if (targets == 0) {
      return new double[0][];
    }
    int sources = emission[0].length - 1;
    if (sources == 0) {
      double[][] all = new double[targets][1];
      for (double[] row : all) {
        row[0] = 1;
      }
      return all;
    }
    double stay = 1 - JumpModel.TO_NULL;
    double toNull = JumpModel.TO_NULL;
    // alpha[j][0..I) real states, alpha[j][I..2I) NULL remembering position i; scaled to sum 1.
    // At the start NULL remembers position 0 with row 0 of the transitions used from j = 0 only.
    double[][] alpha = new double[targets][2 * sources];
    double[] scale = new double[targets];
    double[] arriving = new double[sources];
    double[] mass = new double[sources];
    for (int j = 0; j < targets; j++) {
      double[] now = alpha[j];
      double[] emit = emission[j];
      if (j == 0) {
        for (int i = 0; i < sources; i++) {
          now[i] = stay * transitions[0][i] * emit[i];
          now[sources + i] = toNull * transitions[0][i] * emit[sources];
        }
      } else {
        double[] before = alpha[j - 1];
        for (int from = 0; from < sources; from++) {
          mass[from] = before[from] + before[sources + from];
          now[sources + from] = toNull * mass[from] * emit[sources];
        }
        if (sources <= DENSE) {
          arrive(mass, transitions, arriving);
        } else {
          arriveFromFar(mass, transitions, arriving);
        }
        for (int i = 0; i < sources; i++) {
          now[i] = stay * arriving[i] * emit[i];
        }
      }
      double total = 0;
      for (double a : now) {
        total += a;
      }
      if (!(total > 1e-300)) {
        // Nothing explains the word: it came from NULL, the position unknown.
        total = 0;
        for (int i = 0; i < sources; i++) {
          now[i] = 0;
          now[sources + i] =
              j == 0 ? 1.0 / sources : alpha[j - 1][i] + alpha[j - 1][sources + i] + 1e-9;
          total += now[sources + i];
        }
      }
      scale[j] = 1 / total;
      for (int k = 0; k < now.length; k++) {
        now[k] *= scale[j];
      }
    }
    double[][] posterior = new double[targets][sources + 1];
    double[] beta = new double[2 * sources];
    Arrays.fill(beta, 1);
    double[] weighted = new double[sources];
    double[] leaving = new double[sources];
    for (int j = targets - 1; j >= 0; j--) {
      double total = 0;
      for (int k = 0; k < beta.length; k++) {
        total += alpha[j][k] * beta[k];
      }
      if (!(total > 0)) {
        // A word nothing explains cut the chain; what stands before it knows only its own past.
        Arrays.fill(beta, 1);
        total = 1;
      }
      double nulls = 0;
      for (int i = 0; i < sources; i++) {
        posterior[j][i] = alpha[j][i] * beta[i] / total;
        nulls += alpha[j][sources + i] * beta[sources + i] / total;
      }
      posterior[j][sources] = nulls;
      if (j == 0) {
        break;
      }
      double[] emit = emission[j];
      for (int i = 0; i < sources; i++) {
        weighted[i] = stay * emit[i] * beta[i] * scale[j];
      }
      double norm = total;
      if (sources <= DENSE || jumps != null) {
        for (int from = 0; from < sources; from++) {
          double[] row = transitions[from + 1];
          double sum = 0;
          double here = alpha[j - 1][from] + alpha[j - 1][sources + from];
          for (int i = 0; i < sources; i++) {
            double step = row[i] * weighted[i];
            sum += step;
            if (jumps != null && here > 0) {
              jumps.count(i - from, here * step / norm);
            }
          }
          leaving[from] = sum;
        }
      } else {
        leaveForFar(weighted, transitions, leaving);
      }
      for (int from = 0; from < sources; from++) {
        double value = leaving[from] + toNull * emit[sources] * beta[sources + from] * scale[j];
        beta[from] = value;
        arriving[from] = value;
      }
      System.arraycopy(arriving, 0, beta, sources, sources);
    }
    return posterior;
  }

  /** arriving(i) = Σ mass(from) p(i | from), each by itself. */
  private static void arrive(double[] mass, double[][] transitions, double[] arriving) {
    Arrays.fill(arriving, 0);
    for (int from = 0; from < mass.length; from++) {
      if (mass[from] > 0) {
        double[] row = transitions[from + 1];
        for (int i = 0; i < mass.length; i++) {
          arriving[i] += mass[from] * row[i];
        }
      }
    }
  }

  /** As {@link #arrive}, what comes from far before or after it summed up on the way. */
  private static void arriveFromFar(double[] mass, double[][] transitions, double[] arriving) {
    int sources = mass.length;
    int reach = JumpModel.REACH;
    double forward = 0; // over all from <= i - reach
    for (int i = 0; i < sources; i++) {
      if (i >= reach) {
        forward += mass[i - reach] * transitions[i - reach + 1][i];
      }
      double near = 0;
      for (int from = Math.max(0, i - reach + 1); from < Math.min(sources, i + reach); from++) {
        near += mass[from] * transitions[from + 1][i];
      }
      arriving[i] = forward + near;
    }
    double backward = 0; // over all from >= i + reach
    for (int i = sources - 1 - reach; i >= 0; i--) {
      backward += mass[i + reach] * transitions[i + reach + 1][i];
      arriving[i] += backward;
    }
  }

  /** leaving(from) = Σ p(i | from) weighted(i), what lies far before or after it summed up. */
  private static void leaveForFar(double[] weighted, double[][] transitions, double[] leaving) {
    int sources = weighted.length;
    int reach = JumpModel.REACH;
    double before = 0; // over all i <= from - reach
    for (int from = 0; from < sources; from++) {
      double[] row = transitions[from + 1];
      if (from >= reach) {
        before += weighted[from - reach];
      }
      double near = 0;
      for (int i = Math.max(0, from - reach + 1); i < Math.min(sources, from + reach); i++) {
        near += row[i] * weighted[i];
      }
      leaving[from] = near + (from >= reach ? before * row[0] : 0);
    }
    double behind = 0; // over all i >= from + reach
    for (int from = sources - 1 - reach; from >= 0; from--) {
      behind += weighted[from + reach];
      leaving[from] += behind * transitions[from + 1][sources - 1];
    }
  }
}
