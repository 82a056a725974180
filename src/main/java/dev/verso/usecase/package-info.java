/**
 * The use cases that the command line and the service share: read, translate, write, evaluate.
 *
 * <p>Enters: requests in terms of files, bytes and options.
 *
 * <p>Invariants: knows neither picocli nor Spring; bad input is reported as an {@code
 * InputException} that names the input and the way out.
 */
package dev.verso.usecase;
