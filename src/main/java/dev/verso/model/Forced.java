package dev.verso.model;

import java.util.Arrays;

/**
 * How a network reads a given target: the probability and the attention of each piece.
 *
 * <p>Immutable.
 */
public final class Forced {

  private final double[] logProbabilities;
  private final float[][] attention;

  Forced(double[] logProbabilities, float[][] attention) {
    this.logProbabilities = logProbabilities;
    this.attention = attention;
  }

  /** Number of target pieces, including the end-of-sentence mark. */
  public int length() {
    return logProbabilities.length;
  }

  /** Natural-log probability of the piece at {@code position} given the source and those before. */
  public double logProbability(int position) {
    return logProbabilities[position];
  }

  /** Natural-log probability of the whole target, the sum over its pieces. */
  public double logProbability() {
    return Arrays.stream(logProbabilities).sum();
  }

  /** Whether {@link #attention} is available. */
  public boolean attends() {
    return attention != null;
  }

  /**
   * Attention of the piece at {@code position} over the source's pieces, its end-of-sentence mark
   * last.
   *
   * @throws IllegalStateException if the network does not report attention
   */
  public float[] attention(int position) {
    if (attention == null) {
      throw new IllegalStateException("the network does not report attention");
    }
    return attention[position].clone();
  }
}
