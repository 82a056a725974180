package dev.verso.bitext;

import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.util.List;
import java.util.Objects;

/**
 * A source segment with its translation.
 *
 * @param source the segment of the source document
 * @param target range in the bitext's target text; empty if nothing was translated
 * @param targetText the translation, the target text at {@code target}
 * @param links word links, offsets into the two whole texts
 * @param score natural-log probability of the translation per target piece, at most 0
 * @param quality estimated quality in [0, 1]
 * @param notes what the reader should know about it, such as a loop that was cut; often empty
 */
public record TranslationUnit(
    Segment source,
    TextSpan target,
    String targetText,
    List<AlignmentLink> links,
    double score,
    double quality,
    List<String> notes) {

  /** A lower estimated quality makes a translation doubtful. */
  public static final double DOUBTFUL = 0.5;

  /**
   * @throws IllegalArgumentException if lengths disagree, a link leaves the unit, the score is
   *     positive or the quality is outside [0, 1]
   */
  public TranslationUnit {
    Objects.requireNonNull(source);
    links = List.copyOf(links);
    notes = List.copyOf(notes);
    if (target.length() != targetText.length()) {
      throw new IllegalArgumentException(
          "a target of " + targetText.length() + " units at " + target);
    }
    for (AlignmentLink link : links) {
      if (!source.span().contains(link.source()) || !target.contains(link.target())) {
        throw new IllegalArgumentException("a link leaves its unit: " + link);
      }
    }
    if (!(score <= 0)) {
      throw new IllegalArgumentException("not a log probability: " + score);
    }
    if (!(quality >= 0 && quality <= 1)) {
      throw new IllegalArgumentException("not a quality in [0, 1]: " + quality);
    }
  }

  /** Whether there is a translation, and one that somebody should look at. */
  public boolean isDoubtful() {
    return !target.isEmpty() && quality < DOUBTFUL;
  }
}
