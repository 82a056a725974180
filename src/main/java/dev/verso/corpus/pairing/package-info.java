/**
 * Which documents translate each other, and which of their sentences.
 *
 * <p>Enters: documents as sentences, and their profiles; of a profile only numbers go on.
 *
 * <p>Invariants: the order of documents does not matter; a document is in one pair at most; no
 * document is compared with all others.
 */
package dev.verso.corpus.pairing;
