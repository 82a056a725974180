/**
 * Use cases of parallel corpora: building, cleaning and exporting them, on one machine.
 *
 * <p>Enters: paths and options as records. What was read and aligned is kept in a folder beside the
 * result, so that a run that was killed goes on where it stood, and one with more documents does
 * what is new; the result itself is written whole or not at all.
 *
 * <p>Invariants: the same inputs give the same corpus, in whatever order and by however many
 * threads; long ones report their progress and can be cancelled.
 */
package dev.verso.usecase.corpus;
