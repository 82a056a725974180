package dev.verso.text;

import java.util.List;
import java.util.Objects;

/**
 * One sentence of a {@link Document}: the smallest raw range that contains it, and its text.
 *
 * <p>In plain text {@code text} is the raw range itself, line breaks included. In markup it is the
 * range without tags and with entities decoded; {@code map} leads each unit back.
 *
 * @param span raw range in the document's text
 * @param text the text as read, never empty, without space at either end
 * @param map from {@code text} back to the document's text
 * @param kept ranges of {@code text} that its author exempts from translation, such as code, in
 *     order, disjoint; mostly empty
 */
public record Segment(TextSpan span, String text, SpanMap map, List<TextSpan> kept) {

  /** One of which nothing is exempt. */
  public Segment(TextSpan span, String text, SpanMap map) {
    this(span, text, map, List.of());
  }

  /**
   * @throws IllegalArgumentException if the text is blank or the map does not fit it
   */
  public Segment {
    Objects.requireNonNull(span);
    kept = List.copyOf(kept);
    if (text.isBlank()) {
      throw new IllegalArgumentException("a segment needs text: " + span);
    }
    if (map.length() != text.length()) {
      throw new IllegalArgumentException("a map of " + map + " for " + text.length() + " units");
    }
    TextSpan raw = map.toRaw(new TextSpan(0, text.length()));
    if (!raw.equals(span)) {
      throw new IllegalArgumentException("the text is at " + raw + ", not at " + span);
    }
  }

  /** The segment that {@code span} of plain text {@code input} is. */
  public static Segment plain(String input, TextSpan span) {
    return new Segment(span, span.of(input), SpanMap.identity(span.start(), span.length()));
  }

  /** The raw range that {@code range} of this segment's text came from. */
  public TextSpan toRaw(TextSpan range) {
    return map.toRaw(range);
  }
}
