package dev.verso.model;

import dev.verso.text.TextSpan;
import java.util.List;

/**
 * Pieces joined to a text.
 *
 * @param text the text
 * @param spans the range of {@code text} that each piece became, without the space before a word
 */
public record Decoded(String text, List<TextSpan> spans) {

  /** Copies the list. */
  public Decoded {
    spans = List.copyOf(spans);
  }
}
