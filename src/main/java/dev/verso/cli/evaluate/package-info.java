/**
 * The commands of {@code verso evaluate}: measures, one class for each kind of gold.
 *
 * <p>They may reach past the use cases, to measure one part alone. What they print is the source of
 * every figure in {@code evaluation/results} and in the documents.
 */
package dev.verso.cli.evaluate;
