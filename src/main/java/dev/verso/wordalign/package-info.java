/**
 * Which word translates which: the lexicon, statistical alignment models, and the word aligners
 * that combine them with a network's attention.
 *
 * <p>Enters: sentence pairs, corpora of sentence pairs, attention as plain matrices.
 *
 * <p>Invariants: spans count UTF-16 units of the sentence given, which is never altered;
 * probabilities are in [0, 1]; the same input gives the same links on every run.
 */
package dev.verso.wordalign;
