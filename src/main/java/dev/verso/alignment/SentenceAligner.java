package dev.verso.alignment;

import dev.verso.bitext.SentenceAlignment;
import dev.verso.text.Cancellation;

/**
 * Finds which sentences of two texts translate each other.
 *
 * <p>Contract, for every pair of texts whatever they hold: the beads are monotone and hold each
 * sentence exactly once; empty sides give null beads only, two empty sides no bead; the same pair
 * gives the same alignment; nothing is thrown unless it is cancelled. Implementations are
 * thread-safe.
 */
public interface SentenceAligner {
  /**
   * The most probable alignment of the pair.
   *
   * @param cancellation checked every few milliseconds
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  SentenceAlignment align(TextPair pair, Cancellation cancellation);

  /** The most probable alignment of a pair that nobody calls off. */
  default SentenceAlignment align(TextPair pair) {
    return align(pair, Cancellation.NONE);
  }
}
