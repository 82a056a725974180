package dev.verso.wordalign;

import java.util.List;

/** Binary logistic regression with a normal prior, by Newton's method; O(n·k²) an iteration. */
public final class LogisticRegression {
  private static final double PRECISION = 1.0;

  private LogisticRegression() {}

  static double probability(double[] weights, double[] features) {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * features[k];
    }
    return 1 / (1 + Math.exp(-sum));
  }

  /**
   * The weights of greatest posterior.
   *
   * @param used features that may have a weight; the others get 0
   */
  public static double[] fit(List<double[]> features, List<Boolean> labels, boolean[] used) {
    int size = used.length;
    double[] weights = new double[size];
    for (int iteration = 0; iteration < 25; iteration++) {
      double[] gradient = new double[size];
      double[][] curvature = new double[size][size];
      for (int n = 0; n < features.size(); n++) {
        double[] x = features.get(n);
        double p = probability(weights, x);
        double residual = (labels.get(n) ? 1 : 0) - p;
        double spread = Math.max(p * (1 - p), 1e-9);
        for (int a = 0; a < size; a++) {
          if (!used[a] || x[a] == 0) {
            continue;
          }
          gradient[a] += residual * x[a];
          for (int b = 0; b <= a; b++) {
            curvature[a][b] += spread * x[a] * x[b];
          }
        }
      }
      for (int a = 0; a < size; a++) {
        gradient[a] -= PRECISION * weights[a];
        curvature[a][a] += PRECISION;
        if (!used[a]) {
          gradient[a] = 0;
          for (int b = 0; b < size; b++) {
            curvature[Math.max(a, b)][Math.min(a, b)] = a == b ? 1 : 0;
          }
        }
      }
      double[] step = solve(curvature, gradient);
      double largest = 0;
      for (int a = 0; a < size; a++) {
        // A bounded step keeps Newton's method from overshooting at the start.
        double bounded = Math.max(-2, Math.min(2, step[a]));
        weights[a] += bounded;
        largest = Math.max(largest, Math.abs(bounded));
      }
      if (largest < 1e-6) {
        break;
      }
    }
    return weights;
  }

  /** Solves A·x = b for a symmetric positive A given by its lower half (Cholesky). */
  private static double[] solve(double[][] lower, double[] b) {
    int n = b.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = lower[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        l[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / l[j][j];
      }
    }
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= l[i][k] * x[k];
      }
      x[i] /= l[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= l[k][i] * x[k];
      }
      x[i] /= l[i][i];
    }
    return x;
  }
}
