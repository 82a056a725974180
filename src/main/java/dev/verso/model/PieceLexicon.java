package dev.verso.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * How pieces of a source are translated: p(e | f), the share of the word links of source piece f
 * that lead to target piece e in the text a model was trained on. Rare pairs are omitted, so that
 * the probabilities of a piece sum to at most 1.
 *
 * <p>As a file: gzipped text, a line for each source piece with its id, a tab, and {@code e:q} for
 * each of its target pieces, separated by spaces, where q = −10 ln p is an integer.
 *
 * <p>Immutable and thread-safe.
 */
public final class PieceLexicon {

  private static final double TENTHS = 10;

  private final int[] begins; // by source piece: where its row begins; the next one's begins there
  private final int[] targets;
  private final float[] probabilities;
  private final int targetPieces;

  private PieceLexicon(SortedMap<Integer, Map<Integer, Double>> rows) {
    begins = new int[rows.isEmpty() ? 1 : rows.lastKey() + 2];
    int size = rows.values().stream().mapToInt(Map::size).sum();
    targets = new int[size];
    probabilities = new float[size];
    int at = 0;
    for (int source = 0; source < begins.length - 1; source++) {
      begins[source] = at;
      for (Map.Entry<Integer, Double> one : rows.getOrDefault(source, Map.of()).entrySet()) {
        targets[at] = one.getKey();
        probabilities[at++] = one.getValue().floatValue();
      }
    }
    begins[begins.length - 1] = at;
    targetPieces = Arrays.stream(targets).max().orElse(-1) + 1;
  }

  private PieceLexicon(int[] begins, int[] targets, float[] probabilities) {
    this.begins = begins;
    this.targets = targets;
    this.probabilities = probabilities;
    this.targetPieces = Arrays.stream(targets).max().orElse(-1) + 1;
  }

  /**
   * A lexicon with given probabilities.
   *
   * @param rows by source piece, then by target piece
   * @throws IllegalArgumentException if an id is negative or a probability outside [0, 1]
   */
  public static PieceLexicon of(Map<Integer, Map<Integer, Double>> rows) {
    rows.forEach(
        (source, row) ->
            row.forEach(
                (target, p) -> {
                  if (source < 0 || target < 0 || !(p >= 0 && p <= 1)) {
                    throw new IllegalArgumentException(
                        "not a probability: p(" + target + " | " + source + ") = " + p);
                  }
                }));
    return new PieceLexicon(new TreeMap<>(rows));
  }

  /**
   * Reads a file.
   *
   * @param pieces the size of the model's vocabulary
   * @throws ModelException if the file can't be read, or names pieces that are not in the
   *     vocabulary
   */
  static PieceLexicon read(Path file, int pieces) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
      return new Reading(in.readAllBytes(), pieces).read();
    } catch (IOException | RuntimeException e) {
      throw new ModelException("can't read the lexicon in " + file + ": " + e.getMessage(), e);
    }
  }

  /** Reads the file's digits as they stand: half a million numbers are many strings. */
  private static final class Reading {
    private static final int MOST_DIGITS = 9;

    private final byte[] file;
    private final int pieces;
    private int at;

    Reading(byte[] file, int pieces) {
      this.file = file;
      this.pieces = pieces;
    }

    PieceLexicon read() {
      int pairs = 0;
      for (byte c : file) {
        pairs += c == ':' ? 1 : 0;
      }
      int[] targets = new int[pairs];
      float[] probabilities = new float[pairs];
      int[] begins = new int[pieces + 1];
      int rows = 0;
      int read = 0;
      int last = -1;
      float[] known = new float[256];
      while (at < file.length) {
        int source = piece('\t');
        if (source <= last) {
          throw new IllegalArgumentException("piece " + source + " follows piece " + last);
        }
        Arrays.fill(begins, last + 1, source + 1, read);
        last = source;
        rows = source + 1;
        int before = -1;
        do {
          int target = piece(':');
          if (target <= before) {
            throw new IllegalArgumentException("piece " + target + " follows piece " + before);
          }
          before = target;
          int tenths = number();
          targets[read] = target;
          probabilities[read++] =
              tenths < known.length && known[tenths] > 0
                  ? known[tenths]
                  : (float) Math.exp(-tenths / TENTHS);
          if (tenths < known.length) {
            known[tenths] = probabilities[read - 1];
          }
        } while (at < file.length && file[at++] == ' ');
      }
      begins[rows] = read;
      return new PieceLexicon(Arrays.copyOf(begins, rows + 1), targets, probabilities);
    }

    private int piece(char end) {
      int piece = number();
      if (at == file.length || file[at++] != end) {
        throw new IllegalArgumentException("a line is broken off");
      }
      if (piece >= pieces) {
        throw new IllegalArgumentException("the vocabulary has no piece " + piece);
      }
      return piece;
    }

    private int number() {
      int from = at;
      int number = 0;
      while (at < file.length && file[at] >= '0' && file[at] <= '9') {
        number = 10 * number + file[at++] - '0';
      }
      if (at == from || at - from > MOST_DIGITS) {
        throw new IllegalArgumentException("no number stands where one should");
      }
      return number;
    }
  }

  /**
   * How often each target piece is expected in a translation: Σ p(e | f) over the source's pieces.
   *
   * @return by target piece; pieces beyond its end have 0
   */
  public double[] expected(List<Integer> source) {
    double[] expected = new double[targetPieces];
    for (int piece : source) {
      if (piece < begins.length - 1) {
        for (int i = begins[piece]; i < begins[piece + 1]; i++) {
          expected[targets[i]] += probabilities[i];
        }
      }
    }
    return expected;
  }
}
