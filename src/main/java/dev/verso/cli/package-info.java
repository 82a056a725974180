/**
 * The command line: picocli commands that call the use cases of {@code usecase}.
 *
 * <p>Enters: arguments, files, standard input. The only room that imports picocli.
 *
 * <p>Invariants: results go to standard output, everything else to standard error; exit code 0
 * done, 1 failure, 2 bad usage or unreadable input, 3 a quote that is not faithful.
 */
package dev.verso.cli;
