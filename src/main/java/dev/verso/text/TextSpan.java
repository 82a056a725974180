package dev.verso.text;

/**
 * A half-open range {@code [start, end)} of UTF-16 code units in some text.
 *
 * <p>Worked example: in {@code "Bonjour, Zoé."} the span {@code [9, 12)} is {@code "Zoé"}; {@code
 * [12, 12)} is the empty position before the full stop. A character outside the Basic Multilingual
 * Plane counts as two units, as in Java's and JavaScript's strings (and unlike Python's).
 *
 * @param start first unit of the range, at least 0
 * @param end unit after the last, at least {@code start}
 */
public record TextSpan(int start, int end) implements Comparable<TextSpan> {

  /**
   * @throws IllegalArgumentException if {@code start < 0} or {@code end < start}
   */
  public TextSpan {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a span: [" + start + ", " + end + ")");
    }
  }

  /** Number of UTF-16 units, 0 for an empty span. */
  public int length() {
    return end - start;
  }

  /** Whether the range contains no units. */
  public boolean isEmpty() {
    return start == end;
  }

  /**
   * The units of {@code text} that this span covers.
   *
   * @throws IndexOutOfBoundsException if the span ends after the text
   */
  public String of(CharSequence text) {
    return text.subSequence(start, end).toString();
  }

  /** The same range counted from an origin {@code offset} units earlier. */
  public TextSpan shift(int offset) {
    return new TextSpan(start + offset, end + offset);
  }

  /** Whether every unit of {@code other} is in this span. */
  public boolean contains(TextSpan other) {
    return start <= other.start && other.end <= end;
  }

  /** Whether both spans share at least one unit; an empty span overlaps nothing. */
  public boolean overlaps(TextSpan other) {
    return Math.max(start, other.start) < Math.min(end, other.end);
  }

  /** The smallest span that contains both. */
  public TextSpan union(TextSpan other) {
    return new TextSpan(Math.min(start, other.start), Math.max(end, other.end));
  }

  /** By start, then by end. */
  @Override
  public int compareTo(TextSpan other) {
    int byStart = Integer.compare(start, other.start);
    return byStart != 0 ? byStart : Integer.compare(end, other.end);
  }

  @Override
  public String toString() {
    return "[" + start + ", " + end + ")";
  }
}
