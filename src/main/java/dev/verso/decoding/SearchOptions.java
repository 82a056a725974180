package dev.verso.decoding;

/**
 * How to search for hypotheses.
 *
 * @param beam hypotheses kept for each sentence; 1 is greedy search
 * @param lengthPenalty α of the normalisation: hypotheses are ranked by log p / lengthᵅ
 * @param maxLengthFactor longest hypothesis as a multiple of the source's pieces …
 * @param maxLengthConstant … plus this many pieces
 */
public record SearchOptions(
    int beam, double lengthPenalty, double maxLengthFactor, int maxLengthConstant) {

  /** The widest beam allowed. */
  public static final int MAX_BEAM = 64;

  /** α by default (decision 18). */
  private static final double LENGTH_PENALTY = 0.8;

  /**
   * @throws IllegalArgumentException if the beam is outside [1, 64] or a limit is negative
   */
  public SearchOptions {
    if (beam < 1 || beam > MAX_BEAM) {
      throw new IllegalArgumentException("a beam of " + beam + "; it must be 1 to " + MAX_BEAM);
    }
    if (lengthPenalty < 0 || maxLengthFactor < 0 || maxLengthConstant < 1) {
      throw new IllegalArgumentException("limits must not be negative");
    }
  }

  /** The defaults with another beam. */
  public static SearchOptions ofBeam(int beam) {
    return new SearchOptions(beam, LENGTH_PENALTY, 1.6, 10);
  }

  /** Most pieces, including the end mark, that a source of {@code sourcePieces} may become. */
  int maxLength(int sourcePieces) {
    return (int) (sourcePieces * maxLengthFactor) + maxLengthConstant;
  }
}
