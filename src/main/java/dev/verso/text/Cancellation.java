package dev.verso.text;

import java.util.concurrent.CancellationException;

/** Asked between steps whether anybody still wants the result. Implementations are thread-safe. */
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
