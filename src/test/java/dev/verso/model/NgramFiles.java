package dev.verso.model;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small n-gram models whose every number is known. */
public final class NgramFiles {

  private static final int STEPS = 250;

  private final int pieces;
  private final Map<List<Integer>, Float> logProbabilities = new HashMap<>();
  private final Map<List<Integer>, Float> weights = new HashMap<>();
  private final float mean;

  /**
   * Random n-grams of pieces {@code 0 .. pieces - 1}, the beginning of a sentence being {@code
   * pieces}; each but those of one piece begins with another. Numbers are multiples of .02.
   */
  public NgramFiles(int pieces, long seed) {
    this.pieces = pieces;
    Random random = new Random(seed);
    mean = -code(random) / 50f;
    List<List<Integer>> row = new ArrayList<>();
    for (int piece = 0; piece <= pieces; piece++) {
      List<Integer> one = List.of(piece);
      row.add(one);
      if (piece < pieces && random.nextInt(5) > 0) {
        logProbabilities.put(one, -code(random) / 50f);
      }
      weights.put(one, -code(random) / 50f);
    }
    for (int n = 2; n <= 4; n++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> one : row) {
        for (int piece = 0; piece < pieces; piece++) {
          if (random.nextInt(3) == 0 && logProbabilities.containsKey(List.of(piece))) {
            List<Integer> more = new ArrayList<>(one);
            more.add(piece);
            longer.add(more);
            logProbabilities.put(more, -code(random) / 50f);
            weights.put(more, -code(random) / 50f);
          }
        }
      }
      row = longer;
    }
  }

  private static int code(Random random) {
    return random.nextInt(STEPS);
  }

  /** ln p as the definition of back-off says; the beginning of the sentence included in before. */
  public double expected(List<Integer> before, int piece) {
    if (!logProbabilities.containsKey(List.of(piece))) {
      return mean;
    }
    List<Integer> context = before.subList(Math.max(0, before.size() - 3), before.size());
    List<Integer> whole = new ArrayList<>(context);
    whole.add(piece);
    if (logProbabilities.containsKey(whole)) {
      return logProbabilities.get(whole);
    }
    return weights.getOrDefault(context, 0f) + expected(context.subList(1, context.size()), piece);
  }

  /** The model that reads them. */
  public NgramModel model() {
    return new NgramModel(ByteBuffer.wrap(bytes()), pieces);
  }

  byte[] bytes() {
    try {
      return written();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] written() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    List<List<List<Integer>>> orders = new ArrayList<>();
    for (int n = 1; n <= 4; n++) {
      int length = n;
      orders.add(
          weights.keySet().stream()
              .filter(key -> key.size() == length)
              .sorted(Comparator.comparing(NgramFiles::number))
              .toList());
    }
    out.writeBytes("VNG1");
    out.writeInt(pieces);
    for (int n = 2; n <= 4; n++) {
      out.writeInt(orders.get(n - 1).size());
    }
    out.writeFloat(mean);
    for (int table = 0; table < 7; table++) {
      for (int code = 0; code < 256; code++) {
        out.writeFloat(code == 255 ? Float.NaN : -code / 50f);
      }
    }
    for (int n = 1; n <= 4; n++) {
      List<List<Integer>> rows = orders.get(n - 1);
      if (n > 1) {
        for (List<Integer> row : rows) {
          out.writeShort(row.get(n - 1));
        }
      }
      for (List<Integer> row : rows) {
        out.writeByte(
            logProbabilities.containsKey(row) ? Math.round(-50 * logProbabilities.get(row)) : 255);
      }
      if (n < 4) {
        for (List<Integer> row : rows) {
          out.writeByte(Math.round(-50 * weights.get(row)));
        }
        for (int at = 0; at <= rows.size(); at++) {
          long begin = at < rows.size() ? number(rows.get(at)) : Long.MAX_VALUE;
          long before =
              orders.get(n).stream()
                  .filter(longer -> number(longer.subList(0, longer.size() - 1)) < begin)
                  .count();
          out.writeInt((int) before);
        }
      }
    }
    return bytes.toByteArray();
  }

  private static long number(List<Integer> key) {
    long number = 0;
    for (int piece : key) {
      number = number << 14 | piece;
    }
    return number;
  }
}
