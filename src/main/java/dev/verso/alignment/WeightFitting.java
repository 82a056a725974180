package dev.verso.alignment;

import dev.verso.alignment.AlignmentWeights.Feature;
import dev.verso.bitext.Bead;
import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fits the weights on gold alignments: logistic regression over whole alignments, that is, the log
 * posterior of the gold alignment among all alignments of the band, with a normal prior around the
 * starting weights. The objective is concave where every gold bead has a type; a gold bead wider
 * than any type may be cut in any way within its sentences. Gradients are differences of expected
 * features from two runs of forward–backward; the maximum is sought by L-BFGS (Nocedal 1980).
 */
public final class WeightFitting {
  private static final int TYPES = BeadType.ALL.size();
  private static final int RADIUS = 7;
  private static final int ITERATIONS = 30;

  /** One training pair. */
  private static final class Example {
    final Band band;
    final float[][] features; // of each candidate bead
    final int[] candidateType;
    final int[] candidateI;
    final int[] candidateJ;
    final boolean[] allowed;
    final boolean[] sourceNullAllowed;
    final boolean[] targetNullAllowed;
    final double[] sourceNullLength;
    final double[] targetNullLength;
    final int[] at; // cell * TYPES + type -> candidate, -1 outside
    final boolean[] struck; // out of the question once the margin is asked
    final TextPair pair;

    Example(TextPair pair, PairEvidence evidence, Band band, List<Bead> gold) {
      this.pair = pair;
      this.band = band;
      PairEvidence.FeatureTable table = evidence.new FeatureTable(band);
      at = new int[band.size() * TYPES];
      Arrays.fill(at, -1);
      List<float[]> rows = new ArrayList<>();
      List<int[]> places = new ArrayList<>();
      List<Boolean> fits = new ArrayList<>();
      Set<List<Integer>> exact = new HashSet<>();
      List<Bead> wide = new ArrayList<>();
      sourceNullAllowed = new boolean[band.sources()];
      targetNullAllowed = new boolean[band.targets()];
      for (Bead bead : gold) {
        if (bead.targetSize() == 0) {
          Arrays.fill(sourceNullAllowed, bead.sourceStart(), bead.sourceEnd(), true);
        } else if (bead.sourceSize() == 0) {
          Arrays.fill(targetNullAllowed, bead.targetStart(), bead.targetEnd(), true);
        } else if (BeadType.index(bead.sourceSize(), bead.targetSize()) < 0) {
          wide.add(bead);
          Arrays.fill(sourceNullAllowed, bead.sourceStart(), bead.sourceEnd(), true);
          Arrays.fill(targetNullAllowed, bead.targetStart(), bead.targetEnd(), true);
        } else {
          exact.add(
              List.of(bead.sourceStart(), bead.sourceEnd(), bead.targetStart(), bead.targetEnd()));
        }
      }
      for (int i = 0; i <= band.sources(); i++) {
        for (int j = band.low(i); j <= band.high(i); j++) {
          for (int type = 0; type < TYPES; type++) {
            BeadType size = BeadType.ALL.get(type);
            int si = i - size.source();
            int sj = j - size.target();
            if (band.cell(si, sj) < 0) {
              continue;
            }
            float[] row = new float[AlignmentWeights.size()];
            table.bead(type, si, sj, row);
            at[band.cell(i, j) * TYPES + type] = rows.size();
            rows.add(compact(row));
            places.add(new int[] {type, si, sj});
            boolean fit = exact.contains(List.of(si, i, sj, j));
            for (Bead bead : wide) {
              fit |=
                  bead.sourceStart() <= si
                      && i <= bead.sourceEnd()
                      && bead.targetStart() <= sj
                      && j <= bead.targetEnd();
            }
            fits.add(fit);
          }
        }
      }
      features = rows.toArray(new float[0][]);
      candidateType = places.stream().mapToInt(p -> p[0]).toArray();
      candidateI = places.stream().mapToInt(p -> p[1]).toArray();
      candidateJ = places.stream().mapToInt(p -> p[2]).toArray();
      struck = new boolean[fits.size()];
      allowed = new boolean[fits.size()];
      for (int k = 0; k < allowed.length; k++) {
        allowed[k] = fits.get(k);
      }
      sourceNullLength = new double[band.sources()];
      for (int i = 0; i < sourceNullLength.length; i++) {
        sourceNullLength[i] = table.sourceNullLength(i);
      }
      targetNullLength = new double[band.targets()];
      for (int j = 0; j < targetNullLength.length; j++) {
        targetNullLength[j] = table.targetNullLength(j);
      }
    }

