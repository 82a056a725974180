/**
 * Which sentence of a text translates which sentence of another: sentence aligners for a text and a
 * translation that someone else made. Word aligners are in {@code wordalign}.
 *
 * <p>Enters: two lists of sentences, where known their paragraphs and machine translations of the
 * source, as plain data.
 *
 * <p>Invariants: beads are monotone and hold every sentence once; posteriors are probabilities; the
 * same input gives the same beads on every run.
 */
package dev.verso.alignment;
