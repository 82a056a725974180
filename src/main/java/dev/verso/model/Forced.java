package dev.verso.model;

import java.util.Arrays;

/**
 * How a network reads a given target: the probability of each piece and where it looked.
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

  /** Number of target pieces, the end-of-sentence mark included. */
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

  /** Where each piece looked, as the network reports it; empty if it does not. */
  public Attention attention() {
    return attention == null
        ? Attention.NONE
        : new Attention(Arrays.stream(attention).map(Attention.Row::of).toList());
  }
}
