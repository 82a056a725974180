package dev.verso.usecase.corpus;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Work done by several threads whose results come back in the order in which it was handed in, so
 * that nothing depends on which thread was faster. A few pieces per thread are under way at most.
 */
final class OrderedTasks<I, O> implements AutoCloseable {

  private static final int AHEAD = 16;

  private final ExecutorService threads;
  private final int most;
  private final Function<I, O> work;
  private final Consumer<O> results;
  private final Deque<Future<O>> underWay = new ArrayDeque<>();

  /**
   * @param results called from the thread that hands in the work
   */
  OrderedTasks(int threads, Function<I, O> work, Consumer<O> results) {
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(null, task, "corpus", 4L << 20);
              thread.setDaemon(true);
              return thread;
            });
    this.most = threads * AHEAD;
    this.work = work;
    this.results = results;
  }

  void add(I piece) {
    if (underWay.size() >= most) {
      take();
    }
    underWay.add(threads.submit(() -> work.apply(piece)));
  }

  /** Waits for all that was handed in. */
  void finish() {
    while (!underWay.isEmpty()) {
      take();
    }
  }

  private void take() {
    try {
      results.accept(underWay.remove().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
