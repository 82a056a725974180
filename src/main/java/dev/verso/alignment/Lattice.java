package dev.verso.alignment;

import dev.verso.bitext.Bead;
import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * All alignments within a band and their scores: the best one, and the posterior of each bead.
 *
 * <p>A node is a boundary pair with one of three states: after a bead, in a run of source nulls, in
 * a run of target nulls (an affine, that is geometric, cost). Of the two orders of neighbouring
 * runs only source before target is a path, so each alignment is one path. Viterbi and
 * forward–backward take O(cells × types) time; memory is 68 bytes a cell for the scores and 60 for
 * the search.
 */
final class Lattice {
  private static final int STATES = 3;
  private static final int MATCH = 0;
  private static final int SOURCE_RUN = 1;
  private static final int TARGET_RUN = 2;
  private static final double NONE = Double.NEGATIVE_INFINITY;
  private static final int TYPES = BeadType.ALL.size();
  private static final double HARDLY_POSSIBLE = 0.02;

  private final Band band;
  private final Cancellation cancellation;
  private final float[] scores; // bead of each type that ends at the cell
  private final double[] sourceNull;
  private final double[] targetNull;
  private final double openSource;
  private final double openTarget;
  private double[] alpha;
  private double[] beta;
  private double evidence;

  Lattice(Band band, BeadScorer scorer) {
    this(band, scorer, Cancellation.NONE);
  }

  /**
   * @param cancellation checked once for each source sentence by every method
   */
  Lattice(Band band, BeadScorer scorer, Cancellation cancellation) {
    this.band = band;
    this.cancellation = cancellation;
    this.scores = new float[Math.multiplyExact(band.size(), TYPES)];
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    int at = 0;
    for (int i = 0; i <= band.sources(); i++) {
      cancellation.check();
      for (int j = band.low(i); j <= band.high(i); j++) {
        for (int type = 0; type < TYPES; type++) {
          BeadType size = BeadType.ALL.get(type);
          int from = band.cell(i - size.source(), j - size.target());
          if (from >= 0) {
            scores[at + type] = (float) scorer.bead(type, i - size.source(), j - size.target());
          }
        }
        at += TYPES;
      }
    }
    sourceNull = new double[band.sources()];
    for (int i = 0; i < sourceNull.length; i++) {
      sourceNull[i] = scorer.sourceNull(i);
    }
    targetNull = new double[band.targets()];
    for (int j = 0; j < targetNull.length; j++) {
      targetNull[j] = scorer.targetNull(j);
    }
    openSource = scorer.openSource();
    openTarget = scorer.openTarget();
  }

  Band band() {
    return band;
  }

  /** The best alignment's beads, nulls one sentence each, posterior 1; and its score. */
  List<Bead> best(double[] bestScore) {
    int cells = band.size();
    double[] best = new double[cells * STATES];
    Arrays.fill(best, NONE);
    byte[] back = new byte[cells * STATES]; // match: type * 3 + state before; runs: state before
    best[MATCH] = 0;
    for (int i = 0; i <= band.sources(); i++) {
      cancellation.check();
      for (int j = band.low(i); j <= band.high(i); j++) {
        int cell = band.cell(i, j);
        for (int type = 0; type < TYPES; type++) {
          float score = scores[cell * TYPES + type];
          if (score > Float.NEGATIVE_INFINITY) {
            BeadType size = BeadType.ALL.get(type);
            int from = band.cell(i - size.source(), j - size.target());
            for (int state = 0; state < STATES; state++) {
              relax(best, back, cell, MATCH, best[from * STATES + state] + score, type * 3 + state);
            }
          }
        }
        int above = band.cell(i - 1, j);
        if (above >= 0) {
          relax(
              best,
              back,
              cell,
              SOURCE_RUN,
              best[above * STATES + MATCH] + openSource + sourceNull[i - 1],
              MATCH);
          relax(
              best,
              back,
              cell,
              SOURCE_RUN,
              best[above * STATES + SOURCE_RUN] + sourceNull[i - 1],
              SOURCE_RUN);
        }
        int left = band.cell(i, j - 1);
        if (left >= 0) {
          double added = targetNull[j - 1];
          relax(
              best,
              back,
              cell,
              TARGET_RUN,
              best[left * STATES + MATCH] + openTarget + added,
              MATCH);
          relax(
              best,
              back,
              cell,
              TARGET_RUN,
              best[left * STATES + SOURCE_RUN] + openTarget + added,
              SOURCE_RUN);
          relax(best, back, cell, TARGET_RUN, best[left * STATES + TARGET_RUN] + added, TARGET_RUN);
        }
      }
    }
    int i = band.sources();
    int j = band.targets();
    int last = band.cell(i, j);
    int state = MATCH;
    for (int s = 1; s < STATES; s++) {
      if (best[last * STATES + s] > best[last * STATES + state]) {
        state = s;
      }
    }
    bestScore[0] = best[last * STATES + state];
    List<Bead> path = new ArrayList<>();
    while (i > 0 || j > 0) {
      int code = back[band.cell(i, j) * STATES + state];
      if (state == MATCH) {
        BeadType size = BeadType.ALL.get(code / 3);
        path.add(new Bead(i - size.source(), i, j - size.target(), j, 1));
        i -= size.source();
        j -= size.target();
        state = code % 3;
      } else if (state == SOURCE_RUN) {
        path.add(new Bead(i - 1, i, j, j, 1));
        i--;
        state = code;
      } else {
        path.add(new Bead(i, i, j - 1, j, 1));
        j--;
        state = code;
      }
    }
    Collections.reverse(path);
    return path;
  }