    /** Type weights are read off the type; what is left is dense. */
    private static float[] compact(float[] row) {
      return Arrays.copyOfRange(row, TYPES, row.length);
    }

    double[] scores(double[] weights) {
      double[] scores = new double[features.length];
      for (int k = 0; k < scores.length; k++) {
        double score = weights[candidateType[k]];
        for (int f = 0; f < features[k].length; f++) {
          score += weights[TYPES + f] * features[k][f];
        }
        scores[k] = score;
      }
      return scores;
    }

    /** Gives the beads in doubt their margins and strikes out the hopeless, as the aligner does. */
    void ask(TranslationMargin margin, double[] weights) {
      Lattice lattice = new Lattice(band, scorer(weights, scores(weights), false));
      lattice.sum();
      List<Integer> asked = new ArrayList<>();
      List<TranslationMargin.Candidate> candidates = new ArrayList<>();
      for (int k = 0; k < struck.length; k++) {
        double posterior = lattice.posterior(candidateType[k], candidateI[k], candidateJ[k]);
        struck[k] = posterior < LogLinearAligner.DOUBT && !allowed[k];
        if (!struck[k] && posterior <= 1 - LogLinearAligner.DOUBT) {
          asked.add(k);
          candidates.add(
              TranslationMargin.Candidate.of(
                  pair, BeadType.ALL.get(candidateType[k]), candidateI[k], candidateJ[k]));
        }
      }
      double[] odds = LogLinearAligner.marginOdds(margin, candidates, pair.source());
      for (int k = 0; k < odds.length; k++) {
        features[asked.get(k)][AlignmentWeights.index(Feature.MARGIN) - TYPES] = (float) odds[k];
      }
    }

    private BeadScorer scorer(double[] weights, double[] scores, boolean gold) {
      double nullSentence = weights[AlignmentWeights.index(Feature.NULL_SENTENCE)];
      double nullLength = weights[AlignmentWeights.index(Feature.NULL_LENGTH)];
      return new BeadScorer() {
        @Override
        public double bead(int type, int i, int j) {
          BeadType size = BeadType.ALL.get(type);
          int k = at[band.cell(i + size.source(), j + size.target()) * TYPES + type];
          return struck[k] || (gold && !allowed[k]) ? Double.NEGATIVE_INFINITY : scores[k];
        }

        @Override
        public double sourceNull(int i) {
          return gold && !sourceNullAllowed[i]
              ? Double.NEGATIVE_INFINITY
              : nullSentence + nullLength * sourceNullLength[i];
        }

        @Override
        public double targetNull(int j) {
          return gold && !targetNullAllowed[j]
              ? Double.NEGATIVE_INFINITY
              : nullSentence + nullLength * targetNullLength[j];
        }

        @Override
        public double openSource() {
          return weights[AlignmentWeights.index(Feature.NULL_RUN_SOURCE)];
        }

        @Override
        public double openTarget() {
          return weights[AlignmentWeights.index(Feature.NULL_RUN_TARGET)];
        }
      };
    }

