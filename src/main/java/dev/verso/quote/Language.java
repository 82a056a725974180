package dev.verso.quote;

import java.util.Locale;
import java.util.Set;

/** A language that {@link QuoteExtractor} reads. */
public enum Language {
  FRENCH("fr"),
  ENGLISH("en");

  private static final Set<String> FRENCH_WORDS =
      Set.of(
          "le", "la", "les", "des", "et", "est", "que", "qui", "dans", "une", "un", "du", "pour",
          "pas", "sur", "au", "par", "il", "elle", "avec", "ce", "sont", "aux", "ont", "selon");
  private static final Set<String> ENGLISH_WORDS =
      Set.of(
          "the", "of", "and", "to", "in", "is", "that", "it", "for", "was", "with", "he", "she",
          "be", "are", "his", "by", "at", "has", "have", "said", "not", "this", "which", "from");
  private static final int SAMPLE = 20_000;

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /** The ISO 639-1 code, {@code fr} or {@code en}. */
  public String tag() {
    return tag;
  }

  /**
   * The language with this ISO 639-1 code.
   *
   * @throws IllegalArgumentException if it is neither French nor English
   */
  public static Language ofTag(String tag) {
    for (Language language : values()) {
      if (language.tag.equals(tag.toLowerCase(Locale.ROOT))) {
        return language;
      }
    }
    throw new IllegalArgumentException("quotes are read in fr and en, not in " + tag);
  }

  /** The language whose function words the start of {@code text} holds more of; French on a tie. */
  public static Language of(String text) {
    int french = 0;
    int english = 0;
    int end = Math.min(text.length(), SAMPLE);
    int start = -1;
    for (int i = 0; i <= end; i++) {
      boolean letter = i < end && Character.isLetter(text.charAt(i));
      if (letter && start < 0) {
        start = i;
      } else if (!letter && start >= 0) {
        if (i - start <= 5) {
          String word = text.substring(start, i).toLowerCase(Locale.ROOT);
          french += FRENCH_WORDS.contains(word) ? 1 : 0;
          english += ENGLISH_WORDS.contains(word) ? 1 : 0;
        }
        start = -1;
      }
    }
    return english > french ? ENGLISH : FRENCH;
  }
}
