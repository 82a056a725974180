package dev.verso.text;

import java.util.concurrent.CancellationException;

/**
 * Says, between steps, whether anybody still wants the result. Whatever takes one calls {@link
 * #check} every few milliseconds of its own work, whatever the input contains.
 *
 * <p>Threads are never interrupted for this: a database in a file closes itself on an interrupt.
 * Implementations are thread-safe and answer in nanoseconds, but for those that stand still on
 * purpose, to give way to other work.
 */
@FunctionalInterface
public interface Cancellation {

  /** Never cancelled. */
  Cancellation NONE = () -> false;

  /** Whether a stop was requested. */
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
