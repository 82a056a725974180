package dev.verso.model;

import dev.verso.text.TextSpan;
import java.util.List;

/**
 * A text cut into pieces.
 *
 * @param ids the model's id of each piece, without the end-of-sentence mark
 * @param spans the range of the text that each piece covers, without the space before a word; empty
 *     for a piece that is only that space
 */
public record Encoding(List<Integer> ids, List<TextSpan> spans) {

  /**
   * @throws IllegalArgumentException if there is not one span for each id
   */
  public Encoding {
    ids = List.copyOf(ids);
    spans = List.copyOf(spans);
    if (ids.size() != spans.size()) {
      throw new IllegalArgumentException(ids.size() + " ids and " + spans.size() + " spans");
    }
  }

  /** Number of pieces. */
  public int size() {
    return ids.size();
  }
}
