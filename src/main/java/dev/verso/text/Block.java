package dev.verso.text;

import java.util.List;
import java.util.Objects;

/**
 * A title, paragraph, list item… of a {@link Document} with its sentences.
 *
 * @param kind what it is
 * @param span raw range in the document's text, from its first sentence's start to its last's end
 * @param segments its sentences in order, at least one, none overlapping
 */
public record Block(BlockKind kind, TextSpan span, List<Segment> segments) {

  /**
   * @throws IllegalArgumentException if there are no segments, or they are out of order or do not
   *     fill the span
   */
  public Block {
    Objects.requireNonNull(kind);
    segments = List.copyOf(segments);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("a block needs a segment: " + span);
    }
    for (int i = 1; i < segments.size(); i++) {
      if (segments.get(i).span().start() < segments.get(i - 1).span().end()) {
        throw new IllegalArgumentException("segments overlap at " + segments.get(i).span());
      }
    }
    TextSpan filled = segments.get(0).span().union(segments.get(segments.size() - 1).span());
    if (!filled.equals(span)) {
      throw new IllegalArgumentException("the segments of a block at " + span + " fill " + filled);
    }
  }

  /** The block of these segments, its span taken from them. */
  public static Block of(BlockKind kind, List<Segment> segments) {
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("a block needs a segment");
    }
    return new Block(
        kind, segments.get(0).span().union(segments.get(segments.size() - 1).span()), segments);
  }

  /** Whether the block is part of the article. */
  public boolean isContent() {
    return kind != BlockKind.BOILERPLATE;
  }
}
