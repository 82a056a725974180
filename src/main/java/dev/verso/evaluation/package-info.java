/**
 * How good the results are: BLEU, chrF, alignment error rate, bootstrap intervals, and the runners
 * that print them.
 *
 * <p>Enters: outputs, references and gold files.
 *
 * <p>Invariants: scores agree with the published scorers they are named after; randomness is
 * seeded.
 */
package dev.verso.evaluation;
