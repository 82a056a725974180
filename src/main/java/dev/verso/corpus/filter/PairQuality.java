package dev.verso.corpus.filter;

import dev.verso.alignment.PairFeatures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The probability that two sentences translate each other: σ(Σ w_k f_k) over length, lexical odds
 * and coverage of both sides, numbers, names, order, languages and, where a model was asked, its
 * margin.
 *
 * <p>Weights are fitted by logistic regression on translations against chance pairs and against
 * translations of which a part was cut off ({@code verso evaluate corpus quality --fit}); one set
 * without the margin, one with. Immutable and thread-safe; O(1).
 */
public final class PairQuality {

  /** Names of the features, as in the weights' file. */
  public static final List<String> NAMES =
      List.of(
          "bias",
          "length",
          "forward",
          "backward",
          "least.odds",
          "least.coverage",
          "mean.coverage",
          "numbers.shared",
          "numbers.apart",
          "words",
          "same",
          "order",
          "french",
          "english",
          "names.apart",
          "short",
          "margin");

  private final double[] plain;
  private final double[] asked;

  private PairQuality(double[] plain, double[] asked) {
    this.plain = plain;
    this.asked = asked;
  }

  private static final class Shipped {
    static final PairQuality QUALITY =
        new PairQuality(weights("quality.weights"), weights("quality-margin.weights"));
  }

  /** With the weights that come along. */
  public static PairQuality shipped() {
    return Shipped.QUALITY;
  }

  /**
   * The features, in the order of {@link #NAMES}; the margin is 0 where no model was asked.
   *
   * @param margin nats per piece, see {@code TranslationMargin}
   */
  public static double[] features(PairFeatures pair, OptionalDouble margin) {
    int shorter = Math.min(pair.sourceWords(), pair.targetWords());
    return new double[] {
      1,
      Math.min(pair.length(), 6),
      pair.forward(),
      pair.backward(),
      Math.min(pair.forward(), pair.backward()),
      Math.min(pair.sourceCoverage(), pair.targetCoverage()),
      (pair.sourceCoverage() + pair.targetCoverage()) / 2,
      Math.min(pair.numbersShared(), 3),
      Math.min(pair.numbersApart(), 4),
      Math.log1p(shorter),
      pair.same(),
      (pair.concordance() - 0.85) * Math.sqrt(Math.min(pair.links(), 16)),
      Math.min(pair.sourceFrench(), 1.5),
      Math.min(pair.targetEnglish(), 1.5),
      Math.min(pair.namesApart(), 3),
      shorter < 3 ? 1 : 0,
      Math.max(-1, Math.min(5, margin.orElse(0)))
    };
  }

  /** The probability. */
  public double of(PairFeatures pair, OptionalDouble margin) {
    double[] features = features(pair, margin);
    double[] weights = margin.isPresent() ? asked : plain;
    double sum = 0;
    for (int k = 0; k < features.length; k++) {
      sum += weights[k] * features[k];
    }
    return 1 / (1 + Math.exp(-sum));
  }

  private static double[] weights(String resource) {
    Map<String, Double> read = new HashMap<>();
    try (InputStream in = PairQuality.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the weights " + resource + " are missing from the installation");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line : Collections.unmodifiableList(lines.lines().toList())) {
        if (!line.startsWith("#") && !line.isBlank()) {
          String[] cells = line.split("=");
          read.put(cells[0].strip(), Double.valueOf(cells[1].strip()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    double[] weights = new double[NAMES.size()];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = read.getOrDefault(NAMES.get(k), 0.0);
    }
    return weights;
  }
}
