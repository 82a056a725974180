/**
 * A document in, a bitext out, aligned by construction: the translator, what it protects (URLs,
 * numbers, emoji), how long sentences are split and joined, word links and the quality estimate.
 *
 * <p>Enters: documents of {@code text} and a loaded model.
 *
 * <p>Invariants: every segment of the source has exactly one unit; offsets lead to the raw input;
 * nothing is invented for an input without words.
 */
package dev.verso.translation;
