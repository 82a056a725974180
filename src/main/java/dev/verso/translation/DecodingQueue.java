package dev.verso.translation;

import dev.verso.decoding.RequiredPhrase;
import dev.verso.decoding.SearchOptions;
import dev.verso.model.Encoding;
import dev.verso.text.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the inputs of all callers wait to be decoded. Those that are alike in length share a batch,
 * whoever they belong to.
 *
 * <p>The interactive lane goes first: it has threads of its own, and a bulk batch that is running
 * stands still between two steps while interactive batches take up the cores, for at most {@value
 * #PATIENCE_MILLIS} ms a step, so that it gets on even then. An input that nobody wants any more is
 * dropped; a batch stops when none of its inputs is wanted.
 *
 * <p>Thread-safe.
 *
 * @param <R> what becomes of an input
 */
final class DecodingQueue<R> implements AutoCloseable {

  private static final int BATCH_SENTENCES = 8;
  private static final int BATCH_PIECES = 600;

  /** How many of those waiting are looked at for a batch. */
  private static final int WINDOW = 512;

  private static final long PATIENCE_MILLIS = 40;
  private static final long CANCELLATION_MILLIS = 100;

  /** Decodes a batch: one result for each input. */
  interface BatchSearch<R> {
    List<R> search(List<Input> inputs, SearchOptions search, Cancellation cancellation);
  }

  /** What is decoded at once, its pieces, and the phrases its translation has to hold. */
  record Input(String text, Encoding encoding, List<RequiredPhrase> required) {

    int pieces() {
      return encoding.size();
    }
  }

  /** One input that waits, or a task that takes a thread for itself. */
  private record Waiting<R>(
      Input input,
      SearchOptions search,
      Runnable task,
      Cancellation cancellation,
      CompletableFuture<R> result) {}

  private final BatchSearch<R> batchSearch;
  private final int cores;
  private final Map<Lane, Deque<Waiting<R>>> lanes = new EnumMap<>(Lane.class);
  private final Map<Lane, Integer> running = new EnumMap<>(Lane.class);
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong batched = new AtomicLong();
  private int idle;
  private int activeBulk;
  private volatile boolean closed;

  /**
   * @param cores batches of one lane that run side by side
   */
  DecodingQueue(BatchSearch<R> batchSearch, int cores) {
    this.batchSearch = batchSearch;
    this.cores = cores;
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new ArrayDeque<>());
      running.put(lane, 0);
    }
  }

  /**
   * Puts inputs in line, all at the same moment, so that a caller who is alone gets the same
   * batches every time.
   */
  synchronized List<CompletableFuture<R>> addAll(
      List<Input> inputs, SearchOptions search, Lane lane, Cancellation cancellation) {
    List<CompletableFuture<R>> results = new ArrayList<>();
    for (Input input : inputs) {
      results.add(
          add(new Waiting<>(input, search, null, cancellation, new CompletableFuture<>()), lane));
    }
    return results;
  }

  /** Puts a task in line that takes a thread for itself. */
  <T> CompletableFuture<T> call(Callable<T> task, Lane lane, Cancellation cancellation) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            result.complete(task.call());
          } catch (Exception | Error e) {
            result.completeExceptionally(e);
          }
        };
    CompletableFuture<R> turn =
        add(new Waiting<>(null, null, run, cancellation, new CompletableFuture<>()), lane);
    // A turn ends when the task has; it fails if the task was dropped.
    return turn.thenCompose(nothing -> result);
  }

  private synchronized CompletableFuture<R> add(Waiting<R> waiting, Lane lane) {
    if (closed) {
      throw new IllegalStateException("the translator is closed");
    }
    lanes.get(lane).add(waiting);
    // Each lane may have all cores; threads are started when first needed.
    if (idle < waiting() && threads.size() < cores * Lane.values().length) {
      Thread thread = new Thread(this::work, "verso-decoder-" + (threads.size() + 1));
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    notifyAll();
    return waiting.result;
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

  private int waiting() {
    return lanes.values().stream().mapToInt(Deque::size).sum();
  }

  /** Inputs of a lane that wait. */
  synchronized int waiting(Lane lane) {
    return lanes.get(lane).size();
  }

  /** Batches decoded so far. */
  long batches() {
    return batches.get();
  }

  /** Inputs decoded so far. */
  long batched() {
    return batched.get();
  }

  private void work() {
    while (true) {
      Lane lane;
      List<Waiting<R>> batch;
      synchronized (this) {
        lane = next();
        while (lane == null && !closed) {
          idle++;
          try {
            wait();
          } catch (InterruptedException e) {
            return;
          } finally {
            idle--;
          }
          lane = next();
        }
        if (closed) {
          return;
        }
        batch = take(lanes.get(lane));
        running.merge(lane, 1, Integer::sum);
        activeBulk += lane == Lane.BULK ? 1 : 0;
      }
      try {
        if (!batch.isEmpty()) {
          run(batch, lane);
        }
      } finally {
        synchronized (this) {
          running.merge(lane, -1, Integer::sum);
          activeBulk -= lane == Lane.BULK ? 1 : 0;
          notifyAll();
        }
      }
    }
  }

  private Lane next() {
    for (Lane lane : Lane.values()) {
      if (!lanes.get(lane).isEmpty() && running.get(lane) < cores) {
        return lane;
      }
    }
    return null;
  }

  /** The one that waits longest, with those nearest to it in length. */
  private static <R> List<Waiting<R>> take(Deque<Waiting<R>> lane) {
    Waiting<R> head = null;
    List<Waiting<R>> alike = new ArrayList<>();
    Iterator<Waiting<R>> all = lane.iterator();
    for (int i = 0; all.hasNext() && i < WINDOW; i++) {
      Waiting<R> waiting = all.next();
      if (waiting.cancellation.requested()) {
        waiting.result.completeExceptionally(new CancellationException("cancelled"));
        all.remove();
      } else if (head == null) {
        head = waiting;
        all.remove();
        if (head.task != null) {
          return List.of(head);
        }
      } else if (waiting.task == null && waiting.search.equals(head.search)) {
        alike.add(waiting);
      }
    }
    if (head == null) {
      return List.of();
    }
    int pieces = head.input.pieces();
    alike.sort(Comparator.comparingInt(waiting -> Math.abs(waiting.input.pieces() - pieces)));
    List<Waiting<R>> batch = new ArrayList<>(List.of(head));
    int longest = pieces;
    for (Waiting<R> waiting : alike) {
      longest = Math.max(longest, waiting.input.pieces());
      if (batch.size() == BATCH_SENTENCES || longest * (batch.size() + 1) > BATCH_PIECES) {
        break;
      }
      batch.add(waiting);
    }
    // Records hold functions, so that removing by equality is removing by identity.
    batch.subList(1, batch.size()).forEach(lane::remove);
    return batch;
  }

  private void run(List<Waiting<R>> batch, Lane lane) {
    Cancellation shared =
        () -> {
          if (lane == Lane.BULK) {
            makeWay();
          }
          return closed || batch.stream().allMatch(waiting -> waiting.cancellation.requested());
        };
    try {
      Waiting<R> head = batch.get(0);
      if (head.task != null) {
        shared.check();
        head.task.run();
        head.result.complete(null);
        return;
      }
      List<R> results =
          batchSearch.search(batch.stream().map(Waiting::input).toList(), head.search, shared);
      batches.incrementAndGet();
      batched.addAndGet(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result.complete(results.get(i));
      }
    } catch (Exception | Error e) {
      batch.forEach(waiting -> waiting.result.completeExceptionally(e));
    }
  }

  /** Between two steps of a bulk batch: interactive ones may have the cores, for a while. */
  private synchronized void makeWay() {
    if (running.get(Lane.INTERACTIVE) == 0) {
      return;
    }
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    activeBulk--;
    try {
      while (!closed
          && running.get(Lane.INTERACTIVE) > 0
          && activeBulk + 1 + running.get(Lane.INTERACTIVE) > cores) {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      activeBulk++;
    }
  }

  @Override
  public void close() {
    List<Thread> started;
    synchronized (this) {
      closed = true;
      started = List.copyOf(threads);
      for (Deque<Waiting<R>> lane : lanes.values()) {
        lane.forEach(
            waiting ->
                waiting.result.completeExceptionally(
                    new CancellationException("the translator was closed")));
        lane.clear();
      }
      notifyAll();
    }
    for (Thread thread : started) {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
