package dev.verso.alignment;

import dev.verso.bitext.SentenceAlignment;

/**
 * Finds which sentences of two texts translate each other.
 *
 * <p>Contract, for every pair of texts whatever they hold: the beads are monotone and hold each
 * sentence exactly once; empty sides give null beads only, two empty sides no bead; the same pair
 * gives the same alignment; nothing is thrown. Implementations are thread-safe.
 */
public interface SentenceAligner {
  /** The most probable alignment of the pair. */
  SentenceAlignment align(TextPair pair);
}