  private static void relax(
      double[] best, byte[] back, int cell, int state, double score, int code) {
    if (score > best[cell * STATES + state]) {
      best[cell * STATES + state] = score;
      back[cell * STATES + state] = (byte) code;
    }
  }

  /**
   * Sums over all alignments; afterwards posteriors may be asked for. Returns the log of the sum.
   */
  double sum() {
    int cells = band.size();
    alpha = new double[cells * STATES];
    beta = new double[cells * STATES];
    Arrays.fill(alpha, NONE);
    Arrays.fill(beta, NONE);
    alpha[MATCH] = 0;
    double[] terms = new double[TYPES];
    double[] any = new double[cells]; // log-sum of the three states, computed once a cell is done
    for (int i = 0; i <= band.sources(); i++) {
      cancellation.check();
      for (int j = band.low(i); j <= band.high(i); j++) {
        int cell = band.cell(i, j);
        int count = 0;
        for (int type = 0; type < TYPES; type++) {
          float score = scores[cell * TYPES + type];
          if (score > Float.NEGATIVE_INFINITY) {
            BeadType size = BeadType.ALL.get(type);
            double before = any[band.cell(i - size.source(), j - size.target())];
            if (before > NONE) {
              terms[count++] = before + score;
            }
          }
        }
        if (count > 0) {
          alpha[cell * STATES + MATCH] = logSum(terms, count);
        }
        int above = band.cell(i - 1, j);
        if (above >= 0) {
          alpha[cell * STATES + SOURCE_RUN] =
              sourceNull[i - 1]
                  + logSum(
                      alpha[above * STATES + MATCH] + openSource,
                      alpha[above * STATES + SOURCE_RUN]);
        }
        int left = band.cell(i, j - 1);
        if (left >= 0) {
          alpha[cell * STATES + TARGET_RUN] =
              targetNull[j - 1]
                  + logSum(
                      logSum(alpha[left * STATES + MATCH], alpha[left * STATES + SOURCE_RUN])
                          + openTarget,
                      alpha[left * STATES + TARGET_RUN]);
        }
        any[cell] =
            logSum(
                logSum(alpha[cell * STATES], alpha[cell * STATES + SOURCE_RUN]),
                alpha[cell * STATES + TARGET_RUN]);
      }
    }
    int last = band.cell(band.sources(), band.targets());
    evidence = any[last];
    for (int state = 0; state < STATES; state++) {
      beta[last * STATES + state] = 0;
    }
    // Pulls from the cells that follow; a cell's three states differ only in what a run costs next.
    for (int i = band.sources(); i >= 0; i--) {
      cancellation.check();
      for (int j = band.high(i); j >= band.low(i); j--) {
        int cell = band.cell(i, j);
        if (cell == last) {
          continue;
        }
        int count = 0;
        for (int type = 0; type < TYPES; type++) {
          BeadType size = BeadType.ALL.get(type);
          if (i + size.source() > band.sources()) {
            continue;
          }
          int to = band.cell(i + size.source(), j + size.target());
          if (to >= 0) {
            double after = beta[to * STATES + MATCH];
            if (after > NONE) {
              terms[count++] = after + scores[to * TYPES + type];
            }
          }
        }
        double match = count == 0 ? NONE : logSum(terms, count);
        int below = i < band.sources() ? band.cell(i + 1, j) : -1;
        double down = below < 0 ? NONE : beta[below * STATES + SOURCE_RUN] + sourceNull[i];
        int right = band.cell(i, j + 1);
        double across = right < 0 ? NONE : beta[right * STATES + TARGET_RUN] + targetNull[j];
        beta[cell * STATES + MATCH] = logSum(logSum(match, down + openSource), across + openTarget);
        beta[cell * STATES + SOURCE_RUN] = logSum(logSum(match, down), across + openTarget);
        beta[cell * STATES + TARGET_RUN] = logSum(match, across);
      }
    }
    return evidence;
  }

