package dev.verso.translation;

import dev.verso.text.Cancellation;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The decoder's threads as one lane sees them.
 *
 * @param queue what waits for them, in all lanes
 * @param lane whose turn is asked for
 */
record DecoderTurns(DecodingQueue<DecodedPart> queue, Lane lane) {

  private static final long CANCELLATION_MILLIS = 100;

  /**
   * Runs tasks side by side when it is their turn; results are in the tasks' order.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  <T> List<T> runAll(List<Callable<T>> tasks, Cancellation cancellation) {
    List<CompletableFuture<T>> results = queue.callAll(tasks, lane, cancellation);
    return results.stream().map(result -> await(result, cancellation)).toList();
  }

  /**
   * Waits for a result.
   *
   * @throws CancellationException if it was cancelled meanwhile
   */
  static <R> R await(CompletableFuture<R> result, Cancellation cancellation) {
    while (true) {
      try {
        return result.get(CANCELLATION_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        cancellation.check();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (CancellationException) new CancellationException("interrupted").initCause(e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException unchecked) {
          throw unchecked;
        }
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
