package dev.verso.translation;

import dev.verso.decoding.SearchOptions;
import dev.verso.text.Cancellation;
import dev.verso.translation.DecodingQueue.Input;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * The line of a lane: by when each is due, then by when it came. Batches are made of the one that
 * waits longest and those nearest to it in length.
 *
 * <p>Not thread-safe: the {@link DecodingQueue} guards it.
 *
 * @param <R> what becomes of an input
 */
final class DecodingLine<R> {

  private static final int BATCH_SENTENCES = 8;
  private static final int BATCH_PIECES = 600;

  /** How many of those waiting are looked at for a batch. */
  private static final int WINDOW = 512;

  /** What a task counts, in pieces. */
  private static final int TASK_PIECES = 50;

  /** One input that waits, or a task that takes a thread for itself. */
  record Waiting<R>(
      Input input,
      SearchOptions search,
      Runnable task,
      Cancellation cancellation,
      CompletableFuture<R> result) {

    int pieces() {
      return input == null ? TASK_PIECES : input.pieces();
    }

    /** Drops it. */
    void drop(String reason) {
      result.completeExceptionally(new CancellationException(reason));
    }
  }

  private record Place(long due, long number) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return due != other.due ? Long.compare(due, other.due) : Long.compare(number, other.number);
    }
  }

  private final NavigableMap<Place, Waiting<R>> places = new TreeMap<>();
  private long now;
  private long number;

  /**
   * Puts one in line.
   *
   * @param after how many pieces of its call are in line before it
   */
  void add(long after, Waiting<R> waiting) {
    places.put(new Place(now + after, number++), waiting);
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  int size() {
    return places.size();
  }

  /** Whether a task is next. */
  boolean beginsWithTask() {
    return !places.isEmpty() && places.firstEntry().getValue().task != null;
  }

  private Collection<Waiting<R>> all() {
    return places.values();
  }

  /** Drops all. */
  void clear(String reason) {
    all().forEach(waiting -> waiting.drop(reason));
    places.clear();
  }

  /** Whoever waits longest for the turn; time has come to when it was due. */
  private Waiting<R> takeFirst() {
    Map.Entry<Place, Waiting<R>> first = places.pollFirstEntry();
    now = Math.max(now, first.getKey().due);
    return first.getValue();
  }

  private void removeAll(Set<Waiting<R>> taken) {
    int left = taken.size();
    for (Iterator<Waiting<R>> all = all().iterator(); left > 0 && all.hasNext(); ) {
      if (taken.contains(all.next())) {
        all.remove();
        left--;
      }
    }
  }

  /** The one that waits longest, with those nearest to it in length; none if all were dropped. */
  List<Waiting<R>> takeBatch() {
    Waiting<R> head = takeFirst();
    while (head.cancellation.requested()) {
      head.drop("cancelled");
      if (isEmpty()) {
        return List.of();
      }
      head = takeFirst();
    }
    if (head.task != null) {
      return List.of(head);
    }
    List<Waiting<R>> alike = new ArrayList<>();
    Iterator<Waiting<R>> all = all().iterator();
    for (int i = 0; all.hasNext() && i < WINDOW; i++) {
      Waiting<R> waiting = all.next();
      if (waiting.cancellation.requested()) {
        waiting.drop("cancelled");
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
    removeAll(taken);
    return batch;
  }
}
