package dev.verso.alignment;

import java.util.Arrays;

/**
 * The part of the alignment grid that is searched: for each boundary i between source sentences (0
 * to N) a range of boundaries between target sentences (within 0 to M).
 *
 * <p>Both ends of the ranges never fall, the first range holds 0, the last M, and neighbouring
 * ranges overlap, so some path leads through.
 */
final class Band {
  private final int targets;
  private final int[] low;
  private final int[] high;
  private final int[] offset;

  private Band(int targets, int[] low, int[] high) {
    this.targets = targets;
    this.low = low;
    this.high = high;
    this.offset = new int[low.length + 1];
    for (int i = 0; i < low.length; i++) {
      offset[i + 1] = Math.addExact(offset[i], high[i] - low[i] + 1);
    }
  }

  /** The whole grid. */
  static Band full(int sources, int targets) {
    int[] high = new int[sources + 1];
    Arrays.fill(high, targets);
    return new Band(targets, new int[sources + 1], high);
  }

  /**
   * Boundaries within {@code radius} of a path.
   *
   * @param first for each source boundary the least target boundary the path touches there
   * @param last the greatest
   */
  static Band around(int[] first, int[] last, int targets, int radius) {
    int sources = first.length - 1;
    int[] low = new int[sources + 1];
    int[] high = new int[sources + 1];
    for (int i = 0; i <= sources; i++) {
      // The radius runs along both axes: what the path reaches within radius rows counts as well.
      int before = Math.max(0, i - radius);
      int after = Math.min(sources, i + radius);
      low[i] = Math.max(0, Math.min(first[before], first[i] - radius));
      high[i] = Math.min(targets, Math.max(last[after], last[i] + radius));
    }
    low[0] = 0;
    high[sources] = targets;
    for (int i = 1; i <= sources; i++) {
      low[i] = Math.max(low[i], low[i - 1]);
      high[i] = Math.max(high[i], high[i - 1]);
    }
    for (int i = sources - 1; i >= 0; i--) {
      low[i] = Math.min(low[i], low[i + 1]);
      high[i] = Math.max(high[i], low[i + 1]);
    }
    return new Band(targets, low, high);
  }

  int sources() {
    return low.length - 1;
  }

  int targets() {
    return targets;
  }

  int low(int i) {
    return low[i];
  }

  int high(int i) {
    return high[i];
  }

  /** Number of boundary pairs in the band. */
  int size() {
    return offset[low.length];
  }

  /** The index of boundary pair (i, j), or -1 outside the band. */
  int cell(int i, int j) {
    return i < 0 || j < low[i] || j > high[i] ? -1 : offset[i] + j - low[i];
  }

  boolean isFull() {
    return low[low.length - 1] == 0 && high[0] == targets;
  }
}
