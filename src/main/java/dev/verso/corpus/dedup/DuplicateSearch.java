package dev.verso.corpus.dedup;

import dev.verso.corpus.TextHash;
import java.util.Arrays;

/**
 * Finds equal and nearly equal pairs among any number of them: locality-sensitive hashing (Indyk
 * and Motwani 1998) of MinHash signatures in {@value #BANDS} bands of {@value #ROWS}, so that pairs
 * of similarity .8 meet with probability .9998, then the estimated similarity of those that meet.
 *
 * <p>A pair goes if any equal or nearly equal pair ranks before it; it then belongs to the first of
 * these, and in turn to what that one belongs to. Ranks are by class (pairs of earlier corpora
 * first), then quality, then hash, then place, so the order in which pairs are added does not
 * matter as long as places are given by the pairs. Of those that meet in a bucket each is compared
 * with the first {@value #HEAD} and with the {@value #NEAR} before it: a bucket of n costs O(n).
 *
 * <p>Memory: about 170 bytes a pair. Not thread-safe. Our own, because what there is for Java
 * outside of Spark is no longer kept up, and because Spark's has to give the same answer here.
 */
public final class DuplicateSearch {

  private static final int ROWS = 4;

  /** Bands of a signature. */
  public static final int BANDS = PairFingerprint.SIZE / ROWS;

  private static final int HEAD = 16;
  private static final int NEAR = 4;

  /** Estimated similarity from which on pairs are nearly the same. */
  public static final double THRESHOLD = 0.8;

  private static final int FIRST_CAPACITY = 1024;

  private static final double QUALITY_STEPS = 1e4;
  private static final int CLASS_SHIFT = 32;

  private final boolean near;
  private long[] exact = new long[FIRST_CAPACITY];
  private long[] rankKey = new long[FIRST_CAPACITY];
  private long[] tie = new long[FIRST_CAPACITY];
  private short[] signatures = new short[0];
  private int size;

  /**
   * @param near whether nearly equal pairs count, too
   */
  public DuplicateSearch(boolean near) {
    this.near = near;
    if (near) {
      signatures = new short[FIRST_CAPACITY * PairFingerprint.SIZE];
    }
  }

  /**
   * What was found.
   *
   * @param keeper for each pair the index of the pair that it belongs to: its own if it stays
   * @param exact for each pair whether it goes because it is equal to another
   */
  @SuppressWarnings("ArrayRecordComponent") // as many as there are pairs
  public record Result(int[] keeper, boolean[] exact) {}

  /**
   * Adds a pair; its index is the number of pairs added before.
   *
   * @param rank class of the pair, pairs of a lower class stay before those of a higher
   * @param quality in [0, 1], better pairs stay
   * @param hash of the pair's texts, breaks ties
   */
  public void add(PairFingerprint fingerprint, int rank, double quality, String hash) {
    if (size == exact.length) {
      int capacity = Math.max(FIRST_CAPACITY, size + size / 2);
      exact = Arrays.copyOf(exact, capacity);
      rankKey = Arrays.copyOf(rankKey, capacity);
      tie = Arrays.copyOf(tie, capacity);
      if (near) {
        signatures = Arrays.copyOf(signatures, Math.multiplyExact(capacity, PairFingerprint.SIZE));
      }
    }
    exact[size] = fingerprint.exact();
    rankKey[size] = rankKey(rank, quality);
    tie[size] = TextHash.of(hash);
    if (near) {
      fingerprint.copyTo(signatures, size * PairFingerprint.SIZE);
    }
    size++;
  }

  /** Number of pairs added. */
  public int size() {
    return size;
  }

  /** Finds the duplicates among the pairs that were added. */
  public Result run() {
    int[] inOrder = ranked();
    int[] rankOf = new int[size];
    for (int r = 0; r < size; r++) {
      rankOf[inOrder[r]] = r;
    }
    // In ranks from here on: the parent of a pair is the first that is like it.
    int[] parent = new int[size];
    boolean[] exactly = new boolean[size];
    equal(inOrder, parent, exactly);
    if (near) {
      for (int band = 0; band < BANDS; band++) {
        band(band, inOrder, exactly, parent);
      }
    }
    int[] keeper = new int[size];
    boolean[] exactOf = new boolean[size];
    for (int r = 0; r < size; r++) {
      // Parents rank before their children, so theirs are resolved.
      parent[r] = parent[parent[r]];
      keeper[inOrder[r]] = inOrder[parent[r]];
      exactOf[inOrder[r]] = exactly[r];
    }
    return new Result(keeper, exactOf);
  }

