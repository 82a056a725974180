package dev.verso.wordalign;

import java.util.Arrays;

/**
 * t(target | source) for every pair of words that stand in some sentence pair together, the
 * parameters of IBM model 1 (Brown et al. 1993), with room for expected counts.
 *
 * <p>Each source word has a row, an open-addressing table over the target words it meets; row 0
 * belongs to the empty word NULL. Twelve bytes an entry, O(1) a look-up. Not thread-safe while
 * counts are gathered.
 */
final class TranslationTable {
  /** The empty source word that generates what translates nothing. */
  static final int NULL = 0;

  private final int[] rowStart;
  private final int[] rowMask;
  private final int[] keys;
  private final float[] probability;
  private final float[] count;

  /**
   * A uniform table over the word pairs of {@code corpus}, in whose source side no token is {@link
   * #NULL}.
   */
  TranslationTable(TokenCorpus corpus, int sourceVocabulary, int targetVocabulary) {
    int[] occurrences = new int[sourceVocabulary + 1];
    for (int k = 0; k < corpus.size(); k++) {
      for (int s : corpus.source(k)) {
        occurrences[s + 1]++;
      }
    }
    for (int s = 1; s <= sourceVocabulary; s++) {
      occurrences[s] += occurrences[s - 1];
    }
    int[] inverted = new int[occurrences[sourceVocabulary]];
    int[] fill = Arrays.copyOf(occurrences, sourceVocabulary);
    for (int k = 0; k < corpus.size(); k++) {
      for (int s : corpus.source(k)) {
        inverted[fill[s]++] = k;
      }
    }
    rowStart = new int[sourceVocabulary + 1];
    rowMask = new int[sourceVocabulary];
    int[] stamp = new int[targetVocabulary];
    int[] met = new int[targetVocabulary];
    int[][] rows = new int[sourceVocabulary][];
    int total = 0;
    for (int s = 0; s < sourceVocabulary; s++) {
      int distinct = 0;
      if (s == NULL) {
        distinct = targetVocabulary;
        for (int t = 0; t < targetVocabulary; t++) {
          met[t] = t;
        }
      } else {
        for (int at = occurrences[s]; at < occurrences[s + 1]; at++) {
          for (int t : corpus.target(inverted[at])) {
            if (stamp[t] != s) {
              stamp[t] = s;
              met[distinct++] = t;
            }
          }
        }
      }
      int capacity = Integer.highestOneBit(Math.max(1, distinct + distinct / 3)) * 2;
      rows[s] = Arrays.copyOf(met, distinct);
      rowStart[s] = total;
      rowMask[s] = capacity - 1;
      total = Math.addExact(total, capacity);
    }
    rowStart[sourceVocabulary] = total;
    keys = new int[total];
    Arrays.fill(keys, -1);
    probability = new float[total];
    count = new float[total];
    for (int s = 0; s < sourceVocabulary; s++) {
      for (int t : rows[s]) {
        int at = probe(s, t);
        keys[at] = t;
        probability[at] = 1f / rows[s].length;
      }
      rows[s] = null;
    }
  }

  private int probe(int source, int target) {
    int start = rowStart[source];
    int mask = rowMask[source];
    int at = (target * 0x9E3779B1) >>> 7 & mask;
    while (keys[start + at] != target && keys[start + at] != -1) {
      at = at + 1 & mask;
    }
    return start + at;
  }

  /** The entry of the pair, or -1 if the two words never met. */
  int entry(int source, int target) {
    int at = probe(source, target);
    return keys[at] == target ? at : -1;
  }

  double probability(int entry) {
    return entry < 0 ? 0 : probability[entry];
  }

  void count(int entry, double amount) {
    if (entry >= 0) {
      count[entry] += (float) amount;
    }
  }

  int rowStart(int source) {
    return rowStart[source];
  }

  int rowEnd(int source) {
    return rowStart[source + 1];
  }

  /** The target word at an entry, or -1 if the entry is empty. */
  int target(int entry) {
    return keys[entry];
  }

  /**
   * Turns counts into probabilities, less {@code discount} a row and entry, and forgets the counts;
   * absolute discounting takes the tail from words that were seen once. A row without counts keeps
   * what it had.
   */
  void maximize(double discount) {
    for (int s = 0; s < rowMask.length; s++) {
      double total = 0;
      for (int at = rowStart[s]; at < rowStart[s + 1]; at++) {
        count[at] = (float) Math.max(0, count[at] - discount);
        total += count[at];
      }
      if (total > 0) {
        for (int at = rowStart[s]; at < rowStart[s + 1]; at++) {
          probability[at] = (float) (count[at] / total);
        }
      }
      Arrays.fill(count, rowStart[s], rowStart[s + 1], 0f);
    }
  }
}
