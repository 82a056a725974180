package dev.verso.model;

/**
 * What one step of the decoder offers: for each of B rows the {@code width} likeliest next pieces,
 * best first, the probabilities that were requested, and the row's attention to its source.
 *
 * <p>Immutable; owns no native memory.
 */
public final class Candidates {

  private final int rows;
  private final int width;
  private final int wantedWidth;
  private final int sourceLength;
  private final long[] ids; // [rows, width]
  private final float[] logProbabilities; // [rows, width]
  private final float[] wanted; // [rows, wantedWidth]
  private final float[] attention; // [rows, sourceLength], null: not reported

  Candidates(
      int rows,
      int width,
      int wantedWidth,
      int sourceLength,
      long[] ids,
      float[] logProbabilities,
      float[] wanted,
      float[] attention) {
    this.rows = rows;
    this.width = width;
    this.wantedWidth = wantedWidth;
    this.sourceLength = sourceLength;
    this.ids = ids;
    this.logProbabilities = logProbabilities;
    this.wanted = wanted;
    this.attention = attention;
  }

  /**
   * Candidates from plain arrays, copied.
   *
   * @param ids [rows][width] pieces, likeliest first
   * @param logProbabilities [rows][width] their natural-log probabilities
   * @param wanted [rows][requested pieces] their natural-log probabilities
   * @param attention [rows][source length] probabilities, or null
   */
  public static Candidates of(
      int[][] ids, double[][] logProbabilities, double[][] wanted, double[][] attention) {
    int rows = ids.length;
    int width = rows == 0 ? 0 : ids[0].length;
    int length = attention == null || rows == 0 ? 0 : attention[0].length;
    long[] flatIds = new long[rows * width];
    float[] flat = new float[rows * width];
    float[] seen = attention == null ? null : new float[rows * length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        flatIds[row * width + i] = ids[row][i];
        flat[row * width + i] = (float) logProbabilities[row][i];
      }
      for (int i = 0; i < length; i++) {
        seen[row * length + i] = (float) attention[row][i];
      }
    }
    int asked = rows == 0 ? 0 : wanted[0].length;
    float[] flatWanted = new float[rows * asked];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < asked; i++) {
        flatWanted[row * asked + i] = (float) wanted[row][i];
      }
    }
    return new Candidates(rows, width, asked, length, flatIds, flat, flatWanted, seen);
  }

  /** Number of rows B. */
  public int rows() {
    return rows;
  }

  /** Number of candidates of each row. */
  public int width() {
    return width;
  }

  /** The piece of rank {@code rank} (0 is the likeliest) in {@code row}. */
  public int id(int row, int rank) {
    return (int) ids[row * width + rank];
  }

  /** Natural-log probability of that piece, at most 0. */
  public double logProbability(int row, int rank) {
    return logProbabilities[row * width + rank];
  }

  /** Natural-log probability of the {@code index}-th wanted piece of {@code row}. */
  public double wanted(int row, int index) {
    return wanted[row * wantedWidth + index];
  }

  /** Whether {@link #attention} is available. */
  public boolean attends() {
    return attention != null;
  }

  /**
   * Attention of {@code row} on each source position, a distribution; the last source position is
   * the end-of-sentence mark, padding has 0.
   *
   * @throws IllegalStateException if the network does not report attention
   */
  public Attention.Row attention(int row) {
    if (attention == null) {
      throw new IllegalStateException("the network does not report attention");
    }
    return Attention.Row.of(attention, row * sourceLength, sourceLength);
  }
}