  /** Indices by rank. */
  private int[] ranked() {
    Integer[] boxed = new Integer[size];
    Arrays.setAll(boxed, k -> k);
    Arrays.sort(
        boxed,
        (a, b) -> {
          int order = Long.compare(rankKey[a], rankKey[b]);
          order = order == 0 ? Long.compare(tie[a], tie[b]) : order;
          return order == 0 ? Integer.compare(a, b) : order;
        });
    int[] indices = new int[size];
    Arrays.setAll(indices, k -> boxed[k]);
    return indices;
  }

  private static int rankBits(long pairs) {
    return 64 - Long.numberOfLeadingZeros(Math.max(1, pairs - 1));
  }

  private void equal(int[] inOrder, int[] parent, boolean[] exactly) {
    long[] packed = new long[size];
    int bits = rankBits(size);
    long mask = (1L << bits) - 1;
    for (int r = 0; r < size; r++) {
      packed[r] = (exact[inOrder[r]] & ~mask) | r;
      parent[r] = r;
    }
    Arrays.sort(packed);
    for (int start = 0; start < size; ) {
      int end = start + 1;
      while (end < size && (packed[end] & ~mask) == (packed[start] & ~mask)) {
        end++;
      }
      for (int k = start + 1; k < end; k++) {
        int r = (int) (packed[k] & mask);
        for (int j = start; j < k; j++) {
          int first = (int) (packed[j] & mask);
          if (exact[inOrder[first]] == exact[inOrder[r]]) {
            parent[r] = first;
            exactly[r] = true;
            break;
          }
        }
      }
      start = end;
    }
  }

  private void band(int band, int[] inOrder, boolean[] exactly, int[] parent) {
    long[] packed = new long[size];
    int bits = rankBits(size);
    long mask = (1L << bits) - 1;
    int count = 0;
    for (int r = 0; r < size; r++) {
      if (!exactly[r]) {
        long key = bandKey(signatures, inOrder[r] * PairFingerprint.SIZE, band);
        packed[count++] = (key & ~mask) | r;
      }
    }
    Arrays.sort(packed, 0, count);
    for (int start = 0; start < count; ) {
      int end = start + 1;
      while (end < count && (packed[end] & ~mask) == (packed[start] & ~mask)) {
        end++;
      }
      for (int k = start + 1; k < end; k++) {
        int r = (int) (packed[k] & mask);
        for (int j = 0; j < k - start; j = next(j, k - start)) {
          int first = (int) (packed[start + j] & mask);
          if (first >= parent[r]) {
            break; // the pair already belongs to one that ranks before
          }
          if (alike(inOrder[first], inOrder[r])) {
            parent[r] = first;
            break;
          }
        }
      }
      start = end;
    }
  }

  /**
   * Which of those before it in its bucket a pair is compared with: the first {@value #HEAD} and
   * the last {@value #NEAR}.
   *
   * @param j the one it was compared with, by its place in the bucket
   * @param k its own place
   * @return the place of the next one; k if there is none
   */
  public static int next(int j, int k) {
    return j + 1 >= HEAD && k - (j + 1) > NEAR ? k - NEAR : j + 1;
  }

  /** Ranks by class, then quality in steps of a ten-thousandth: the smaller stays. */
  public static long rankKey(int rank, double quality) {
    return ((long) rank << CLASS_SHIFT) | Math.round((1 - quality) * QUALITY_STEPS);
  }

  /** The bucket of a signature, which begins at {@code at}, in a band. */
  public static long bandKey(short[] signatures, int at, int band) {
    long key = band;
    for (int row = 0; row < ROWS; row++) {
      key = (key << 16) ^ (key >>> 48) ^ (signatures[at + band * ROWS + row] & 0xFFFF);
    }
    return TextHash.mixed(key);
  }

  /**
   * What of a hash tells buckets apart in a search among so many pairs: its first bits, as many as
   * a rank leaves.
   */
  public static long bucket(long hash, long pairs) {
    return hash & -(1L << rankBits(pairs));
  }

  private boolean alike(int a, int b) {
    return alike(signatures, a * PairFingerprint.SIZE, signatures, b * PairFingerprint.SIZE);
  }

  /** Whether two signatures, each beginning at a place, are nearly the same. */
  public static boolean alike(short[] some, int at, short[] others, int to) {
    int same = 0;
    for (int k = 0; k < PairFingerprint.SIZE; k++) {
      same += some[at + k] == others[to + k] ? 1 : 0;
    }
    return same >= THRESHOLD * PairFingerprint.SIZE;
  }
}
