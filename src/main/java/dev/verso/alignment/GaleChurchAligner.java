package dev.verso.alignment;

import dev.verso.bitext.Bead;
import dev.verso.bitext.SentenceAlignment;
import dev.verso.text.Cancellation;
import java.util.Arrays;
import java.util.List;

/**
 * The baseline of Gale and Church (1993): sentences that translate each other are about equally
 * long.
 *
 * <p>A bead costs −log P(type) − log 2(1 − Φ(|δ|)), δ = (l_t − c·l_s)/√(s²·l̄) in characters. Bead
 * priors and constants are those measured on French novels and their English translations.
 * Differences from the paper: more bead types, s² scales the mean of both lengths so that the sides
 * may be exchanged, and forward–backward gives posteriors. The whole grid up to 2,000² sentence
 * pairs, a tenth of the longer side around the diagonal beyond that. The document score is the mean
 * posterior, for lengths alone cannot tell unrelated texts.
 *
 * <p>Immutable and thread-safe.
 */
public final class GaleChurchAligner implements SentenceAligner {
  private static final long WHOLE = 2000L * 2000L;
  private static final double NULL = Math.log(0.0065);

  private final LengthModel lengths;
  private final double[] priors;

  /** French to English. */
  public GaleChurchAligner() {
    this(LengthModel.FRENCH_ENGLISH, frenchEnglishPriors());
  }

  private GaleChurchAligner(LengthModel lengths, double[] priors) {
    this.lengths = lengths;
    this.priors = priors;
  }

  private static double[] frenchEnglishPriors() {
    double[] priors = new double[BeadType.ALL.size()];
    Arrays.fill(priors, Double.NEGATIVE_INFINITY);
    int[][] types = {
      {1, 1}, {2, 1}, {1, 2}, {1, 3}, {2, 2}, {3, 1}, {1, 4}, {3, 2}, {4, 1}, {2, 3}
    };
    double[] shares = {.781, .080, .075, .011, .011, .010, .003, .003, .002, .002};
    for (int k = 0; k < types.length; k++) {
      priors[BeadType.index(types[k][0], types[k][1])] = Math.log(shares[k]);
    }
    return priors;
  }

  /** The aligner of the opposite direction. */
  public GaleChurchAligner mirrored() {
    double[] swapped = new double[priors.length];
    for (int type = 0; type < priors.length; type++) {
      BeadType size = BeadType.ALL.get(type);
      swapped[BeadType.index(/* source= */ size.target(), /* target= */ size.source())] =
          priors[type];
    }
    return new GaleChurchAligner(lengths.mirrored(), swapped);
  }

  @Override
  public SentenceAlignment align(TextPair pair, Cancellation cancellation) {
    int sources = pair.source().size();
    int targets = pair.target().size();
    double[] source = before(pair.source());
    double[] target = before(pair.target());
    BeadScorer scorer =
        new BeadScorer() {
          @Override
          public double bead(int type, int i, int j) {
            if (priors[type] == Double.NEGATIVE_INFINITY) {
              return Double.NEGATIVE_INFINITY;
            }
            BeadType size = BeadType.ALL.get(type);
            return priors[type]
                + logTails(
                    lengths.deviation(
                        source[i + size.source()] - source[i],
                        target[j + size.target()] - target[j]));
          }

          @Override
          public double sourceNull(int i) {
            return NULL + logTails(lengths.deviation(source[i + 1] - source[i], 0));
          }

          @Override
          public double targetNull(int j) {
            return NULL + logTails(lengths.deviation(0, target[j + 1] - target[j]));
          }

          @Override
          public double openSource() {
            return 0;
          }

          @Override
          public double openTarget() {
            return 0;
          }
        };
    Lattice lattice = new Lattice(band(sources, targets), scorer, cancellation);
    List<Bead> beads = lattice.bestWithPosteriors();
    return new SentenceAlignment(
        sources,
        targets,
        beads,
        Math.min(1, beads.stream().mapToDouble(Bead::posterior).average().orElse(0)));
  }

  private static Band band(int sources, int targets) {
    if ((long) sources * targets <= WHOLE) {
      return Band.full(sources, targets);
    }
    int[] diagonal = new int[sources + 1];
    for (int i = 0; i <= sources; i++) {
      diagonal[i] = (int) ((long) i * targets / sources);
    }
    // Beyond a few thousand sentences the band stays as wide as memory allows.
    int radius = (int) Math.min(Math.max(sources, targets) / 10, 4_000_000L / Math.max(1, sources));
    return Band.around(diagonal, diagonal, targets, Math.max(10, radius));
  }

  private static double[] before(List<String> sentences) {
    double[] sums = new double[sentences.size() + 1];
    for (int k = 0; k < sentences.size(); k++) {
      sums[k + 1] = sums[k] + sentences.get(k).length();
    }
    return sums;
  }

  /** log 2(1 − Φ(|δ|)), by the continued fraction beyond 2 and the Taylor series of Φ below. */
  static double logTails(double deviation) {
    double x = Math.abs(deviation);
    if (x < 2) {
      double term = x;
      double sum = x;
      for (int k = 1; k < 60; k++) {
        term *= -x * x / (2 * k);
        sum += term / (2 * k + 1);
      }
      return Math.log(1 - sum * Math.sqrt(2 / Math.PI));
    }
    double fraction = 0;
    for (int k = 60; k >= 1; k--) {
      fraction = k / (x + fraction);
    }
    return -x * x / 2 + Math.log(Math.sqrt(2 / Math.PI) / (x + fraction));
  }
}
