/**
 * Search through a network: greedy and beam search, forced decoding, hypotheses.
 *
 * <p>Enters: piece ids and a network of {@code model}. All it knows about text is the text of each
 * piece.
 *
 * <p>Invariants: scores are natural-log probabilities; the same input gives the same output,
 * whatever it is batched with; every decoding state that is opened is closed, even after an error.
 */
package dev.verso.decoding;
