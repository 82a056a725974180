package dev.verso.quote.trace;

import dev.verso.text.TextSpan;
import java.util.List;
import java.util.Objects;

/**
 * Where the words of an English excerpt come from.
 *
 * @param match how the excerpt was found
 * @param similarity of the excerpt and our translation of the passage, in [0, 1]; 1 if they are the
 *     same words
 * @param source the French passage, spans into the source document, in order; empty if not found
 * @param target our translation of it, a range in the bitext's target text, or null if not found
 */
public record Trace(Match match, double similarity, List<TextSpan> source, TextSpan target) {

  /** How an excerpt was found. */
  public enum Match {
    /** Our translation holds its very words. */
    EXACT,
    /** Our translation of the passage says about the same: somebody else's translation. */
    SIMILAR,
    /** No passage is similar enough. */
    NOT_FOUND
  }

  /**
   * @throws IllegalArgumentException if the similarity is outside [0, 1], or a passage is given for
   *     what was not found or missing for what was
   */
  public Trace {
    Objects.requireNonNull(match);
    source = List.copyOf(source);
    if (!(similarity >= 0 && similarity <= 1)) {
      throw new IllegalArgumentException("not a similarity: " + similarity);
    }
    if ((match == Match.NOT_FOUND) != source.isEmpty()) {
      throw new IllegalArgumentException(match + " with " + source.size() + " passages");
    }
  }

  /** The smallest span that holds the whole passage; not for what was not found. */
  public TextSpan extent() {
    return source.get(0).union(source.get(source.size() - 1));
  }
}
