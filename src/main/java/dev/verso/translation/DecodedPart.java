package dev.verso.translation;

import dev.verso.decoding.Hypothesis;
import dev.verso.decoding.RequiredPhrase;
import dev.verso.model.Decoded;
import dev.verso.model.Encoding;
import dev.verso.model.Tokenizer;
import dev.verso.text.Language;
import dev.verso.translation.Numbers.Numeral;
import java.util.List;

/**
 * What a search chose for one part of a segment.
 *
 * @param input what the model read
 * @param encoding its pieces
 * @param hypothesis the translation in pieces, its attention on time
 * @param decoded the translation as text
 * @param found all that the search completed, the chosen one among them
 */
record DecodedPart(
    String input,
    Encoding encoding,
    Hypothesis hypothesis,
    Decoded decoded,
    List<Hypothesis> found) {

  private static final int WEIGHT_OF_PLACEHOLDERS = 1000;

  /** Copies the list. */
  DecodedPart {
    found = List.copyOf(found);
  }

  /** Whether each placeholder of the input came through, and no other. */
  boolean keepsPlaceholders() {
    return placeholders(input).equals(placeholders(decoded.text()));
  }

  private static List<Integer> placeholders(String text) {
    return text.chars().filter(c -> c >= 0xE000 && c <= 0xF8FF).sorted().boxed().toList();
  }

  /**
   * How much of the input is known to be lost: numbers, quotation marks, and placeholders above
   * all.
   */
  int losses() {
    List<Numeral> source = Numbers.in(input, Language.FRENCH);
    List<Numeral> target = Numbers.in(decoded.text(), Language.ENGLISH);
    return (keepsPlaceholders() ? 0 : WEIGHT_OF_PLACEHOLDERS)
        + Numbers.missing(source, target).size()
        + Math.abs(quotationMarks(input) - quotationMarks(decoded.text()));
  }

  /** Whether each phrase stands in the translation, as words of their own. */
  boolean holds(List<RequiredPhrase> phrases, Tokenizer targetTokenizer) {
    return phrases.stream()
        .allMatch(
            phrase ->
                phrase.forms().stream()
                    .map(form -> targetTokenizer.decode(form).text())
                    .anyMatch(form -> Glossary.holds(decoded.text(), form)));
  }

  private static int quotationMarks(String text) {
    return (int) text.chars().filter(c -> "«»“”\"".indexOf(c) >= 0).count();
  }
}
