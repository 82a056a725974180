package dev.verso.text;

import java.util.concurrent.CancellationException;

/**
 * Asked between steps whether anybody still wants the result. Whatever takes one looks at it every
 * few milliseconds of its own work, by {@link #check}, whatever the input holds.
 *
 * <p>Threads are never interrupted for this: a database in a file closes itself on an interrupt.
 * Implementations are thread-safe and answer in nanoseconds.
 */
@FunctionalInterface
public interface Cancellation {

  /** Never cancelled. */
  Cancellation NONE = () -> false;

  /** Whether to stop. */
  boolean requested();

  /**
   * @throws CancellationException if a stop was requested
   */
  default void check() {
    if (requested()) {
      throw new CancellationException("cancelled");
    }
  }
}
