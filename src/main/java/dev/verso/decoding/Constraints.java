package dev.verso.decoding;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a translation has to be like.
 *
 * @param phrases what it must contain
 * @param beginnings pieces, with one of which it must begin; none if it may begin anyhow
 * @param notNext pieces that must not follow a beginning: what would continue its last word
 */
public record Constraints(
    List<RequiredPhrase> phrases, List<List<Integer>> beginnings, Set<Integer> notNext) {

  /** Of a translation that may be anything. */
  public static final Constraints NONE = new Constraints(List.of(), List.of(), Set.of());

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a beginning is empty
   */
  public Constraints {
    phrases = List.copyOf(phrases);
    beginnings = beginnings.stream().map(List::copyOf).toList();
    notNext = Set.copyOf(notNext);
    if (beginnings.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a beginning needs pieces: " + beginnings);
    }
  }

  /** Phrases, and any beginning. */
  public static Constraints of(List<RequiredPhrase> phrases) {
    return phrases.isEmpty() ? NONE : new Constraints(phrases, List.of(), Set.of());
  }

  /** The pieces that may follow these on the way to a beginning; none if any may. */
  Set<Integer> next(List<Integer> ids) {
    Set<Integer> next = new LinkedHashSet<>();
    int length = ids.size();
    for (List<Integer> beginning : beginnings) {
      if (beginning.size() >= length && beginning.subList(0, length).equals(ids)) {
        if (beginning.size() == length) {
          return Set.of();
        }
        next.add(beginning.get(length));
      }
    }
    return next;
  }

  /** Whether a piece may follow these. */
  boolean allows(List<Integer> ids, int piece) {
    return !notNext.contains(piece) || !beginnings.contains(ids);
  }

  /** What the phrases may add to the usual length, in pieces. */
  int pieces() {
    return phrases.stream().mapToInt(phrase -> phrase.forms().get(0).size()).sum();
  }
}
