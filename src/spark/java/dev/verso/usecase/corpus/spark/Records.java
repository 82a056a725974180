package dev.verso.usecase.corpus.spark;

import java.util.Arrays;

/** Records of a fixed number of longs, one after the other in an array, grouped by their first. */
final class Records {

  private Records() {}

  /**
   * The groups of at least one record, by ascending first number; within a group records are in the
   * order of the array. O(n log n).
   *
   * @param width numbers a record
   */
  static Groups byFirst(long[] all, int width) {
    int count = all.length / width;
    long[] keys = new long[count];
    for (int k = 0; k < count; k++) {
      keys[k] = all[k * width];
    }
    Arrays.sort(keys);
    // Counting places: where the group of each key begins.
    int distinct = 0;
    for (int k = 0; k < count; k++) {
      if (k == 0 || keys[k] != keys[k - 1]) {
        keys[distinct++] = keys[k];
      }
    }
    long[] unique = Arrays.copyOf(keys, distinct);
    int[] starts = new int[distinct + 1];
    int[] group = new int[count];
    for (int k = 0; k < count; k++) {
      group[k] = Arrays.binarySearch(unique, all[k * width]);
      starts[group[k] + 1]++;
    }
    for (int g = 0; g < distinct; g++) {
      starts[g + 1] += starts[g];
    }
    int[] places = new int[count];
    int[] filled = starts.clone();
    for (int k = 0; k < count; k++) {
      places[filled[group[k]]++] = k * width;
    }
    return new Groups(starts, places);
  }

  /** A cursor over groups. */
  static final class Groups {
    private final int[] starts;
    private final int[] places;
    private int current = -1;

    private Groups(int[] starts, int[] places) {
      this.starts = starts;
      this.places = places;
    }

    boolean next() {
      return ++current < starts.length - 1;
    }

    int size() {
      return starts[current + 1] - starts[current];
    }

    /** Where the k-th record of the group begins in the array. */
    int at(int k) {
      return places[starts[current] + k];
    }
  }
}
