package dev.verso.bitext;

/**
 * Sentences of a source text and the sentences of a target text that translate them: the unit of
 * sentence alignment (Brown, Lai and Mercer 1991).
 *
 * <p>Both sides are half-open ranges of sentence indexes, 0-based. A null bead has one empty side,
 * which is placed where its sentences would be. Worked example: {@code new Bead(7, 9, 8, 9, .98)}
 * ties source sentences 7 and 8 to target sentence 8; its type is {@code 2-1}.
 *
 * @param sourceStart first source sentence
 * @param sourceEnd source sentence after the last
 * @param targetStart first target sentence
 * @param targetEnd target sentence after the last
 * @param posterior probability in [0, 1] that exactly these sentences translate each other (of a
 *     null bead: that they have no translation)
 */
public record Bead(int sourceStart, int sourceEnd, int targetStart, int targetEnd, double posterior)
    implements Comparable<Bead> {

  /**
   * @throws IllegalArgumentException if a range ends before it starts or both are empty, or the
   *     posterior is not a probability
   */
  public Bead {
    if (sourceStart < 0 || sourceEnd < sourceStart || targetStart < 0 || targetEnd < targetStart) {
      throw new IllegalArgumentException(
          "not ranges: ["
              + sourceStart
              + ", "
              + sourceEnd
              + ") : ["
              + targetStart
              + ", "
              + targetEnd
              + ")");
    }
    if (sourceStart == sourceEnd && targetStart == targetEnd) {
      throw new IllegalArgumentException("a bead needs a sentence");
    }
    if (!(posterior >= 0 && posterior <= 1)) {
      throw new IllegalArgumentException("not a probability: " + posterior);
    }
  }

  /** Number of source sentences. */
  public int sourceSize() {
    return sourceEnd - sourceStart;
  }

  /** Number of target sentences. */
  public int targetSize() {
    return targetEnd - targetStart;
  }

  /** Whether one side is empty. */
  public boolean isNull() {
    return sourceStart == sourceEnd || targetStart == targetEnd;
  }

  /** Sizes of the sides, such as {@code 2-1}. */
  public String type() {
    return sourceSize() + "-" + targetSize();
  }

  /** The bead seen from the other side. */
  public Bead mirrored() {
    return new Bead(
        /* sourceStart= */ targetStart,
        /* sourceEnd= */ targetEnd,
        /* targetStart= */ sourceStart,
        /* targetEnd= */ sourceEnd,
        posterior);
  }

  /** Whether both beads align the same sentences, whatever their posteriors. */
  public boolean tiesSame(Bead other) {
    return sourceStart == other.sourceStart
        && sourceEnd == other.sourceEnd
        && targetStart == other.targetStart
        && targetEnd == other.targetEnd;
  }

  /** By position in the source, then in the target. */
  @Override
  public int compareTo(Bead other) {
    int order = Integer.compare(sourceStart, other.sourceStart);
    if (order == 0) {
      order = Integer.compare(targetStart, other.targetStart);
    }
    if (order == 0) {
      order = Integer.compare(sourceEnd, other.sourceEnd);
    }
    return order == 0 ? Integer.compare(targetEnd, other.targetEnd) : order;
  }
}
