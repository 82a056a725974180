package dev.verso.service.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.text.LanguageIdentification;
import dev.verso.text.ShortTexts;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which language a text is in, as the others' interfaces tell it: by its letters, and if it is
 * short, by its script and its commonest words. A text that nothing of this tells, such as a name,
 * is taken for French, with little confidence.
 *
 * @param confidence in [0, 100]
 */
public record Detection(String language, double confidence) {

  private static final Pattern TAG = Pattern.compile("<[^<>]*+>");
  private static final String SOURCE = "fr";

  /** How many times likelier than French another language must be by its letters. */
  private static final double SURE = 3;

  /** Fewer letters tell nothing. */
  private static final int FEWEST = 30;

  /** So many common words tell a language, or one for so many words. */
  private static final int ENOUGH_WORDS = 2;

  private static final int WORDS_FOR_ONE = 3;
  private static final int LONGEST = 20_000;

  /** Detects the language of a text. */
  public static Detection of(String text) {
    String head = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    long letters = head.codePoints().filter(Character::isLetter).count();
    if (letters == 0) {
      return new Detection(SOURCE, 0);
    }
    Detection byLetters = byLetters(head, letters);
    if (letters >= LanguageIdentification.RELIABLE_LETTERS) {
      return byLetters;
    }
    Optional<String> script = ShortTexts.byScript(head);
    if (script.isPresent()) {
      return byLetters.isFrench()
          ? new Detection(
              script.get(), percent((double) letters / LanguageIdentification.RELIABLE_LETTERS))
          : byLetters;
    }
    return byWords(ShortTexts.count(head), byLetters);
  }

  /** The text of a piece of markup, without its tags. */
  public static String withoutTags(String markup) {
    return TAG.matcher(markup).replaceAll(" ");
  }

  private static Detection byWords(ShortTexts.Count words, Detection byLetters) {
    String most = words.most(SOURCE).orElse(byLetters.language);
    int own = words.in(most);
    boolean tells =
        own > words.in(byLetters.language)
            && (own >= ENOUGH_WORDS || own * WORDS_FOR_ONE >= words.words());
    String language = tells ? most : byLetters.language;
    // Laplace's rule of succession, of its words and of those of the next language.
    double share = (words.in(language) + 1.0) / (words.in(language) + words.rivals(language) + 2.0);
    double confidence = words.in(language) == 0 ? 0 : percent(share);
    return new Detection(
        language,
        language.equals(byLetters.language)
            ? Math.max(confidence, byLetters.confidence)
            : confidence);
  }

  private static Detection byLetters(String head, long letters) {
    // Said again and again, a short text has the letter sequences of a long one.
    int enough = LanguageIdentification.RELIABLE_LETTERS;
    int times = (int) Math.max(1, (enough + letters - 1) / letters);
    Optional<LanguageIdentification.Guess> guess =
        LanguageIdentification.of((head + " ").repeat(times));
    if (guess.isEmpty()) {
      return new Detection(SOURCE, 0);
    }
    double odds = guess.get().oddsAgainst(SOURCE);
    boolean other = odds >= SURE && letters >= FEWEST;
    String language = other ? guess.get().tag() : SOURCE;
    double sure = guess.get().probabilities().getOrDefault(language, 0.0);
    double share = Math.min(1.0, (double) letters / enough);
    // The identifier spreads its probability over a hundred languages.
    double relative = sure / (sure + next(guess.get(), language));
    return new Detection(language, percent(relative * share));
  }

  private static double percent(double share) {
    return Math.round(1000 * share) / 10.0;
  }

  private static double next(LanguageIdentification.Guess guess, String language) {
    return guess.probabilities().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(language))
        .mapToDouble(java.util.Map.Entry::getValue)
        .max()
        .orElse(0);
  }

  /** Whether it is the language that is translated. */
  public boolean isFrench() {
    return language.equals(SOURCE);
  }

  /** Whether it is the language that is translated into. */
  public boolean isEnglish() {
    return language.equals("en");
  }

  /** As LibreTranslate tells it. */
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("confidence", confidence)
        .put("language", language);
  }
}
