package dev.verso.bitext;

import java.util.List;

/**
 * How the sentences of two texts correspond.
 *
 * @param sourceSentences number of source sentences
 * @param targetSentences number of target sentences
 * @param beads monotone, each sentence of either side in exactly one; empty if both texts are
 * @param documentScore expected share, in [0, 1], of both texts whose counterpart is in the other
 *     text: near 1 for a full translation, about a half where half is missing or foreign, near 0
 *     for unrelated texts; the beads' posteriors include, as a factor, the probability that the
 *     texts are related at all
 */
public record SentenceAlignment(
    int sourceSentences, int targetSentences, List<Bead> beads, double documentScore) {

  /**
   * @throws IllegalArgumentException if the beads omit a sentence, contain one twice or cross, or
   *     the score is not a probability
   */
  public SentenceAlignment {
    beads = List.copyOf(beads);
    int source = 0;
    int target = 0;
    for (Bead bead : beads) {
      if (bead.sourceStart() != source || bead.targetStart() != target) {
        throw new IllegalArgumentException(
            "bead " + bead + " where sentences " + source + " and " + target + " are next");
      }
      source = bead.sourceEnd();
      target = bead.targetEnd();
    }
    if (source != sourceSentences || target != targetSentences) {
      throw new IllegalArgumentException(
          "beads over "
              + source
              + " and "
              + target
              + " sentences of "
              + sourceSentences
              + " and "
              + targetSentences);
    }
    if (!(documentScore >= 0 && documentScore <= 1)) {
      throw new IllegalArgumentException("not a probability: " + documentScore);
    }
  }

  /** The alignment seen from the other side. */
  public SentenceAlignment mirrored() {
    return new SentenceAlignment(
        /* sourceSentences= */ targetSentences,
        /* targetSentences= */ sourceSentences,
        beads.stream().map(Bead::mirrored).toList(),
        documentScore);
  }
}
