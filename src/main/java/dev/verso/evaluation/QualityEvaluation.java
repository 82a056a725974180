package dev.verso.evaluation;

import dev.verso.translation.QualityEstimate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How well the quality estimate orders translations: Spearman's correlation with sentence chrF, and
 * a table that compares estimates with results.
 *
 * <p>{@link #fit} finds the estimate's weights by ridge regression; the correlation to report is
 * the one it prints for lines that the weights had not seen.
 */
public final class QualityEvaluation {

  private static final double RIDGE = 1e-3;
  private static final int BANDS = 10;

  /**
   * One translated segment.
   *
   * @param quality the estimate that was given
   * @param signals what it was computed from
   * @param chrf sentence chrF of the translation, in [0, 1]
   */
  public record Item(double quality, List<Double> signals, double chrf) {}

  private final List<Item> items;

  /**
   * @throws IllegalArgumentException if there are fewer than 20 segments
   */
  public QualityEvaluation(List<Item> items) {
    if (items.size() < 20) {
      throw new IllegalArgumentException(items.size() + " segments are too few to correlate");
    }
    this.items = List.copyOf(items);
  }

  /** Spearman's correlation between estimate and sentence chrF. */
  public double spearman() {
    return RankCorrelation.spearman(
        items.stream().mapToDouble(Item::quality).toArray(),
        items.stream().mapToDouble(Item::chrf).toArray());
  }

  /** Prints the correlation and ten bands of equal size, lowest estimate first. */
  public void print(Appendable out) throws IOException {
    out.append(
        String.format(
            Locale.ROOT,
            "%d segments, Spearman with sentence chrF %.3f%n%n%-8s %8s %8s%n",
            items.size(),
            spearman(),
            "band",
            "quality",
            "chrF"));
    List<Item> sorted = items.stream().sorted(Comparator.comparingDouble(Item::quality)).toList();
    for (int band = 0; band < BANDS; band++) {
      List<Item> part =
          sorted.subList(band * sorted.size() / BANDS, (band + 1) * sorted.size() / BANDS);
      out.append(
          String.format(
              Locale.ROOT,
              "%-8d %8.3f %8.3f%n",
              band + 1,
              part.stream().mapToDouble(Item::quality).average().orElse(0),
              part.stream().mapToDouble(Item::chrf).average().orElse(0)));
    }
  }

  /**
   * Fits weights on all lines and prints them, with the correlation on unseen lines: that of each
   * half of the lines, odd and even, with weights fitted on the other half.
   *
   * @return the constant and one weight for each of {@link QualityEstimate#SIGNALS}
   */
  public List<Double> fit(Appendable out) throws IOException {
    List<Item> crossed = new ArrayList<>();
    for (int parity = 0; parity < 2; parity++) {
      QualityEstimate estimate = new QualityEstimate(rounded(half(1 - parity)));
      for (Item item : half(parity)) {
        crossed.add(new Item(estimate.of(item.signals()), item.signals(), item.chrf()));
      }
      List<Item> part = crossed.subList(parity == 0 ? 0 : half(0).size(), crossed.size());
      out.append(
          String.format(
              Locale.ROOT,
              "%s lines, fitted on the others: Spearman %.3f%n",
              parity == 0 ? "even" : "odd",
              new QualityEvaluation(part).spearman()));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "all lines, each half fitted on the other: Spearman %.3f%n",
            new QualityEvaluation(crossed).spearman()));
    List<Double> weights = rounded(items);
    out.append("\"quality\": ").append(weights.toString()).append('\n');
    return weights;
  }

  private static List<Double> rounded(List<Item> items) {
    return Arrays.stream(ridge(items)).map(w -> Math.round(w * 1e5) / 1e5).boxed().toList();
  }

  private List<Item> half(int parity) {
    return IntStream.range(0, items.size())
        .filter(i -> i % 2 == parity)
        .mapToObj(items::get)
        .toList();
  }

  /** Least squares with a small ridge, by elimination on the normal equations. */
  private static double[] ridge(List<Item> items) {
    int n = QualityEstimate.SIGNALS.size() + 1;
    double[][] system = new double[n][n + 1];
    for (Item item : items) {
      List<Double> row = new ArrayList<>();
      row.add(1.0);
      row.addAll(item.signals());
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          system[i][j] += row.get(i) * row.get(j);
        }
        system[i][n] += row.get(i) * item.chrf();
      }
    }
    for (int i = 1; i < n; i++) {
      system[i][i] += RIDGE * items.size();
    }
    for (int i = 0; i < n; i++) {
      int pivot = i;
      for (int r = i + 1; r < n; r++) {
        pivot = Math.abs(system[r][i]) > Math.abs(system[pivot][i]) ? r : pivot;
      }
      double[] swap = system[i];
      system[i] = system[pivot];
      system[pivot] = swap;
      for (int r = 0; r < n; r++) {
        if (r != i) {
          double factor = system[r][i] / system[i][i];
          for (int c = i; c <= n; c++) {
            system[r][c] -= factor * system[i][c];
          }
        }
      }
    }
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      weights[i] = system[i][n] / system[i][i];
    }
    return weights;
  }
}
