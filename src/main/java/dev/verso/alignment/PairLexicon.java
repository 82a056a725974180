package dev.verso.alignment;

import dev.verso.bitext.Bead;
import dev.verso.text.Cancellation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One direction of IBM model 1 (Brown et al. 1993) over one text pair's stems: a prior from a
 * lexicon, and, once beads are known, what the pair itself teaches.
 *
 * <p>p(t | s) = (c(s, t) + κ·prior(t | s)) / (c(s) + κ), c the expected counts over beads weighed
 * by their posteriors and discounted. The null word is the text's own unigram distribution with
 * weight {@value #NULL}. Rows are sorted by target id; 12 bytes an entry.
 */
final class PairLexicon {
  /** Share of words that translate nothing. */
  static final double NULL = 0.25;

  private static final double KAPPA = 10;

  /** Taken from each count, so that a pair met once, perhaps in a wrong bead, confirms nothing. */
  private static final double DISCOUNT = 0.7;

  /** Words of text at large that count beside the pair's own. */
  private static final double OUTSIDE = 500;

  private static final int PASSES = 4;
  private static final double LEAST = 0.003;

  final int[] rowStart;
  final int[] target;
  final float[] probability;
  final double[] background;

  private PairLexicon(int[] rowStart, int[] target, float[] probability, double[] background) {
    this.rowStart = rowStart;
    this.target = target;
    this.probability = probability;
    this.background = background;
  }

  /**
   * The prior alone.
   *
   * @param rows what the lexicon knows of each source stem
   * @param frequency relative frequency of a target stem in text at large, which a short text's own
   *     counts are smoothed with
   */
  static PairLexicon prior(
      SentenceFeatures from,
      SentenceFeatures to,
      Function<String, StemLexicon.Row> rows,
      ToDoubleFunction<String> frequency) {
    Map<String, Integer> ids = new HashMap<>(to.stemOf.length * 2);
    for (int t = 0; t < to.stemOf.length; t++) {
      ids.put(to.stemOf[t], t);
    }
    int[] rowStart = new int[from.stemOf.length + 1];
    int[] target = new int[1024];
    float[] probability = new float[1024];
    int size = 0;
    for (int s = 0; s < from.stemOf.length; s++) {
      StemLexicon.Row row = rows.apply(from.stemOf[s]);
      long[] entries = new long[row.stems().length];
      int count = 0;
      for (int k = 0; k < entries.length; k++) {
        Integer t = ids.get(row.stems()[k]);
        if (t != null) {
          entries[count++] = (long) t << 32 | Float.floatToRawIntBits(row.probabilities()[k]);
        }
      }
      Arrays.sort(entries, 0, count);
      if (size + count > target.length) {
        int grown = Math.max(2 * target.length, size + count);
        target = Arrays.copyOf(target, grown);
        probability = Arrays.copyOf(probability, grown);
      }
      for (int k = 0; k < count; k++) {
        target[size] = (int) (entries[k] >>> 32);
        probability[size++] = Float.intBitsToFloat((int) entries[k]);
      }
      rowStart[s + 1] = size;
    }
    double[] background = to.stemCounts();
    double total = 0;
    for (double count : background) {
      total += count;
    }
    for (int t = 0; t < background.length; t++) {
      background[t] =
          (background[t] + 0.5 + OUTSIDE * frequency.applyAsDouble(to.stemOf[t]))
              / (total + 0.5 * background.length + OUTSIDE);
    }
    return new PairLexicon(
        rowStart, Arrays.copyOf(target, size), Arrays.copyOf(probability, size), background);
  }

  /**
   * This lexicon taught by beads; nulls and beads less probable than a half teach nothing.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  PairLexicon learn(
      SentenceFeatures from,
      SentenceFeatures to,
      List<Bead> beads,
      boolean swapped,
      Cancellation cancellation) {
    int[][] sources = new int[beads.size()][];
    int[][] targets = new int[beads.size()][];
    double[] weight = new double[beads.size()];
    int used = 0;
    for (Bead bead : beads) {
      cancellation.check();
      if (!bead.isNull() && bead.posterior() >= 0.5) {
        Bead seen = swapped ? bead.mirrored() : bead;
        sources[used] = concatenate(from.stems, seen.sourceStart(), seen.sourceEnd());
        targets[used] = concatenate(to.stems, seen.targetStart(), seen.targetEnd());
        weight[used++] = bead.posterior();
      }
    }
    Table table = new Table(this, sources, targets, used);
    for (int pass = 0; pass < PASSES; pass++) {
      table.pass(sources, targets, weight, used, cancellation);
    }
    return table.pruned();
  }

  private static int[] concatenate(int[][] stems, int start, int end) {
    int length = 0;
    for (int k = start; k < end; k++) {
      length += stems[k].length;
    }
    int[] all = new int[length];
    int at = 0;
    for (int k = start; k < end; k++) {
      System.arraycopy(stems[k], 0, all, at, stems[k].length);
      at += stems[k].length;
    }
    return all;
  }

  private int find(int source, int t) {
    int at = Arrays.binarySearch(target, rowStart[source], rowStart[source + 1], t);
    return at < 0 ? -1 : at;
  }

  /** p(t | s), 0 for a pair that never met. */
  double probability(int source, int t) {
    int at = find(source, t);
    return at < 0 ? 0 : probability[at];
  }

  /** The pairs of prior and beads together, with counts. */
  private static final class Table {
    private final PairLexicon prior;
    private final PairLexicon now;
    private final float[] count;

    Table(PairLexicon prior, int[][] sources, int[][] targets, int used) {
      this.prior = prior;
      int vocabulary = prior.rowStart.length - 1;
      int[] occurrences = new int[vocabulary + 1];
      for (int k = 0; k < used; k++) {
        for (int s : sources[k]) {
          occurrences[s + 1]++;
        }
      }
      for (int s = 1; s <= vocabulary; s++) {
        occurrences[s] += occurrences[s - 1];
      }
      int[] inverted = new int[occurrences[vocabulary]];
      int[] fill = Arrays.copyOf(occurrences, vocabulary);
      for (int k = 0; k < used; k++) {
        for (int s : sources[k]) {
          inverted[fill[s]++] = k;
        }
      }
      int[] stamp = new int[prior.background.length];
      int[] met = new int[prior.background.length];
      int[] rowStart = new int[vocabulary + 1];
      int[] target = new int[Math.max(1024, prior.target.length)];
      int size = 0;
      for (int s = 0; s < vocabulary; s++) {
        int distinct = 0;
        for (int at = prior.rowStart[s]; at < prior.rowStart[s + 1]; at++) {
          stamp[prior.target[at]] = s + 1;
          met[distinct++] = prior.target[at];
        }
        for (int at = occurrences[s]; at < occurrences[s + 1]; at++) {
          for (int t : targets[inverted[at]]) {
            if (stamp[t] != s + 1) {
              stamp[t] = s + 1;
              met[distinct++] = t;
            }
          }
        }
        Arrays.sort(met, 0, distinct);
        if (size + distinct > target.length) {
          target = Arrays.copyOf(target, Math.max(2 * target.length, size + distinct));
        }
        System.arraycopy(met, 0, target, size, distinct);
        size += distinct;
        rowStart[s + 1] = size;
      }
      now =
          new PairLexicon(rowStart, Arrays.copyOf(target, size), new float[size], prior.background);
      count = new float[size];
      // The first pass sees the prior smoothed by the background, so that new pairs get a chance.
      for (int s = 0; s < vocabulary; s++) {
        for (int at = rowStart[s]; at < rowStart[s + 1]; at++) {
          int t = now.target[at];
          now.probability[at] = (float) (0.8 * prior.probability(s, t) + 0.2 * prior.background[t]);
        }
      }
    }

    void pass(
        int[][] sources, int[][] targets, double[] weight, int used, Cancellation cancellation) {
      int[] at = new int[256];
      for (int k = 0; k < used; k++) {
        cancellation.check();
        int[] source = sources[k];
        if (at.length < source.length) {
          at = new int[2 * source.length];
        }
        for (int t : targets[k]) {
          double total = 0;
          for (int i = 0; i < source.length; i++) {
            at[i] = now.find(source[i], t);
            total += at[i] < 0 ? 0 : now.probability[at[i]];
          }
          total *= (1 - NULL) / source.length;
          double share =
              weight[k] * (1 - NULL) / source.length / (total + NULL * now.background[t]);
          for (int i = 0; i < source.length; i++) {
            if (at[i] >= 0) {
              count[at[i]] += (float) (share * now.probability[at[i]]);
            }
          }
        }
      }
      for (int s = 0; s + 1 < now.rowStart.length; s++) {
        double total = KAPPA;
        for (int k = now.rowStart[s]; k < now.rowStart[s + 1]; k++) {
          count[k] = (float) Math.max(0, count[k] - DISCOUNT);
          total += count[k];
        }
        for (int k = now.rowStart[s]; k < now.rowStart[s + 1]; k++) {
          now.probability[k] =
              (float) ((count[k] + KAPPA * prior.probability(s, now.target[k])) / total);
          count[k] = 0;
        }
      }
    }

    PairLexicon pruned() {
      int[] rowStart = new int[now.rowStart.length];
      int size = 0;
      for (int s = 0; s + 1 < rowStart.length; s++) {
        for (int k = now.rowStart[s]; k < now.rowStart[s + 1]; k++) {
          if (now.probability[k] >= LEAST) {
            now.target[size] = now.target[k];
            now.probability[size++] = now.probability[k];
          }
        }
        rowStart[s + 1] = size;
      }
      return new PairLexicon(
          rowStart,
          Arrays.copyOf(now.target, size),
          Arrays.copyOf(now.probability, size),
          now.background);
    }
  }
}
