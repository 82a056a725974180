package dev.verso.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A block of a document before its kind and its sentences are known.
 *
 * @param text its text as rendered; {@code '\n'} between lines that are not running text
 * @param map from the text to the document's text
 * @param lines ranges of the text that no sentence crosses, in order, spaces trimmed, none empty
 * @param hint the kind that the markup gives it, null if it gives none
 * @param certain whether the markup also assigns it to the article, so that only a cue can overrule
 *     it
 * @param kept ranges of the text that its author exempts from translation, in order, disjoint
 */
record DocumentDraft(
    String text,
    SpanMap map,
    List<TextSpan> lines,
    BlockKind hint,
    boolean certain,
    List<TextSpan> kept) {

  /** One of which nothing is exempt. */
  DocumentDraft(String text, SpanMap map, List<TextSpan> lines, BlockKind hint, boolean certain) {
    this(text, map, lines, hint, certain, List.of());
  }

  DocumentDraft {
    Objects.requireNonNull(text);
    Objects.requireNonNull(map);
    lines = List.copyOf(lines);
  }

  /** Whether it ends in a full stop or another mark that ends sentences. */
  boolean endsWithStop() {
    return Marks.endsWithStop(text);
  }

  /** Its sentences as a block. */
  Block block(BlockKind kind, SentenceSegmenter segmenter, Cancellation cancellation) {
    List<Segment> segments = new ArrayList<>();
    for (TextSpan line : lines) {
      for (TextSpan sentence : segmenter.segment(text, line, cancellation)) {
        cancellation.check();
        SpanMap part = map.slice(sentence);
        segments.add(
            new Segment(
                part.toRaw(new TextSpan(0, part.length())),
                sentence.of(text),
                part,
                keptIn(sentence)));
      }
    }
    return Block.of(kind, segments);
  }

  private List<TextSpan> keptIn(TextSpan sentence) {
    return kept.stream()
        .filter(sentence::overlaps)
        .map(
            range ->
                new TextSpan(
                        Math.max(range.start(), sentence.start()),
                        Math.min(range.end(), sentence.end()))
                    .shift(-sentence.start()))
        .toList();
  }
}
