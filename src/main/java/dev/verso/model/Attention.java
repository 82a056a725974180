package dev.verso.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a translation looked: for each target piece, in order, a distribution over the source's
 * pieces.
 *
 * @param rows one for each target piece and, last, for the end mark; none if the network does not
 *     report attention
 */
public record Attention(List<Row> rows) {

  /** Of a network that does not report it. */
  public static final Attention NONE = new Attention(List.of());

  /** Copies the list. */
  public Attention {
    rows = List.copyOf(rows);
  }

  /**
   * The attention of one target piece on the source's pieces, the end mark last. Immutable; float
   * values as they came from the network.
   */
  public static final class Row {
    private final float[] weights;

    private Row(float[] weights) {
      this.weights = weights;
    }

    /** A copy of {@code length} values from {@code start} on. */
    public static Row of(float[] values, int start, int length) {
      float[] copy = new float[length];
      System.arraycopy(values, start, copy, 0, length);
      return new Row(copy);
    }

    /** A copy of all values. */
    public static Row of(float... values) {
      return new Row(values.clone());
    }

    /** Number of source pieces, the end mark included. */
    public int length() {
      return weights.length;
    }

    /** The share of the source piece at {@code position}, in [0, 1]. */
    public float at(int position) {
      return weights[position];
    }

    /** The first values. */
    public Row head(int length) {
      return length == weights.length ? this : of(weights, 0, length);
    }
  }

  /** Number of rows. */
  public int length() {
    return rows.size();
  }

  /** Whether there is any. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * Moves late attention to the pieces it belongs to: a network that looks back at the piece just
   * read reports the attention of piece t in row t + {@code shift}. What was cut off has no step
   * after its last piece; the last row then counts for it.
   *
   * @return as many rows
   */
  public Attention onTime(int shift) {
    if (shift == 0 || rows.isEmpty()) {
      return this;
    }
    List<Row> moved = new ArrayList<>(rows.subList(Math.min(shift, rows.size()), rows.size()));
    while (moved.size() < rows.size()) {
      moved.add(rows.get(rows.size() - 1));
    }
    return new Attention(moved);
  }

  /** The first rows. */
  public Attention head(int length) {
    return length >= rows.size() ? this : new Attention(rows.subList(0, length));
  }
}
