package dev.verso.text;

import java.util.Locale;

/** What a {@link Block} is to a reader of the article. */
public enum BlockKind {
  /** A headline of the article or of one of its sections. */
  TITLE,
  /** Running text. */
  PARAGRAPH,
  /** One item of a list. */
  LIST_ITEM,
  /** Text set off as a quotation. */
  QUOTE,
  /** The caption of a picture, video or table. */
  CAPTION,
  /**
   * Text of the page, not of the article: comment forms, share buttons, widget errors, cookie
   * banners, teasers. Kept and marked, but translated only on request.
   */
  BOILERPLATE;

  /** The name in JSON and HTML: lower case, words joined by a hyphen, such as {@code list-item}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
