/**
 * Pairs that say the same, or nearly, and pairs of held-out sets.
 *
 * <p>Enters: texts of pairs; what is kept of each is a fingerprint of fixed size.
 *
 * <p>Invariants: which of equal pairs stays depends on the pairs alone, not on their order; every
 * pair that goes names the one that stays.
 */
package dev.verso.corpus.dedup;
