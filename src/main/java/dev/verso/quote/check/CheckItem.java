package dev.verso.quote.check;

import java.util.Objects;

/**
 * A French passage and an English rendering of it, or of part of it.
 *
 * @param french the passage
 * @param context text around it, or null
 * @param english the rendering
 * @param directQuote whether it is to stand in quotation marks, as the speaker's own words
 */
public record CheckItem(String french, String context, String english, boolean directQuote) {

  /**
   * @throws IllegalArgumentException if a text is blank
   */
  public CheckItem {
    Objects.requireNonNull(french);
    Objects.requireNonNull(english);
    if (french.isBlank() || english.isBlank()) {
      throw new IllegalArgumentException("nothing to compare: a text is blank");
    }
  }
}
