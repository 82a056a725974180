/**
 * Corpora on Apache Spark: what goes where, and in which order; all that is computed are the
 * functions of {@code corpus} and the steps of {@code usecase.corpus}, whose signatures know
 * nothing of Spark.
 *
 * <p>Enters: addresses in any store that Hadoop reads. Compiled apart, against Spark's class path.
 *
 * <p>Invariants: the same documents give the corpus of one machine, byte for byte, however many
 * tasks run and however often they fail; no step compares all with all; what a task needs fits into
 * memory, however large the corpus is.
 */
package dev.verso.usecase.corpus.spark;
