/**
 * Search through a network: greedy and beam search, forced decoding, hypotheses.
 *
 * <p>Enters: piece ids and a network of {@code model}. Of text it knows no more than what a piece
 * prints.
 *
 * <p>Invariants: scores are natural-log probabilities; the same input gives the same output,
 * whatever it is batched with; every decoding state that is opened is closed, also after an error.
 */
package dev.verso.decoding;
