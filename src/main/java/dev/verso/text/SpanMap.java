package dev.verso.text;

import java.util.Arrays;

/**
 * Leads from the text of a {@link Segment} back to the raw input it was read from.
 *
 * <p>Unit {@code i} of the text stands for the raw range {@code [starts[i], ends[i])}. For plain
 * text that is one unit of the input; in markup an entity makes the raw range longer and a tag
 * leaves a gap. Worked example: if the raw input is {@code <i>Le</i> <b>chat</b>} and the text
 * {@code "Le chat"}, unit 0 is raw {@code [3, 4)}, unit 3 ({@code c}) is raw {@code [13, 14)}, and
 * text {@code [0, 7)} is raw {@code [3, 17)}; an {@code é} written as an eight-unit entity is one
 * unit whose raw range is eight long.
 *
 * <p>Immutable and thread-safe. Space is O(n) for markup, O(1) for an identity.
 */
public final class SpanMap {

  private final int origin;
  private final int length;
  private final int[] starts; // null: unit i is raw [origin + i, origin + i + 1)
  private final int[] ends;

  private SpanMap(int origin, int length, int[] starts, int[] ends) {
    this.origin = origin;
    this.length = length;
    this.starts = starts;
    this.ends = ends;
  }

  /** The map of a text that is the raw input itself: {@code length} units from {@code origin}. */
  public static SpanMap identity(int origin, int length) {
    if (origin < 0 || length < 0) {
      throw new IllegalArgumentException("origin " + origin + ", length " + length);
    }
    return new SpanMap(origin, length, null, null);
  }

  /**
   * The map that gives unit {@code i} the raw range {@code [starts[i], ends[i])}; the arrays are
   * copied.
   *
   * @throws IllegalArgumentException if the arrays differ in length or a range ends before it
   *     starts
   */
  public static SpanMap of(int[] starts, int[] ends) {
    if (starts.length != ends.length) {
      throw new IllegalArgumentException(starts.length + " starts and " + ends.length + " ends");
    }
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] < 0 || ends[i] < starts[i] || (i > 0 && starts[i] < starts[i - 1])) {
        throw new IllegalArgumentException("raw range of unit " + i + " ends before it starts");
      }
    }
    return new SpanMap(
        starts.length == 0 ? 0 : starts[0], starts.length, starts.clone(), ends.clone());
  }

  /** Number of UTF-16 units of the text that is mapped. */
  public int length() {
    return length;
  }

  /** Whether the text is the raw range itself, unit for unit. */
  public boolean isIdentity() {
    return starts == null;
  }

  /**
   * The smallest raw range that {@code span} of the text came from; for an empty span, the empty
   * position before its unit.
   *
   * @throws IndexOutOfBoundsException if the span ends after the text
   */
  public TextSpan toRaw(TextSpan span) {
    if (span.end() > length) {
      throw new IndexOutOfBoundsException(span + " in a text of " + length);
    }
    if (starts == null) {
      return span.shift(origin);
    }
    if (span.isEmpty()) {
      int at =
          span.start() < length ? starts[span.start()] : (length == 0 ? origin : ends[length - 1]);
      return new TextSpan(at, at);
    }
    return new TextSpan(starts[span.start()], ends[span.end() - 1]);
  }

  /** The map of {@code span} of the text alone. */
  public SpanMap slice(TextSpan span) {
    if (span.end() > length) {
      throw new IndexOutOfBoundsException(span + " in a text of " + length);
    }
    if (starts == null) {
      return identity(origin + span.start(), span.length());
    }
    return of(
        Arrays.copyOfRange(starts, span.start(), span.end()),
        Arrays.copyOfRange(ends, span.start(), span.end()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpanMap that
        && length == that.length
        && (length == 0 || origin == that.origin)
        && Arrays.equals(starts, that.starts)
        && Arrays.equals(ends, that.ends);
  }

  @Override
  public int hashCode() {
    return 31 * length + origin;
  }

  @Override
  public String toString() {
    return (isIdentity() ? "identity" : "mapped") + " " + length + " units from " + origin;
  }
}
