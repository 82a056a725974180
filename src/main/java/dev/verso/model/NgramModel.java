package dev.verso.model;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * How likely a piece of the target language is after the three before it: an n-gram model of order
 * 4 with back-off weights (Katz 1987),
 *
 * <pre>p(w | h) = p*(w | h) if the file has the n-gram hw, else b(h) p(w | h without its first)
 * </pre>
 *
 * <p>The file (its layout and how its probabilities come about: {@code models/training/ngrams.py})
 * is a trie: the n-grams that begin with a given one stand together, sorted by their last piece, as
 * in KenLM's (Heafield 2011), whose tries begin with the last piece instead. Logarithms are 8-bit
 * numbers of a table. It is mapped into memory as it is, and only its size is checked; Java gives
 * the mapping back when the model is no longer used.
 *
 * <p>Immutable and thread-safe. A probability takes at most three binary searches.
 */
public final class NgramModel {

  private static final int MAGIC = 0x564e4731; // VNG1
  private static final int ORDER = 4;
  private static final int CODES = 256;
  private static final int NONE = -1;

  /**
   * What the next piece's probability depends on: the last one, two and three pieces, as far as the
   * model knows them.
   *
   * @param one row of the last piece among those of order 1
   * @param two row of the last two among those of order 2, or -1
   * @param three row of the last three among those of order 3, or -1
   */
  public record Context(int one, int two, int three) {}

  private final ByteBuffer file;
  private final int pieces;
  private final double mean;
  private final float[][] logProbabilities = new float[ORDER + 1][CODES];
  private final float[][] weights = new float[ORDER + 1][CODES];
  // Where the columns of each order begin in the file.
  private final int[] last = new int[ORDER + 1];
  private final int[] probabilityCodes = new int[ORDER + 1];
  private final int[] weightCodes = new int[ORDER + 1];
  private final int[] children = new int[ORDER + 1];

  /** Keeps the bytes as they are, from the buffer's beginning on. */
  NgramModel(ByteBuffer file, int vocabulary) {
    this.file = file;
    if (file.getInt() != MAGIC) {
      throw new IllegalArgumentException("it is no file of n-grams");
    }
    pieces = file.getInt();
    if (pieces < 1 || pieces > vocabulary) {
      throw new IllegalArgumentException(
          "it counts " + pieces + " pieces, the vocabulary has " + vocabulary);
    }
    int[] rows = {0, pieces + 1, file.getInt(), file.getInt(), file.getInt()};
    mean = file.getFloat();
    for (int n = 1; n <= ORDER; n++) {
      read(logProbabilities[n]);
      if (n < ORDER) {
        read(weights[n]);
      }
    }
    long at = file.position();
    for (int n = 1; n <= ORDER; n++) {
      if (rows[n] < 0 || at > file.limit()) {
        throw new BufferUnderflowException();
      }
      if (n > 1) {
        last[n] = (int) at;
        at += 2L * rows[n];
      }
      probabilityCodes[n] = (int) at;
      at += rows[n];
      if (n < ORDER) {
        weightCodes[n] = (int) at;
        at += rows[n];
        children[n] = (int) at;
        at += 4L * (rows[n] + 1);
      }
    }
    if (at != file.limit()) {
      throw new IllegalArgumentException(file.limit() + " bytes where " + at + " should be");
    }
  }

  private void read(float[] table) {
    FloatBuffer floats = file.slice().asFloatBuffer();
    floats.get(table);
    file.position(file.position() + 4 * table.length);
  }

  /**
   * Reads a file.
   *
   * @param vocabulary how many pieces the model has
   * @throws ModelException if the file can't be read, is damaged, or counts other pieces
   */
  static NgramModel read(Path file, int vocabulary) {
    // Mapped, as one sentence touches a hundredth of it.
    try (FileChannel channel = FileChannel.open(file)) {
      return new NgramModel(channel.map(MapMode.READ_ONLY, 0, channel.size()), vocabulary);
    } catch (BufferUnderflowException e) {
      throw new ModelException("can't read the n-grams in " + file + ": it is cut off", e);
    } catch (IOException | RuntimeException e) {
      throw new ModelException("can't read the n-grams in " + file + ": " + e.getMessage(), e);
    }
  }

  /** What a sentence's first piece depends on. */
  public Context start() {
    return new Context(pieces, NONE, NONE);
  }

  /** The context after one more piece, which is not the end mark. */
  public Context after(Context context, int piece) {
    return new Context(
        piece,
        child(1, context.one(), piece),
        context.two() == NONE ? NONE : child(2, context.two(), piece));
  }

  /**
   * ln p(piece | context). The end mark is a piece like others; one that never occurred gets the
   * mean of all, for placeholders and rare characters are there for reasons of their own.
   *
   * @return in nats, at most 0
   */
  public double logProbability(Context context, int piece) {
    if (piece >= pieces || Float.isNaN(logProbability(1, piece))) {
      return mean;
    }
    double weight = 0;
    int[] rows = {NONE, context.one(), context.two(), context.three()};
    for (int n = ORDER - 1; n > 0; n--) {
      if (rows[n] != NONE) {
        int child = child(n, rows[n], piece);
        if (child != NONE) {
          return Math.min(0, weight + logProbability(n + 1, child));
        }
        weight += weights[n][file.get(weightCodes[n] + rows[n]) & 0xff];
      }
    }
    return Math.min(0, weight + logProbability(1, piece));
  }

  private float logProbability(int order, int row) {
    return logProbabilities[order][file.get(probabilityCodes[order] + row) & 0xff];
  }

  /** The row of the next order that is this one and a piece more, or -1. */
  private int child(int order, int row, int piece) {
    int low = file.getInt(children[order] + 4 * row);
    int high = file.getInt(children[order] + 4 * (row + 1)) - 1;
    int column = last[order + 1];
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = file.getShort(column + 2 * middle) & 0xffff;
      if (found == piece) {
        return middle;
      } else if (found < piece) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return NONE;
  }
}
