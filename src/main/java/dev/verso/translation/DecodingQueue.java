package dev.verso.translation;

import dev.verso.decoding.RequiredPhrase;
import dev.verso.decoding.SearchOptions;
import dev.verso.model.Encoding;
import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
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

  private static final int BATCH_SENTENCES = 8;
  private static final int BATCH_PIECES = 600;

  /** How many of those waiting are looked at for a batch. */
  private static final int WINDOW = 512;

  /** Pieces of one call that go first: a screen of text. */
  private static final int EXPRESS_PIECES = 200;

  /** How much more somebody who waits for a long text gets of the bulk lane than a job. */
  private static final int BULK_WEIGHT = 8;

  /** What a task counts, in pieces. */
  private static final int TASK_PIECES = 50;

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
      CompletableFuture<R> result) {

    int pieces() {
      return input == null ? TASK_PIECES : input.pieces();
    }
  }

  /** The line of a lane: by when each is due, then by when it came. */
  private static final class Line<R> {
    private record Place(long due, long number) implements Comparable<Place> {
      @Override
      public int compareTo(Place other) {
        return due != other.due ? Long.compare(due, other.due) : Long.compare(number, other.number);
      }
    }

    private final NavigableMap<Place, Waiting<R>> places = new TreeMap<>();
    private long now;
    private long number;

    void add(long after, Waiting<R> waiting) {
      places.put(new Place(now + after, number++), waiting);
    }

    boolean isEmpty() {
      return places.isEmpty();
    }

    int size() {
      return places.size();
    }

    Collection<Waiting<R>> all() {
      return places.values();
    }

    /** Whoever waits longest for the turn; time has come to when it was due. */
    Waiting<R> takeFirst() {
      Map.Entry<Place, Waiting<R>> first = places.pollFirstEntry();
      now = Math.max(now, first.getKey().due);
      return first.getValue();
    }

    void removeAll(Set<Waiting<R>> taken) {
      int left = taken.size();
      for (Iterator<Waiting<R>> all = all().iterator(); left > 0 && all.hasNext(); ) {
        if (taken.contains(all.next())) {
          all.remove();
          left--;
        }
      }
    }
  }

  private final BatchSearch<R> batchSearch;
  private final int cores;
  private final Map<Lane, Line<R>> lanes = new EnumMap<>(Lane.class);
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
      lanes.put(lane, new Line<>());
      running.put(lane, 0);
    }
  }

  /**
   * Puts inputs in line, all at the same moment, so that a caller who is alone gets the same
   * batches every time.
   */
  synchronized List<CompletableFuture<R>> addAll(
      List<Input> inputs, SearchOptions search, Lane lane, Cancellation cancellation) {
    List<Waiting<R>> call =
        inputs.stream()
            .map(
                input ->
                    new Waiting<R>(input, search, null, cancellation, new CompletableFuture<>()))
            .toList();
    add(call, lane);
    return call.stream().map(Waiting::result).toList();
  }

  /** Puts tasks in line, each of which takes a thread for itself. */
  <T> List<CompletableFuture<T>> callAll(
      List<Callable<T>> tasks, Lane lane, Cancellation cancellation) {
    List<Waiting<R>> call = new ArrayList<>();
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
      call.add(new Waiting<>(null, null, run, cancellation, turn));
      // A turn ends when the task has; it fails if the task was dropped.
      results.add(turn.thenCompose(nothing -> result));
    }
    add(call, lane);
    return results;
  }

  private synchronized void add(List<Waiting<R>> call, Lane lane) {
    if (closed) {
      throw new IllegalStateException("the translator is closed");
    }
    long before = 0;
    for (Waiting<R> waiting : call) {
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
    return lanes.values().stream().mapToInt(Line::size).sum();
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
  private static <R> List<Waiting<R>> take(Line<R> lane) {
    Waiting<R> head = lane.takeFirst();
    while (head.cancellation.requested()) {
      head.result.completeExceptionally(new CancellationException("cancelled"));
      if (lane.isEmpty()) {
        return List.of();
      }
      head = lane.takeFirst();
    }
    if (head.task != null) {
      return List.of(head);
    }
    List<Waiting<R>> alike = new ArrayList<>();
    Iterator<Waiting<R>> all = lane.all().iterator();
    for (int i = 0; all.hasNext() && i < WINDOW; i++) {
      Waiting<R> waiting = all.next();
      if (waiting.cancellation.requested()) {
        waiting.result.completeExceptionally(new CancellationException("cancelled"));
        all.remove();
      } else if (waiting.task == null && waiting.search.equals(head.search)) {
        alike.add(waiting);
      }
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
    Set<Waiting<R>> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    taken.addAll(batch.subList(1, batch.size()));
    lane.removeAll(taken);
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
      for (Line<R> lane : lanes.values()) {
        lane.all()
            .forEach(
                waiting ->
                    waiting.result.completeExceptionally(
                        new CancellationException("the translator was closed")));
        lane.all().clear();
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
