package dev.verso.translation;

/** Where the sentences of a text end. */
public enum Splitting {
  /**
   * At punctuation; line breaks of plain text also end sentences, unless they only wrap it, and
   * those of marked text are spaces.
   */
  AUTO,
  /** At punctuation and at every line break. */
  LINES,
  /** At punctuation alone. */
  PUNCTUATION,
  /** Only at the end of the text. */
  NONE
}