  private static double logSum(double[] terms, int count) {
    double top = terms[0];
    for (int k = 1; k < count; k++) {
      top = Math.max(top, terms[k]);
    }
    double sum = 0;
    for (int k = 0; k < count; k++) {
      double below = terms[k] - top;
      if (below > -40) {
        sum += Math.exp(below);
      }
    }
    return top + Math.log(sum);
  }

  static double logSum(double a, double b) {
    double top = Math.max(a, b);
    double below = Math.min(a, b) - top;
    return below > -40 ? top + Math.log1p(Math.exp(below)) : top;
  }

  private double any(int cell) {
    return logSum(
        logSum(alpha[cell * STATES], alpha[cell * STATES + SOURCE_RUN]),
        alpha[cell * STATES + TARGET_RUN]);
  }

  /** Posterior of the bead of this type that starts at (i, j); {@link #sum} must have run. */
  double posterior(int type, int i, int j) {
    BeadType size = BeadType.ALL.get(type);
    int from = band.cell(i, j);
    if (from < 0 || i + size.source() > band.sources()) {
      return 0;
    }
    int to = band.cell(i + size.source(), j + size.target());
    if (to < 0) {
      return 0;
    }
    double log = any(from) + scores[to * TYPES + type] + beta[to * STATES + MATCH] - evidence;
    return Math.min(1, Math.exp(log));
  }

  /** Expected counts of what nulls cost. */
  @SuppressWarnings("ArrayRecordComponent") // stays in the room; arrays for speed
  record NullPosteriors(double[] source, double[] target, double sourceRuns, double targetRuns) {}

  /** Posteriors that sentences have no counterpart, and expected numbers of runs. */
  NullPosteriors nulls() {
    double[] source = new double[band.sources()];
    double[] target = new double[band.targets()];
    double sourceRuns = 0;
    double targetRuns = 0;
    for (int i = 0; i <= band.sources(); i++) {
      cancellation.check();
      for (int j = band.low(i); j <= band.high(i); j++) {
        int cell = band.cell(i, j);
        if (i > 0) {
          source[i - 1] +=
              Math.exp(
                  alpha[cell * STATES + SOURCE_RUN] + beta[cell * STATES + SOURCE_RUN] - evidence);
        }
        if (j > 0) {
          target[j - 1] +=
              Math.exp(
                  alpha[cell * STATES + TARGET_RUN] + beta[cell * STATES + TARGET_RUN] - evidence);
        }
        int above = band.cell(i - 1, j);
        if (above >= 0) {
          sourceRuns +=
              Math.exp(
                  alpha[above * STATES + MATCH]
                      + openSource
                      + sourceNull[i - 1]
                      + beta[cell * STATES + SOURCE_RUN]
                      - evidence);
        }
        int left = band.cell(i, j - 1);
        if (left >= 0) {
          targetRuns +=
              Math.exp(
                  logSum(alpha[left * STATES + MATCH], alpha[left * STATES + SOURCE_RUN])
                      + openTarget
                      + targetNull[j - 1]
                      + beta[cell * STATES + TARGET_RUN]
                      - evidence);
        }
      }
    }
    for (int i = 0; i < source.length; i++) {
      source[i] = Math.min(1, source[i]);
    }
    for (int j = 0; j < target.length; j++) {
      target[j] = Math.min(1, target[j]);
    }
    return new NullPosteriors(source, target, sourceRuns, targetRuns);
  }

