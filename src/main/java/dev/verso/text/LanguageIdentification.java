package dev.verso.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Determines which of 103 languages a text is in, with Apache OpenNLP's character n-gram model.
 *
 * <p>Reliable from about {@link #RELIABLE_LETTERS} letters on: shorter texts are not examined.
 * Thread-safe. Linear in the length of the text, of which at most 20,000 units are read.
 */
public final class LanguageIdentification {

  /** Fewer letters don't identify a language. */
  public static final int RELIABLE_LETTERS = 60;

  private static final int MOST_UNITS = 20_000;
  private static final String RESOURCE = "/langdetect-183.bin";

  private static final Map<String, String> TAGS = shortTags();

  private LanguageIdentification() {}

  /** ISO 639-3 to ISO 639-1. */
  private static Map<String, String> shortTags() {
    Map<String, String> tags = new HashMap<>();
    for (String tag : Locale.getISOLanguages()) {
      tags.put(Locale.forLanguageTag(tag).getISO3Language(), tag);
    }
    return tags;
  }

  // Loaded on first use: most uses of the command line never need it.
  private static final class Loaded {
    static final LanguageDetectorModel MODEL = load();

    private static LanguageDetectorModel load() {
      try (InputStream in = LanguageIdentification.class.getResourceAsStream(RESOURCE)) {
        return new LanguageDetectorModel(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * The language that a text seems to be written in.
   *
   * @param tag the likeliest language: ISO 639-1 code where it has one, else ISO 639-3
   * @param probabilities of all languages, by tag; short texts spread them widely
   */
  public record Guess(String tag, Map<String, Double> probabilities) {

    /** Copies the map. */
    public Guess {
      probabilities = Map.copyOf(probabilities);
    }

    /** The language's English name, such as {@code German}. */
    public String displayName() {
      return Locale.forLanguageTag(tag).getDisplayLanguage(Locale.ENGLISH);
    }

    /** How many times likelier the likeliest language is than {@code other}, at least 1. */
    public double oddsAgainst(String other) {
      return probabilities.get(tag) / Math.max(1e-9, probabilities.getOrDefault(other, 0.0));
    }
  }

  /** The likeliest language of {@code text}; empty if it has too few letters to tell. */
  public static Optional<Guess> of(String text) {
    String read = text.length() > MOST_UNITS ? text.substring(0, MOST_UNITS) : text;
    if (read.codePoints().filter(Character::isLetter).count() < RELIABLE_LETTERS) {
      return Optional.empty();
    }
    Map<String, Double> probabilities = new HashMap<>();
    String best = null;
    for (opennlp.tools.langdetect.Language language :
        new LanguageDetectorME(Loaded.MODEL).predictLanguages(read)) {
      String tag = TAGS.getOrDefault(language.getLang(), language.getLang());
      probabilities.merge(tag, language.getConfidence(), Double::sum);
      if (best == null || probabilities.get(tag) > probabilities.get(best)) {
        best = tag;
      }
    }
    return Optional.of(new Guess(best, probabilities));
  }
}
