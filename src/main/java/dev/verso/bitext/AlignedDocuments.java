package dev.verso.bitext;

import dev.verso.text.Document;
import java.util.List;
import java.util.Objects;

/**
 * Two existing documents whose sentences are aligned: a text and a translation that someone else
 * made.
 *
 * @param source the source document, its text unaltered
 * @param target the target document, its text unaltered
 * @param sourceLanguage the source's language tag (BCP 47), such as {@code fr}
 * @param targetLanguage the target's language tag
 * @param beads monotone; each content sentence of either document is in exactly one, or in none if
 *     beads were left out
 * @param documentScore expected share, in [0, 1], of both documents whose counterpart is in the
 *     other, see {@link SentenceAlignment}
 */
public record AlignedDocuments(
    Document source,
    Document target,
    String sourceLanguage,
    String targetLanguage,
    List<AlignedBead> beads,
    double documentScore) {

  /**
   * @throws IllegalArgumentException if beads are out of order or the score is not a probability
   */
  public AlignedDocuments {
    Objects.requireNonNull(source);
    Objects.requireNonNull(target);
    Objects.requireNonNull(sourceLanguage);
    Objects.requireNonNull(targetLanguage);
    beads = List.copyOf(beads);
    int sourceEnd = 0;
    int targetEnd = 0;
    for (AlignedBead bead : beads) {
      for (var segment : bead.source()) {
        if (segment.span().start() < sourceEnd || segment.span().end() > source.text().length()) {
          throw new IllegalArgumentException("source sentences out of order at " + segment.span());
        }
        sourceEnd = segment.span().end();
      }
      for (var segment : bead.target()) {
        if (segment.span().start() < targetEnd || segment.span().end() > target.text().length()) {
          throw new IllegalArgumentException("target sentences out of order at " + segment.span());
        }
        targetEnd = segment.span().end();
      }
    }
    if (!(documentScore >= 0 && documentScore <= 1)) {
      throw new IllegalArgumentException("not a probability: " + documentScore);
    }
  }

  /**
   * The beads that are at least as probable, for a translation memory.
   *
   * @param minPosterior in [0, 1]
   */
  public AlignedDocuments atLeast(double minPosterior) {
    return new AlignedDocuments(
        source,
        target,
        sourceLanguage,
        targetLanguage,
        beads.stream().filter(bead -> bead.posterior() >= minPosterior).toList(),
        documentScore);
  }
}
