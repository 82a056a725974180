package dev.verso.translation;

import dev.verso.decoding.RequiredPhrase;
import dev.verso.decoding.SearchOptions;
import dev.verso.model.Encoding;
import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Where the inputs of all callers wait to be decoded. Those that are alike in length share a batch,
 * whoever they belong to.
 *
 * <p>The interactive lane goes first: it has threads of its own, and a bulk batch that is running
 * stands still between two steps while interactive batches take up the cores, for at most {@value
 * #PATIENCE_MILLIS} ms a step, so that it gets on even then. Bulk tasks, which cannot stand still,
 * leave one core to the others where there are two. An input that nobody wants any more is dropped;
 * a batch stops when none of its inputs is wanted.
 *
 * <p>Within a lane callers take turns by what they cost, as in start-time fair queueing (Goyal, Vin
 * and Cheng, 1996): what a call puts in line is due after as much as the call has in line before
 * it, counted from what is being worked on now, so that a short text does not wait for all of a
 * long one. What a call has beyond its first {@value #EXPRESS_PIECES} pieces gives up the
 * interactive lane and goes on in the bulk one, where it counts an {@value #BULK_WEIGHT}th.
 *
 * <p>Thread-safe.
 *
 * @param <R> what becomes of an input
 */
final class DecodingQueue<R> implements AutoCloseable {

  /** Pieces of one call that go first: a screen of text. */
  private static final int EXPRESS_PIECES = 200;

  /** How much more somebody who waits for a long text gets of the bulk lane than a job. */
  private static final int BULK_WEIGHT = 8;

  private static final long PATIENCE_MILLIS = 40;

  /**
   * Interactive work counts as going on for so long after a batch: more of it may be on its way.
   */
  private static final long LULL_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

  private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

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

  private final BatchSearch<R> batchSearch;
  private final int cores;
  private final Map<Lane, DecodingLine<R>> lanes = new EnumMap<>(Lane.class);
  private final Map<Lane, Integer> running = new EnumMap<>(Lane.class);
  private final List<Thread> threads = new ArrayList<>();
  private final DecodingCounts done = new DecodingCounts();
  private int idle;
  private int activeBulk;
  private int bulkTasks;
  private long lastInteractive = System.nanoTime() - LULL_NANOS;
  private volatile boolean closed;

  /**
   * @param cores batches of one lane that run side by side
   */
  DecodingQueue(BatchSearch<R> batchSearch, int cores) {
    this.batchSearch = batchSearch;
    this.cores = cores;
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new DecodingLine<>());
      running.put(lane, 0);
    }
  }

  /**
   * Puts inputs in line, all at the same moment, so that a caller who is alone gets the same
   * batches every time.
   */
  synchronized List<CompletableFuture<R>> addAll(
      List<Input> inputs, SearchOptions search, Lane lane, Cancellation cancellation) {
    List<DecodingLine.Waiting<R>> call =
        inputs.stream()
            .map(
                input ->
                    new DecodingLine.Waiting<R>(
                        input, search, null, cancellation, new CompletableFuture<>()))
            .toList();
    add(call, lane);
    return call.stream().map(DecodingLine.Waiting::result).toList();
  }

  /** Puts tasks in line, each of which takes a thread for itself. */
  <T> List<CompletableFuture<T>> callAll(
      List<Callable<T>> tasks, Lane lane, Cancellation cancellation) {
    List<DecodingLine.Waiting<R>> call = new ArrayList<>();
    List<CompletableFuture<T>> results = new ArrayList<>();
    for (Callable<T> task : tasks) {
      CompletableFuture<T> result = new CompletableFuture<>();
      Runnable run =
          () -> {
            try {
              result.complete(task.call());
            } catch (Exception | Error e) {
              result.completeExceptionally(e);
            }
          };
      CompletableFuture<R> turn = new CompletableFuture<>();
      call.add(new DecodingLine.Waiting<>(null, null, run, cancellation, turn));
      // A turn ends when the task has; it fails if the task was dropped.
      results.add(turn.thenCompose(nothing -> result));
    }
    add(call, lane);
    return results;
  }

  private synchronized void add(List<DecodingLine.Waiting<R>> call, Lane lane) {
    if (closed) {
      throw new IllegalStateException("the translator is closed");
    }
    long before = 0;
    for (DecodingLine.Waiting<R> waiting : call) {
      if (lane == Lane.BULK) {
        lanes.get(lane).add(before, waiting);
      } else if (before < EXPRESS_PIECES) {
        lanes.get(lane).add(before, waiting);
      } else {
        lanes.get(Lane.BULK).add((before - EXPRESS_PIECES) / BULK_WEIGHT, waiting);
      }
      before += waiting.pieces();
      begin();
    }
    notifyAll();
  }

  private void begin() {
    // Each lane may have all cores; threads are started when first needed.
    if (idle < waiting() && threads.size() < cores * Lane.values().length) {
      Thread thread = new Thread(this::work, "verso-decoder-" + (threads.size() + 1));
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private int waiting() {
    return lanes.values().stream().mapToInt(DecodingLine::size).sum();
  }

  /** Inputs of a lane that wait. */
  synchronized int waiting(Lane lane) {
    return lanes.get(lane).size();
  }

  /** What was done so far. */
  DecodingCounts done() {
    return done;
  }

  private void work() {
    while (true) {
      Lane lane;
      List<DecodingLine.Waiting<R>> batch;
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
        batch = lanes.get(lane).takeBatch();
        running.merge(lane, 1, Integer::sum);
        activeBulk += lane == Lane.BULK ? 1 : 0;
        bulkTasks += isBulkTask(batch, lane) ? 1 : 0;
      }
      try {
        if (!batch.isEmpty()) {
          run(batch, lane);
        }
      } finally {
        synchronized (this) {
          running.merge(lane, -1, Integer::sum);
          lastInteractive = lane == Lane.INTERACTIVE ? System.nanoTime() : lastInteractive;
          activeBulk -= lane == Lane.BULK ? 1 : 0;
          bulkTasks -= isBulkTask(batch, lane) ? 1 : 0;
          notifyAll();
        }
      }
    }
  }

  private static <R> boolean isBulkTask(List<DecodingLine.Waiting<R>> batch, Lane lane) {
    return lane == Lane.BULK && !batch.isEmpty() && batch.get(0).task() != null;
  }

  private Lane next() {
    for (Lane lane : Lane.values()) {
      DecodingLine<R> line = lanes.get(lane);
      if (!line.isEmpty()
          && running.get(lane) < cores
          && !(lane == Lane.BULK && line.beginsWithTask() && bulkTasks >= coresForBulkTasks())) {
        return lane;
      }
    }
    return null;
  }

  /** A search stands still between its steps, a task has none: it must not take the last core. */
  private int coresForBulkTasks() {
    return Math.max(1, cores - 1);
  }

  private void run(List<DecodingLine.Waiting<R>> batch, Lane lane) {
    Cancellation shared =
        () -> {
          if (lane == Lane.BULK) {
            makeWay();
          }
          return closed || batch.stream().allMatch(waiting -> waiting.cancellation().requested());
        };
    try {
      DecodingLine.Waiting<R> head = batch.get(0);
      if (head.task() != null) {
        shared.check();
        long began = System.nanoTime();
        head.task().run();
        done.tasks.incrementAndGet();
        head.result().complete(null);
        if (lane == Lane.BULK) {
          rest(System.nanoTime() - began);
        }
        return;
      }
      List<R> results =
          batchSearch.search(
              batch.stream().map(DecodingLine.Waiting::input).toList(), head.search(), shared);
      done.batches.incrementAndGet();
      done.inputs.addAndGet(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result().complete(results.get(i));
      }
    } catch (Exception | Error e) {
      batch.forEach(waiting -> waiting.result().completeExceptionally(e));
    }
  }

  private synchronized void rest(long nanos) {
    activeBulk--;
    try {
      giveWay(Math.min(nanos, LONGEST_REST_NANOS));
    } finally {
      activeBulk++;
    }
  }

  /** Stands still while interactive work goes on, for at most so many nanoseconds. */
  synchronized void giveWay(long nanos) {
    long until = System.nanoTime() + nanos;
    try {
      while (!closed) {
        long now = System.nanoTime();
        long left = until - now;
        if (running.get(Lane.INTERACTIVE) == 0) {
          left = Math.min(left, lastInteractive + LULL_NANOS - now);
        }
        if (left <= 0) {
          return;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
      for (DecodingLine<R> lane : lanes.values()) {
        lane.clear("the translator was closed");
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
