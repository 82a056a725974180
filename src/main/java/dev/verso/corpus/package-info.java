/**
 * Parallel corpora: from piles of French and English documents to pairs of sentences that train
 * models and fill translation memories. Here the values; pairing, filters, deduplication and
 * exports are in packages of their own.
 *
 * <p>Enters: documents as sentences with their places, and pairs, all as records that are written
 * to and read from JSON.
 *
 * <p>Invariants: whatever is computed is a pure function of its arguments, so that one machine and
 * many give the same corpus, hash for hash; a pair says where both sides stand in the originals.
 */
package dev.verso.corpus;
