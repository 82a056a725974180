package dev.verso.usecase;

import dev.verso.engine.Engine;
import dev.verso.text.Block;
import dev.verso.text.Document;
import dev.verso.text.InputException;
import dev.verso.text.LanguageIdentification;
import dev.verso.text.LanguageIdentification.Guess;
import dev.verso.text.Segment;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes sure that a text is in the language that the model translates from. Stateless. */
final class SourceLanguage {

  /** Another language must be this many times likelier to be a reason to turn a text away. */
  private static final double CERTAIN_ODDS = 3;

  private SourceLanguage() {}

  /**
   * Looks at the content of a document.
   *
   * @throws InputException if it is certainly in another language
   */
  static void require(Engine engine, Document document) {
    String text =
        document.blocks().stream()
            .filter(Block::isContent)
            .flatMap(block -> block.segments().stream())
            .map(Segment::text)
            .collect(Collectors.joining(" "));
    require(engine, document.name(), text);
  }

  /**
   * Looks at a text.
   *
   * @param name what the user calls it
   * @throws InputException if it is certainly in another language
   */
  static void require(Engine engine, String name, String text) {
    Optional<Guess> guess = LanguageIdentification.of(text);
    if (guess.isPresent() && guess.get().oddsAgainst(engine.manifest().source()) >= CERTAIN_ODDS) {
      throw new InputException(
          name
              + " looks like "
              + guess.get().displayName()
              + ", and the model translates from French; with --force, or \"force\": true (for"
              + " clients of others' interfaces, French as the source language) in a request, it is"
              + " translated all the same");
    }
  }
}