    /** Adds factor × the expected features to the gradient; returns the log of the sum. */
    double expectation(
        double[] weights, double[] scores, boolean gold, double factor, double[] gradient) {
      Lattice lattice = new Lattice(band, scorer(weights, scores, gold));
      double sum = lattice.sum();
      if (sum == Double.NEGATIVE_INFINITY) {
        throw new IllegalStateException("no alignment of the band is the gold one");
      }
      for (int k = 0; k < scores.length; k++) {
        if (struck[k] || (gold && !allowed[k])) {
          continue;
        }
        double posterior = lattice.posterior(candidateType[k], candidateI[k], candidateJ[k]);
        if (posterior > 1e-7) {
          gradient[candidateType[k]] += factor * posterior;
          for (int f = 0; f < features[k].length; f++) {
            gradient[TYPES + f] += factor * posterior * features[k][f];
          }
        }
      }
      Lattice.NullPosteriors nulls = lattice.nulls();
      for (int i = 0; i < nulls.source().length; i++) {
        double p = nulls.source()[i];
        gradient[AlignmentWeights.index(Feature.NULL_SENTENCE)] += factor * p;
        gradient[AlignmentWeights.index(Feature.NULL_LENGTH)] += factor * p * sourceNullLength[i];
      }
      for (int j = 0; j < nulls.target().length; j++) {
        double p = nulls.target()[j];
        gradient[AlignmentWeights.index(Feature.NULL_SENTENCE)] += factor * p;
        gradient[AlignmentWeights.index(Feature.NULL_LENGTH)] += factor * p * targetNullLength[j];
      }
      gradient[AlignmentWeights.index(Feature.NULL_RUN_SOURCE)] += factor * nulls.sourceRuns();
      gradient[AlignmentWeights.index(Feature.NULL_RUN_TARGET)] += factor * nulls.targetRuns();
      return sum;
    }
  }

  private final List<Example> examples = new ArrayList<>();
  private double[] center;
  private final double[] precision;
  private final boolean[] fixed;

  /**
   * The weights that make the gold alignments most probable.
   *
   * @param gold alignments to fit on; leave out what is to be scored
   * @param aligner its lexicon is used, and its translation margin if it has one
   * @param without features that stay at weight 0, of {@link LogLinearAligner#features}
   */
  public static AlignmentWeights fit(
      List<GoldAlignment> gold, LogLinearAligner aligner, Set<String> without) {
    boolean translated = gold.stream().anyMatch(g -> g.pair().translations().isPresent());
    AlignmentWeights start = AlignmentWeights.initial(translated, without);
    WeightFitting fitting = new WeightFitting(start);
    for (GoldAlignment example : gold) {
      fitting.add(aligner, start, example);
    }
    double[] weights = fitting.fit(ITERATIONS);
    while (fitting.dropsNegative(weights)) {
      weights = fitting.fit(ITERATIONS);
    }
    if (aligner.margin().isPresent() && start.of(Feature.MARGIN) != 0) {
      // What is asked depends on the other weights, so they are fitted first and then stay.
      fitting.center = weights;
      Arrays.fill(fitting.fixed, true);
      fitting.fixed[AlignmentWeights.index(Feature.MARGIN)] = false;
      for (Example example : fitting.examples) {
        example.ask(aligner.margin().get(), weights);
      }
      weights = fitting.fit(ITERATIONS);
    }
    return new AlignmentWeights(
        weights, gold.stream().map(GoldAlignment::name).collect(Collectors.toSet()));
  }

  /**
   * @param start where the prior is centred; a weight that is 0 there and no type stays 0
   */
  private WeightFitting(AlignmentWeights start) {
    center = start.values();
    precision = new double[center.length];
    fixed = new boolean[center.length];
    for (int k = 0; k < center.length; k++) {
      precision[k] = k < TYPES ? 1.0 : 0.25;
      fixed[k] = k >= TYPES && center[k] == 0;
    }
    for (Feature paragraph :
        List.of(Feature.PARAGRAPH_START, Feature.PARAGRAPH_CROSSED, Feature.MARGIN)) {
      // The gold texts have no paragraphs.
      fixed[AlignmentWeights.index(paragraph)] = true;
    }
  }

