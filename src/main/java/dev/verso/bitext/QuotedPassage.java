package dev.verso.bitext;

import dev.verso.text.TextSpan;
import java.util.List;
import java.util.Objects;

/**
 * A quote of the source and its words in the translation.
 *
 * @param type how the text carries it: {@code direct}, {@code mixed} or {@code indirect}
 * @param speaker the speaker's name as shown, or null
 * @param attribution how the speaker was found: {@code explicit}, {@code coreference}, {@code
 *     neighbour} or {@code none}
 * @param attributionSpan the words of the source that show who speaks, or null
 * @param source its words in the source, several spans where they are interrupted
 * @param target its words in the target text, without their marks, or null if untranslated
 * @param repaired what was wrong with its marks in the source, one sentence for each fault
 */
public record QuotedPassage(
    String type,
    String speaker,
    String attribution,
    TextSpan attributionSpan,
    List<TextSpan> source,
    TextSpan target,
    List<String> repaired) {

  /**
   * @throws IllegalArgumentException if the source is empty
   */
  public QuotedPassage {
    Objects.requireNonNull(type);
    Objects.requireNonNull(attribution);
    source = List.copyOf(source);
    repaired = List.copyOf(repaired);
    if (source.isEmpty()) {
      throw new IllegalArgumentException("a quote needs words");
    }
  }
}
