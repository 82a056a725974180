package dev.verso.quote.attribution;

import java.util.Locale;

/** How a text carries somebody's words. */
public enum QuoteType {
  /** Words in quotation marks that make up the whole reported utterance. */
  DIRECT,
  /** Words in quotation marks inside a sentence of the reporter's. */
  MIXED,
  /** A report without quotation marks. */
  INDIRECT;

  /** The name in JSON and TSV: {@code direct}, {@code mixed} or {@code indirect}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The type with this {@link #label()}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static QuoteType ofLabel(String label) {
    for (QuoteType type : values()) {
      if (type.label().equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "not a type of quote: " + label + " (direct, mixed or indirect)");
  }
}
