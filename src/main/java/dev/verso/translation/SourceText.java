package dev.verso.translation;

import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A text to translate.
 *
 * @param text the text, a sentence or so
 * @param kept ranges that its author exempts from translation, in order, disjoint
 */
record SourceText(String text, List<TextSpan> kept) {

  /** Copies the ranges. */
  SourceText {
    kept = List.copyOf(kept);
  }

  /** One of which nothing is exempt. */
  static SourceText of(String text) {
    return new SourceText(text, List.of());
  }

  /** A segment's. */
  static SourceText of(Segment segment) {
    return new SourceText(segment.text(), segment.kept());
  }

  /** The same with another text of the same length. */
  SourceText with(String other) {
    return new SourceText(other, kept);
  }

  /** All ranges that come through unchanged, in order, disjoint; see {@link ProtectedText}. */
  List<TextSpan> shielded() {
    List<TextSpan> found = ProtectedText.find(text);
    if (kept.isEmpty()) {
      return found;
    }
    List<TextSpan> all = new ArrayList<>(kept);
    found.stream().filter(one -> kept.stream().noneMatch(one::overlaps)).forEach(all::add);
    all.sort(Comparator.comparingInt(TextSpan::start));
    return all;
  }
}
