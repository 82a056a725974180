package dev.verso.text;

import java.util.Locale;
import java.util.Optional;

/** A language that Verso reads: the rules of {@link SentenceSegmenter} are kept for each. */
public enum Language {
  /** French. */
  FRENCH("fr"),
  /** English. */
  ENGLISH("en");

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /** The ISO 639-1 code, such as {@code fr}. */
  public String tag() {
    return tag;
  }

  /** The language of a BCP 47 tag such as {@code fr}, {@code fr-CA} or {@code en_GB}, if read. */
  public static Optional<Language> of(String tag) {
    String primary = tag.strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < primary.length() && Character.isLetter(primary.charAt(end))) {
      end++;
    }
    for (Language language : values()) {
      if (language.tag.equals(primary.substring(0, end))) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }
}
