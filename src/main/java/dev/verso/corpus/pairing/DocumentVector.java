package dev.verso.corpus.pairing;

import java.io.Serializable;

/**
 * A document as a vector of length one: (1 + ln count)·idf at each feature, idf = ln((N + 1) / df).
 *
 * <p>Immutable and thread-safe.
 */
public final class DocumentVector implements Serializable {

  private static final long serialVersionUID = 1;

  private final long[] keys;
  private final float[] weights;

  private DocumentVector(long[] keys, float[] weights) {
    this.keys = keys;
    this.weights = weights;
  }

  /**
   * The vector of a document.
   *
   * @param keys its features' hashes, ascending
   * @param counts how often each is expected
   * @param frequencies in how many documents each is
   * @param documents how many documents there are
   */
  public static DocumentVector of(long[] keys, float[] counts, int[] frequencies, long documents) {
    float[] weights = new float[keys.length];
    double square = 0;
    for (int k = 0; k < keys.length; k++) {
      // Strict, so that machines of every kind agree to the last bit.
      double idf = StrictMath.log((documents + 1.0) / frequencies[k]);
      double count = counts[k];
      weights[k] = (float) (idf * (count >= 1 ? 1 + StrictMath.log(count) : count));
      square += (double) weights[k] * weights[k];
    }
    float norm = (float) Math.sqrt(Math.max(square, 1e-12));
    for (int k = 0; k < keys.length; k++) {
      weights[k] /= norm;
    }
    return new DocumentVector(keys.clone(), weights);
  }

  /** Number of features. */
  public int size() {
    return keys.length;
  }

  /** The hash of its k-th feature. */
  public long key(int k) {
    return keys[k];
  }

  /** The weight of its k-th feature. */
  public float weight(int k) {
    return weights[k];
  }

  /** The cosine with another vector, in [0, 1]; O(features of both). */
  public double cosine(DocumentVector other) {
    double sum = 0;
    int i = 0;
    int j = 0;
    while (i < keys.length && j < other.keys.length) {
      int order = Long.compare(keys[i], other.keys[j]);
      if (order == 0) {
        sum += weights[i++] * other.weights[j++];
      } else if (order < 0) {
        i++;
      } else {
        j++;
      }
    }
    return Math.min(1, sum);
  }
}
