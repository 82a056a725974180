package dev.verso.corpus;

import java.io.Serializable;
import java.util.Objects;

/**
 * One side of a pair.
 *
 * @param document name of the document it stands in
 * @param start its first UTF-16 unit in the decoded document
 * @param end the unit after its last
 * @param text what a reader sees there; sentences that stand together are joined by a space
 */
public record PairSide(String document, int start, int end, String text) implements Serializable {

  /**
   * @throws IllegalArgumentException if the range ends before it starts
   */
  public PairSide {
    Objects.requireNonNull(document);
    Objects.requireNonNull(text);
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a range: [" + start + ", " + end + ")");
    }
  }
}