  /**
   * The alignment with the greatest sum of posteriors, each bead less {@code price}: the expected
   * number of right beads traded against the number given, which is what F1 trades (minimum Bayes
   * risk, Kumar and Byrne 2004). Where nothing is certain, as among repeated sentences, that would
   * favour few wide beads; so a bead of the most probable alignment is worth at least {@link
   * #value}. Runs the sums itself.
   */
  List<Bead> expected(double price) {
    boolean[] sourceBest = new boolean[band.sources()];
    boolean[] targetBest = new boolean[band.targets()];
    byte[] bestType = new byte[band.size()]; // of the best path's bead that ends here, 1 more
    for (Bead bead : best(new double[1])) {
      if (bead.targetSize() == 0) {
        sourceBest[bead.sourceStart()] = true;
      } else if (bead.sourceSize() == 0) {
        targetBest[bead.targetStart()] = true;
      } else {
        bestType[band.cell(bead.sourceEnd(), bead.targetEnd())] =
            (byte) (1 + BeadType.index(bead.sourceSize(), bead.targetSize()));
      }
    }
    sum();
    NullPosteriors nulls = nulls();
    int cells = band.size();
    double[] best = new double[cells];
    Arrays.fill(best, NONE);
    byte[] back = new byte[cells]; // type, or TYPES for a source null, TYPES + 1 for a target null
    float[] gain = new float[cells];
    best[0] = 0;
    for (int i = 0; i <= band.sources(); i++) {
      cancellation.check();
      for (int j = band.low(i); j <= band.high(i); j++) {
        int cell = band.cell(i, j);
        for (int type = 0; type < TYPES; type++) {
          float score = scores[cell * TYPES + type];
          if (score > Float.NEGATIVE_INFINITY) {
            BeadType size = BeadType.ALL.get(type);
            int from = band.cell(i - size.source(), j - size.target());
            double log = any(from) + score + beta[cell * STATES + MATCH] - evidence;
            double posterior = log > -12 ? Math.min(1, Math.exp(log)) : 0;
            double value = best[from] + value(posterior, price, bestType[cell] == type + 1);
            if (value > best[cell]) {
              best[cell] = value;
              back[cell] = (byte) type;
              gain[cell] = (float) posterior;
            }
          }
        }
        int above = band.cell(i - 1, j);
        if (above >= 0) {
          double posterior = nulls.source()[i - 1];
          double value = best[above] + value(posterior, price, sourceBest[i - 1]);
          if (value > best[cell]) {
            best[cell] = value;
            back[cell] = (byte) TYPES;
            gain[cell] = (float) posterior;
          }
        }
        int left = band.cell(i, j - 1);
        if (left >= 0) {
          double posterior = nulls.target()[j - 1];
          double value = best[left] + value(posterior, price, targetBest[j - 1]);
          if (value > best[cell]) {
            best[cell] = value;
            back[cell] = (byte) (TYPES + 1);
            gain[cell] = (float) posterior;
          }
        }
      }
    }
    List<Bead> path = new ArrayList<>();
    int i = band.sources();
    int j = band.targets();
    while (i > 0 || j > 0) {
      int cell = band.cell(i, j);
      int code = back[cell];
      int a = code < TYPES ? BeadType.ALL.get(code).source() : code == TYPES ? 1 : 0;
      int b = code < TYPES ? BeadType.ALL.get(code).target() : code == TYPES ? 0 : 1;
      path.add(new Bead(i - a, i, j - b, j, Math.min(1, gain[cell])));
      i -= a;
      j -= b;
    }
    Collections.reverse(path);
    return path;
  }

  /**
   * What a bead is worth: its posterior less the price; on the most probable alignment at least
   * minus half its posterior, so that a bead about which nothing is known costs nothing there. Off
   * it, what is hardly possible is no candidate, or one wide bead would be cheaper than many
   * uncertain ones.
   */
  static double value(double posterior, double price, boolean onBestPath) {
    double value = posterior - price;
    if (onBestPath) {
      return Math.max(value, -posterior / 2);
    }
    return posterior < HARDLY_POSSIBLE ? NONE : value;
  }

  /**
   * Beads whose posterior lies between {@code doubt} and 1 less it, as (type, i, j); beads below it
   * are struck from the lattice. {@link #sum} must have run.
   */
  List<int[]> doubtful(double doubt) {
    List<int[]> places = new ArrayList<>();
    for (int i = 0; i <= band.sources(); i++) {
      cancellation.check();
      for (int j = band.low(i); j <= band.high(i); j++) {
        int cell = band.cell(i, j);
        for (int type = 0; type < TYPES; type++) {
          if (scores[cell * TYPES + type] > Float.NEGATIVE_INFINITY) {
            BeadType size = BeadType.ALL.get(type);
            double posterior = posterior(type, i - size.source(), j - size.target());
            if (posterior < doubt) {
              scores[cell * TYPES + type] = Float.NEGATIVE_INFINITY;
            } else if (posterior <= 1 - doubt) {
              places.add(new int[] {type, i - size.source(), j - size.target()});
            }
          }
        }
      }
    }
    return places;
  }

  /** Adds to the score of the bead at (type, i, j). */
  void add(int[] place, double score) {
    BeadType size = BeadType.ALL.get(place[0]);
    int cell = band.cell(place[1] + size.source(), place[2] + size.target());
    scores[cell * TYPES + place[0]] += (float) score;
  }

  /** The most probable alignment with each bead's posterior. */
  List<Bead> bestWithPosteriors() {
    List<Bead> path = best(new double[1]);
    sum();
    NullPosteriors nulls = nulls();
    List<Bead> beads = new ArrayList<>(path.size());
    for (Bead bead : path) {
      double posterior =
          bead.targetSize() == 0
              ? nulls.source()[bead.sourceStart()]
              : bead.sourceSize() == 0
                  ? nulls.target()[bead.targetStart()]
                  : posterior(
                      BeadType.index(bead.sourceSize(), bead.targetSize()),
                      bead.sourceStart(),
                      bead.targetStart());
      beads.add(
          new Bead(
              bead.sourceStart(),
              bead.sourceEnd(),
              bead.targetStart(),
              bead.targetEnd(),
              posterior));
    }
    return beads;
  }
}
