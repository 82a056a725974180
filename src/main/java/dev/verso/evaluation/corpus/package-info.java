/**
 * What corpora are worth: pairs against gold, scores against judges, filters against what is put
 * in, crawls, and growth.
 *
 * <p>Enters: gold sets and what use cases of corpora make of them. Sets that are made here are made
 * by a seed, so every run is the same.
 */
package dev.verso.evaluation.corpus;