  private void add(LogLinearAligner aligner, AlignmentWeights start, GoldAlignment gold) {
    PairEvidence evidence = aligner.prepare(gold.pair(), start, Cancellation.NONE).evidence();
    int[][] path = CoarseSearch.boundaries(gold.beads(), evidence.source.size);
    Band band = Band.around(path[0], path[1], evidence.target.size, RADIUS);
    examples.add(new Example(gold.pair(), evidence, band, gold.beads()));
  }

  private double objective(double[] weights, double[] gradient) {
    Arrays.fill(gradient, 0);
    double value = 0;
    for (Example example : examples) {
      double[] scores = example.scores(weights);
      value += example.expectation(weights, scores, true, 1, gradient);
      value -= example.expectation(weights, scores, false, -1, gradient);
    }
    for (int k = 0; k < weights.length; k++) {
      double away = weights[k] - center[k];
      value -= 0.5 * precision[k] * away * away;
      gradient[k] -= precision[k] * away;
      if (fixed[k]) {
        gradient[k] = 0;
      }
    }
    return value;
  }

  /** Leaves out evidence that would count against itself; whether there was any. */
  private boolean dropsNegative(double[] weights) {
    boolean any = false;
    for (int k = AlignmentWeights.index(Feature.LENGTH);
        k < AlignmentWeights.index(Feature.MARGIN);
        k++) {
      if (weights[k] < 0) {
        center[k] = 0;
        fixed[k] = true;
        any = true;
      }
    }
    return any;
  }

  /** The weights of the greatest posterior. */
  private double[] fit(int iterations) {
    int n = center.length;
    double[] x = center.clone();
    double[] g = new double[n];
    double value = objective(x, g);
    List<double[]> steps = new ArrayList<>();
    List<double[]> changes = new ArrayList<>();
    for (int iteration = 0; iteration < iterations; iteration++) {
      double[] direction = g.clone();
      double[] a = new double[steps.size()];
      for (int k = steps.size() - 1; k >= 0; k--) {
        a[k] = dot(steps.get(k), direction) / dot(steps.get(k), changes.get(k));
        axpy(-a[k], changes.get(k), direction);
      }
      if (steps.isEmpty()) {
        double norm = Math.sqrt(dot(g, g));
        for (int k = 0; k < n; k++) {
          direction[k] *= 0.2 / Math.max(norm, 1e-9);
        }
      } else {
        double[] s = steps.get(steps.size() - 1);
        double[] y = changes.get(changes.size() - 1);
        double scale = dot(s, y) / dot(y, y);
        for (int k = 0; k < n; k++) {
          direction[k] *= scale;
        }
      }
      for (int k = 0; k < steps.size(); k++) {
        double b = dot(changes.get(k), direction) / dot(steps.get(k), changes.get(k));
        axpy(a[k] - b, steps.get(k), direction);
      }
      double slope = dot(g, direction);
      double step = 1;
      double[] next = null;
      double[] nextGradient = new double[n];
      double nextValue = value;
      for (int tries = 0; tries < 12; tries++) {
        next = x.clone();
        axpy(step, direction, next);
        nextValue = objective(next, nextGradient);
        if (nextValue >= value + 1e-4 * step * slope) {
          break;
        }
        step /= 2;
      }
      double gain = nextValue - value;
      if (gain <= 0) {
        break;
      }
      double[] s = next.clone();
      axpy(-1, x, s);
      double[] y = g.clone();
      axpy(-1, nextGradient, y);
      if (dot(s, y) > 1e-12) {
        steps.add(s);
        changes.add(y);
        if (steps.size() > 8) {
          steps.remove(0);
          changes.remove(0);
        }
      }
      x = next;
      g = nextGradient;
      value = nextValue;
      if (gain < 1e-3) {
        break;
      }
    }
    return x;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void axpy(double factor, double[] a, double[] sum) {
    for (int k = 0; k < a.length; k++) {
      sum[k] += factor * a[k];
    }
  }
}
