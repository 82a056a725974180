package dev.verso.service.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.text.LanguageIdentification;
import java.util.Optional;

/**
 * Which language a text is in, as the others' interfaces tell it. Texts too short to tell a
 * language are taken for French unless they are surely something else, with a confidence that
 * shrinks with their letters.
 *
 * @param confidence in [0, 100]
 */
public record Detection(String language, double confidence) {

  private static final String SOURCE = "fr";
  private static final double SURE = 3;
  private static final int FEWEST = 30;
  private static final int LONGEST = 20_000;

  public static Detection of(String text) {
    String head = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    long letters = head.codePoints().filter(Character::isLetter).count();
    if (letters == 0) {
      return new Detection(SOURCE, 0);
    }
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
    return new Detection(language, Math.round(1000 * relative * share) / 10.0);
  }

  private static double next(LanguageIdentification.Guess guess, String language) {
    return guess.probabilities().entrySet().stream()
        .filter(entry -> !entry.getKey().equals(language))
        .mapToDouble(java.util.Map.Entry::getValue)
        .max()
        .orElse(0);
  }

  public boolean isFrench() {
    return language.equals(SOURCE);
  }

  public boolean isEnglish() {
    return language.equals("en");
  }

  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("confidence", confidence)
        .put("language", language);
  }
}
