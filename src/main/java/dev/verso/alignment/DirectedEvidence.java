package dev.verso.alignment;

import dev.verso.text.Cancellation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One directed kind of evidence: how well each sentence of one side ("to") is explained by a run of
 * sentences of the other ("from").
 *
 * <p>A bead's evidence is the sum over its "to" sentences, so only (to sentence, start, width)
 * triples are ever scored. For each occurrence of a key in the "to" sentence the score is a
 * log-odds between the run and the text at large, 0 on average over unrelated text or below.
 */
abstract class DirectedEvidence {
  /** Values of windows that are kept at a time. */
  private static final int KEPT = 1 << 20;

  /** Steps of a search in a row of the lexicon, about. */
  private static final int SEARCHED = 8;

  final int[][] from;
  final int[][] to;
  final int toVocabulary;

  private DirectedEvidence(int[][] from, int[][] to, int toVocabulary) {
    this.from = from;
    this.to = to;
    this.toVocabulary = toVocabulary;
  }

  /**
   * Adds to {@code value[slot]} what "from" key {@code key} says for the "to" keys in the slots,
   * {@code keys[slot]}.
   */
  abstract void spread(
      int key,
      int[] keys,
      int slots,
      int[] slotOf,
      int[] stamp,
      int mark,
      float[] value,
      int at,
      int step);

  /** Log-odds of one occurrence of "to" key given the summed value over the run. */
  abstract double odds(int key, double value, int fromLength, int width);

  /** IBM-1 log-odds: log((λ p₀(t) + (1 − λ)/|S| Σ t(t|s)) / p₀(t)), clipped above. */
  static DirectedEvidence lexical(int[][] from, int[][] to, PairLexicon lexicon) {
    return new DirectedEvidence(from, to, lexicon.background.length) {
      private static final double CAP = 5;
      private final double floor = Math.log(PairLexicon.NULL);

      @Override
      void spread(
          int key,
          int[] keys,
          int slots,
          int[] slotOf,
          int[] stamp,
          int mark,
          float[] value,
          int at,
          int step) {
        if (slots * SEARCHED < lexicon.rowStart[key + 1] - lexicon.rowStart[key]) {
          // A word of a thousand translations beside a short sentence.
          for (int slot = 0; slot < slots; slot++) {
            value[slot * step + at] += (float) lexicon.probability(key, keys[slot]);
          }
          return;
        }
        for (int k = lexicon.rowStart[key]; k < lexicon.rowStart[key + 1]; k++) {
          int t = lexicon.target[k];
          if (stamp[t] == mark) {
            value[slotOf[t] * step + at] += lexicon.probability[k];
          }
        }
      }

      @Override
      double odds(int key, double value, int fromLength, int width) {
        return value == 0
            ? floor
            : Math.min(
                CAP,
                Math.log(
                    PairLexicon.NULL
                        + (1 - PairLexicon.NULL) * value / fromLength / lexicon.background[key]));
      }
    };
  }

  /**
   * Equal keys on both sides: log(m/q) for a key that the run holds, log((1 − m)/(1 − q)) for one
   * that it lacks, where m is how often a key is kept in translation and q how often a run of that
   * width would hold it by chance. Keys the other side never has say nothing.
   */
  static DirectedEvidence equal(int[][] from, int[][] to, double kept) {
    // Keys as dense ids of the "to" side.
    Map<Integer, Integer> ids = new HashMap<>();
    int[][] dense = new int[to.length][];
    for (int k = 0; k < to.length; k++) {
      dense[k] = new int[to[k].length];
      for (int w = 0; w < to[k].length; w++) {
        int key = to[k][w];
        Integer id = ids.get(key);
        if (id == null) {
          id = ids.size();
          ids.put(key, id);
        }
        dense[k][w] = id;
      }
    }
    int[] sentences = new int[ids.size()];
    int[][] denseFrom = new int[from.length][];
    for (int k = 0; k < from.length; k++) {
      int[] known = new int[from[k].length];
      int count = 0;
      for (int key : from[k]) {
        Integer id = ids.get(key);
        if (id != null) {
          known[count++] = id;
          sentences[id]++;
        }
      }
      denseFrom[k] = Arrays.copyOf(known, count);
    }
    double size = Math.max(1, from.length);
    return new DirectedEvidence(denseFrom, dense, ids.size()) {
      @Override
      void spread(
          int key,
          int[] keys,
          int slots,
          int[] slotOf,
          int[] stamp,
          int mark,
          float[] value,
          int at,
          int step) {
        if (stamp[key] == mark) {
          value[slotOf[key] * step + at]++;
        }
      }

      @Override
      double odds(int key, double value, int fromLength, int width) {
        if (sentences[key] == 0) {
          return 0;
        }
        double chance = Math.min(0.5, width * (sentences[key] + 0.5) / (size + 1));
        return value > 0
            ? Math.max(0, Math.log(Math.max(kept, chance) / chance))
            : Math.min(0, Math.log((1 - kept) / (1 - chance)));
      }
    };
  }

