/**
 * What a terminal sees: progress lines on standard error, results on standard output or in files.
 *
 * <p>What enters: text and bytes to print. A result is written whole or not at all; progress never
 * mixes with results; where no terminal listens, there is no progress.
 */
package dev.verso.cli.terminal;
