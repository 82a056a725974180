package dev.verso.quote.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The logistic model of a check: p(not faithful) = 1 / (1 + exp(−(b + Σ wₖ xₖ))) over the signals
 * of {@link Evidence}, each weight at least 0: evidence can raise a suspicion, never lower it. The
 * intercept b is set so that ½ is the threshold that kept false alarms within the limit on the
 * items it was fitted on.
 *
 * <p>Immutable.
 */
public final class CheckWeights {

  private static final double PRECISION = 0.8;
  private static final Set<String> SOFT =
      Set.of("unlikely", "omission", "deficit", "excess", "absent");

  private final double intercept;
  private final double[] weights;

  CheckWeights(double intercept, double[] weights) {
    this.intercept = intercept;
    this.weights = weights.clone();
  }

  /** The names of the signals, in the order of a vector of their values. */
  public static List<String> signals() {
    return Evidence.SIGNALS;
  }

  private static final class Shipped {
    static final CheckWeights WEIGHTS = parse(Resources.lines("check.weights"));
  }

  /** The weights that come with Verso. */
  public static CheckWeights shipped() {
    return Shipped.WEIGHTS;
  }

  /** p(not faithful) of signals' values, in the order of {@link #signals}. */
  public double suspicion(double[] values) {
    return 1 / (1 + Math.exp(-(intercept + evidence(values))));
  }

  private double evidence(double[] values) {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * values[k];
    }
    return sum;
  }

  double weight(String signal) {
    return weights[Evidence.SIGNALS.indexOf(signal)];
  }

  /** These weights with the intercept moved so that {@code suspicion} ½ falls at {@code at}. */
  public CheckWeights withThreshold(double at) {
    return new CheckWeights(intercept - Math.log(at / (1 - at)), weights);
  }

  /**
   * Fits weights by coordinate descent, each at least 0, with a normal prior around what the kind
   * of signal promises: 3 for a typed difference, 1.2 for a contrast, 0.5 for mere coverage.
   *
   * @param values signals' values of each item
   * @param faulty whether the item is not faithful
   * @param used the signals that may have a weight; null for all
   */
  public static CheckWeights fit(List<double[]> values, List<Boolean> faulty, List<String> used) {
    int size = Evidence.SIGNALS.size();
    double[] weights = new double[size];
    double[] scores = new double[values.size()];
    for (int k = 0; k < size; k++) {
      weights[k] = used == null || used.contains(Evidence.SIGNALS.get(k)) ? promise(k) : 0;
      for (int n = 0; n < scores.length; n++) {
        scores[n] += weights[k] * values.get(n)[k];
      }
    }
    double intercept = 0;
    for (int round = 0; round < 300; round++) {
      double moved = 0;
      for (int k = -1; k < size; k++) {
        if (k >= 0 && used != null && !used.contains(Evidence.SIGNALS.get(k))) {
          continue;
        }
        double old = k < 0 ? intercept : weights[k];
        double gradient = k < 0 ? 0 : -PRECISION * (old - promise(k));
        double curvature = k < 0 ? 1e-6 : PRECISION;
        for (int n = 0; n < scores.length; n++) {
          double x = k < 0 ? 1 : values.get(n)[k];
          if (x == 0) {
            continue;
          }
          double p = 1 / (1 + Math.exp(-scores[n]));
          gradient += ((faulty.get(n) ? 1 : 0) - p) * x;
          curvature += Math.max(p * (1 - p), 1e-4) * x * x;
        }
        double next = old + Math.max(-1, Math.min(1, gradient / curvature));
        if (k >= 0) {
          next = Math.max(0, next);
        }
        double step = next - old;
        if (step == 0) {
          continue;
        }
        moved = Math.max(moved, Math.abs(step));
        for (int n = 0; n < scores.length; n++) {
          scores[n] += step * (k < 0 ? 1 : values.get(n)[k]);
        }
        if (k < 0) {
          intercept = next;
        } else {
          weights[k] = next;
        }
      }
      if (moved < 1e-5) {
        break;
      }
    }
    return new CheckWeights(intercept, weights);
  }

  private static double promise(int signal) {
    String name = Evidence.SIGNALS.get(signal);
    return name.startsWith("contrast.") ? 1.2 : SOFT.contains(name) ? 0.5 : 3;
  }

  /**
   * Reads lines {@code signal weight}; the first is the intercept.
   *
   * @throws IllegalArgumentException if a line is malformed or a signal unknown
   */
  public static CheckWeights parse(List<String> lines) {
    double intercept = 0;
    double[] weights = new double[Evidence.SIGNALS.size()];
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.strip().split("\\s+");
      int k = Evidence.SIGNALS.indexOf(cells[0]);
      if (cells.length != 2 || (k < 0 && !cells[0].equals("intercept"))) {
        throw new IllegalArgumentException("check.weights: not a signal's weight: " + line);
      }
      if (k < 0) {
        intercept = Double.parseDouble(cells[1]);
      } else {
        weights[k] = Double.parseDouble(cells[1]);
      }
    }
    return new CheckWeights(intercept, weights);
  }

  /** Writes the lines that {@link #parse} reads. */
  public void write(Appendable out) throws IOException {
    out.append(String.format(Locale.ROOT, "intercept %.4f%n", intercept));
    for (int k = 0; k < weights.length; k++) {
      out.append(String.format(Locale.ROOT, "%s %.4f%n", Evidence.SIGNALS.get(k), weights[k]));
    }
  }

  List<Evidence.Seen> ranked(Evidence evidence) {
    List<Evidence.Seen> ranked = new ArrayList<>(evidence.seen);
    ranked.sort((a, b) -> Double.compare(share(b), share(a)));
    return ranked;
  }

  double share(Evidence.Seen seen) {
    return weight(seen.signal()) * seen.value();
  }
}
