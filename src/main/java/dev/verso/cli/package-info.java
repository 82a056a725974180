/**
 * The command line: picocli commands that call the use cases of {@code desk}.
 *
 * <p>Enters: arguments, files, standard input. The only room that imports picocli.
 *
 * <p>Invariants: results go to standard output, everything else to standard error; exit code 0
 * done, 2 bad usage or unreadable input, 1 failure.
 */
package dev.verso.cli;
