package dev.verso.usecase.corpus.spark;

import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.TextHash;
import dev.verso.corpus.dedup.DuplicateSearch;
import dev.verso.corpus.dedup.PairFingerprint;
import dev.verso.corpus.export.CorpusStatistics;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The pairs of a partition once they are judged.
 *
 * @param numbers of those that passed, ascending
 * @param lines of those that passed; none of other corpora
 * @param exact hashes of their normalized texts
 * @param ranks two numbers for each that order all pairs: class, quality and hash, then the rest of
 *     the hash and the pair's number; neither is negative
 * @param signatures MinHash signatures, one after the other; none if near duplicates do not matter
 * @param rejected lines of those that did not pass
 * @param statistics counts of those that did not pass
 */
@SuppressWarnings("ArrayRecordComponent") // as large as they are, the arrays are not copied
record Chunk(
    long[] numbers,
    String[] lines,
    long[] exact,
    long[] ranks,
    short[] signatures,
    byte[] rejected,
    CorpusStatistics statistics)
    implements Serializable {

  private static final int CLASS_SHIFT = 62;
  private static final int QUALITY_SHIFT = 48;
  private static final int TIE_SHIFT = 16;
  private static final long TIE_LOW = 0xFFFF;
  private static final int NUMBER_BITS = 47;
  private static final long NUMBER = (1L << NUMBER_BITS) - 1;
  private static final long LOW = 0xFFFFFFFFL;

  /** The number of a pair in the second number of its rank. */
  static long number(long rank) {
    return rank & NUMBER;
  }

  int position(long number) {
    return Arrays.binarySearch(numbers, number);
  }

  CorpusPair pair(int position) {
    return CorpusLines.read("corpus", numbers[position] + 1, lines[position]);
  }

  /** Collects pairs. Not thread-safe. */
  static final class Builder {
    private static final int FIRST = 256;

    private final boolean marked;
    private final boolean near;
    private long[] numbers = new long[FIRST];
    private String[] lines = new String[FIRST];
    private long[] exact = new long[FIRST];
    private long[] ranks = new long[2 * FIRST];
    private short[] signatures = new short[0];
    private int size;
    private final StringBuilder rejected = new StringBuilder();
    private final CorpusStatistics statistics = new CorpusStatistics();

    /**
     * @param marked whether fingerprints are wanted
     * @param near whether signatures are
     */
    Builder(boolean marked, boolean near) {
      this.marked = marked;
      this.near = near;
    }

    /**
     * Adds a pair.
     *
     * @param rank its class, 0 or 1
     * @param line empty for a pair of another corpus
     */
    void add(long number, int rank, double quality, CorpusPair pair, String line) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
        lines = Arrays.copyOf(lines, 2 * size);
        exact = Arrays.copyOf(exact, 2 * size);
        ranks = Arrays.copyOf(ranks, 4 * size);
      }
      numbers[size] = number;
      lines[size] = line;
      if (marked) {
        PairFingerprint fingerprint = PairFingerprint.of(pair);
        exact[size] = fingerprint.exact();
        long tie = TextHash.of(pair.hash()) ^ Long.MIN_VALUE; // as unsigned
        long quality10000 = DuplicateSearch.rankKey(0, quality) & LOW;
        ranks[2 * size] =
            ((long) rank << CLASS_SHIFT) | (quality10000 << QUALITY_SHIFT) | (tie >>> TIE_SHIFT);
        ranks[2 * size + 1] = ((tie & TIE_LOW) << NUMBER_BITS) | number;
        if (near) {
          if (signatures.length < (size + 1) * PairFingerprint.SIZE) {
            signatures = Arrays.copyOf(signatures, numbers.length * PairFingerprint.SIZE);
          }
          fingerprint.copyTo(signatures, size * PairFingerprint.SIZE);
        }
      }
      size++;
    }

    void reject(String line) {
      rejected.append(line).append('\n');
    }

    CorpusStatistics statistics() {
      return statistics;
    }

    Chunk build() {
      return new Chunk(
          Arrays.copyOf(numbers, size),
          Arrays.copyOf(lines, size),
          Arrays.copyOf(exact, size),
          Arrays.copyOf(ranks, 2 * size),
          near ? Arrays.copyOf(signatures, size * PairFingerprint.SIZE) : new short[0],
          rejected.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
          statistics);
    }
  }
}
