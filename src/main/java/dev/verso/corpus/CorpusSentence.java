package dev.verso.corpus;

import java.util.Objects;

/**
 * A sentence of a document.
 *
 * @param start its first UTF-16 unit in the decoded document
 * @param end the unit after its last
 * @param text what a reader sees there, without markup
 * @param paragraph index of its paragraph in the document; never falls from one sentence to the
 *     next
 */
public record CorpusSentence(int start, int end, String text, int paragraph) {

  /**
   * @throws IllegalArgumentException if the range is none, or the text is blank
   */
  public CorpusSentence {
    Objects.requireNonNull(text);
    if (start < 0 || end <= start || text.isBlank()) {
      throw new IllegalArgumentException("not a sentence at [" + start + ", " + end + ")");
    }
  }
}
