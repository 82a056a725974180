package dev.verso.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
    TreeMap<Integer, Map<Integer, Double>> rows = new TreeMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int tab = line.indexOf('\t');
        Map<Integer, Double> row = new TreeMap<>();
        for (String pair : line.substring(tab + 1).split(" ")) {
          int colon = pair.indexOf(':');
          int target = inside(pair.substring(0, colon), pieces);
          row.put(target, Math.exp(-Integer.parseInt(pair.substring(colon + 1)) / TENTHS));
        }
        rows.put(inside(line.substring(0, tab), pieces), row);
      }
      return of(rows);
    } catch (IOException | RuntimeException e) {
      throw new ModelException("can't read the lexicon in " + file + ": " + e.getMessage(), e);
    }
  }

  private static int inside(String id, int pieces) {
    int piece = Integer.parseInt(id);
    if (piece < 0 || piece >= pieces) {
      throw new IllegalArgumentException("the vocabulary has no piece " + id);
    }
    return piece;
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
