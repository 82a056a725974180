/**
 * Corpora in the formats of those who use them, their splits, and what a corpus says of itself.
 *
 * <p>Enters: pairs, one after the other; nothing is held in memory but counts and a few samples.
 *
 * <p>Invariants: the same pairs give the same bytes; line-parallel files have as many lines; splits
 * share no document.
 */
package dev.verso.corpus.export;
