package dev.verso.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Tells which of 103 languages a text is in, with Apache OpenNLP's character n-gram model.
 *
 * <p>Reliable from about {@link #RELIABLE_LETTERS} letters on; shorter texts are guesses.
 * Thread-safe. Linear in the length of the text, of which at most 20,000 units are read.
 */
public final class LanguageIdentification {

  /** Fewer letters than these don't tell a language. */
  public static final int RELIABLE_LETTERS = 60;

  private static final int MOST_UNITS = 20_000;
  private static final String RESOURCE = "/langdetect-183.bin";

  private LanguageIdentification() {}

  // Loaded when first asked for: most uses of the command line never do.
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
   * A guess.
   *
   * @param tag ISO 639-1 code where the language has one, else ISO 639-3
   * @param confidence in [0, 1]
   */
  public record Guess(String tag, double confidence) {

    /** The language's English name, such as {@code German}. */
    public String displayName() {
      return Locale.forLanguageTag(tag).getDisplayLanguage(Locale.ENGLISH);
    }
  }

  /** The likeliest language of {@code text}; empty if it holds too few letters to tell. */
  public static Optional<Guess> of(String text) {
    String read = text.length() > MOST_UNITS ? text.substring(0, MOST_UNITS) : text;
    if (read.codePoints().filter(Character::isLetter).count() < RELIABLE_LETTERS) {
      return Optional.empty();
    }
    opennlp.tools.langdetect.Language best =
        new LanguageDetectorME(Loaded.MODEL).predictLanguage(read);
    return Optional.of(new Guess(shortTag(best.getLang()), best.getConfidence()));
  }

  private static String shortTag(String iso3) {
    for (String tag : Locale.getISOLanguages()) {
      if (Locale.forLanguageTag(tag).getISO3Language().equals(iso3)) {
        return tag;
      }
    }
    return iso3;
  }
}
