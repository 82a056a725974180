package dev.verso.bitext;

import dev.verso.text.TextSpan;
import java.util.List;
import java.util.Objects;

/**
 * A quote of the source and its words in the translation.
 *
 * @param type how the text carries it: {@code direct}, {@code mixed} or {@code indirect}
 * @param speaker the name to show for who says it, or null
 * @param source where its words stand in the source, several spans where something breaks them
 * @param target its words in the target text, without their marks, or null if untranslated
 * @param repaired what was wrong with its marks in the source, a sentence each
 */
public record QuotedPassage(
    String type, String speaker, List<TextSpan> source, TextSpan target, List<String> repaired) {

  /**
   * @throws IllegalArgumentException if there is no source
   */
  public QuotedPassage {
    Objects.requireNonNull(type);
    source = List.copyOf(source);
    repaired = List.copyOf(repaired);
    if (source.isEmpty()) {
      throw new IllegalArgumentException("a quote has words");
    }
  }
}