  /** The windows of "from" starts that a band lets meet each "to" sentence. */
  @SuppressWarnings("ArrayRecordComponent") // stays in the room; arrays for speed
  record Windows(int[] first, int[] last, int[] offset) {

    static Windows of(int[] first, int[] last) {
      int[] offset = new int[first.length + 1];
      for (int k = 0; k < first.length; k++) {
        int starts = Math.max(0, last[k] - first[k] + 1);
        offset[k + 1] = Math.addExact(offset[k], Math.multiplyExact(starts, BeadType.WIDEST));
      }
      return new Windows(first, last, offset);
    }

    /** Source starts for each target sentence. */
    static Windows forward(Band band) {
      int targets = band.targets();
      int[] first = new int[targets];
      int[] last = new int[targets];
      int low = 0;
      int high = 0;
      for (int j = 0; j < targets; j++) {
        while (low < band.sources() && band.high(low) + BeadType.WIDEST - 1 < j) {
          low++;
        }
        while (high + 1 <= band.sources() && band.low(high + 1) <= j) {
          high++;
        }
        first[j] = low;
        last[j] = Math.min(high, band.sources() - 1);
      }
      return of(first, last);
    }

    /** Target starts for each source sentence. */
    static Windows backward(Band band) {
      int sources = band.sources();
      int[] first = new int[sources];
      int[] last = new int[sources];
      for (int i = 0; i < sources; i++) {
        first[i] = band.low(Math.max(0, i - BeadType.WIDEST + 1));
        last[i] = Math.min(band.high(i), band.targets() - 1);
      }
      return of(first, last);
    }

    int size() {
      return offset[first.length];
    }

    /** Index of the triple. */
    int at(int toSentence, int start, int width) {
      return offset[toSentence] + (start - first[toSentence]) * BeadType.WIDEST + width - 1;
    }
  }

  /**
   * Adds weight × evidence of every triple to {@code grid}. Memory for {@value #KEPT} values or so
   * at a time, however long the longest sentence and the widest window are.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  final void addTo(float[] grid, double weight, Windows windows, Cancellation cancellation) {
    int[] stamp = new int[toVocabulary];
    int[] slotOf = new int[toVocabulary];
    int longest = 1;
    for (int[] sentence : to) {
      longest = Math.max(longest, sentence.length);
    }
    int[] keys = new int[longest];
    int[] times = new int[longest];
    float[] values = new float[0];
    double[] sum = new double[longest];
    for (int k = 0; k < to.length; k++) {
      cancellation.check();
      int slots = 0;
      for (int key : to[k]) {
        if (stamp[key] != k + 1) {
          stamp[key] = k + 1;
          slotOf[key] = slots;
          keys[slots] = key;
          times[slots++] = 1;
        } else {
          times[slotOf[key]]++;
        }
      }
      if (slots == 0) {
        continue;
      }
      // Windows in a row share their values; so many starts at a time as memory is meant for.
      int together = Math.max(BeadType.WIDEST, KEPT / slots);
      for (int first = windows.first[k]; first <= windows.last[k]; first += together) {
        int last = Math.min(windows.last[k], first + together - 1);
        int end = Math.min(from.length, last + BeadType.WIDEST);
        int step = end - first;
        if (step <= 0) {
          break;
        }
        if (values.length < slots * step) {
          values = new float[slots * step];
        }
        Arrays.fill(values, 0, slots * step, 0f);
        for (int i = first; i < end; i++) {
          cancellation.check();
          for (int key : from[i]) {
            spread(key, keys, slots, slotOf, stamp, k + 1, values, i - first, step);
          }
        }
        for (int start = first; start <= last; start++) {
          cancellation.check();
          Arrays.fill(sum, 0, slots, 0);
          int length = 0;
          for (int width = 1; width <= BeadType.WIDEST && start + width <= end; width++) {
            length += from[start + width - 1].length;
            double total = 0;
            for (int slot = 0; slot < slots; slot++) {
              sum[slot] += values[slot * step + start + width - 1 - first];
              total += times[slot] * odds(keys[slot], sum[slot], Math.max(1, length), width);
            }
            grid[windows.at(k, start, width)] += (float) (weight * total);
          }
        }
      }
    }
  }
}
