package dev.verso.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads plain text: blank lines separate blocks; a single line break is a space where the text
 * looks hard-wrapped, else it separates sentences. List items, quoted lines ({@code >}), lines that
 * are boilerplate, a title above its text and lines as long as paragraphs are separate blocks.
 *
 * <p>Immutable and thread-safe.
 */
public final class PlainTextReader implements DocumentReader {

  /** A line this long is a paragraph whatever surrounds it. */
  private static final int PARAGRAPH_LINE = 120;

  private final SentenceSegmenter segmenter;

  /** A reader that splits sentences by the rules of {@code language}. */
  public PlainTextReader(Language language) {
    this.segmenter = SentenceSegmenter.of(language);
  }

  @Override
  public Document read(DecodedInput input, Cancellation cancellation) {
    String text = input.text();
    List<DocumentDraft> drafts = new ArrayList<>();
    List<TextSpan> group = new ArrayList<>();
    for (TextSpan line : TextLines.of(text)) {
      cancellation.check();
      TextSpan span = Space.trim(text, line.start(), line.end());
      if (!span.isEmpty()) {
        group.add(span);
      } else if (!group.isEmpty()) {
        drafts.addAll(drafts(text, group, cancellation));
        group.clear();
      }
    }
    if (!group.isEmpty()) {
      drafts.addAll(drafts(text, group, cancellation));
    }
    List<BlockKind> kinds = BlockClassifier.classify(drafts, cancellation);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      blocks.add(drafts.get(i).block(kinds.get(i), segmenter, cancellation));
    }
    return new Document(
        input.name(), input.sha256(), input.encoding(), text, PlainMetadata.of(blocks), blocks);
  }

  /** The blocks of consecutive lines. */
  private static List<DocumentDraft> drafts(
      String text, List<TextSpan> group, Cancellation cancellation) {
    List<TextSpan> lines = LineWrapping.join(text, group);
    List<DocumentDraft> drafts = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= lines.size(); i++) {
      cancellation.check();
      if (i == lines.size() || parts(text, lines, i)) {
        drafts.add(draft(text, lines.subList(first, i)));
        first = i;
      }
    }
    return drafts;
  }

  /** Whether line {@code i} begins a new block. */
  private static boolean parts(String text, List<TextSpan> lines, int i) {
    TextSpan line = lines.get(i);
    TextSpan before = lines.get(i - 1);
    if (isQuoted(text, before) && isQuoted(text, line)) {
      return false;
    }
    return isOwnBlock(text, line)
        || isOwnBlock(text, before)
        || (i == 1 && !Marks.endsWithStop(before.of(text)) && Marks.endsWithStop(line.of(text)));
  }

  private static boolean isOwnBlock(String text, TextSpan line) {
    return line.length() >= PARAGRAPH_LINE
        || isQuoted(text, line)
        || ListMarker.length(text, line) > 0
        || BoilerplateCues.cues().match(line.of(text)).isPresent();
  }

  private static boolean isQuoted(String text, TextSpan line) {
    return text.charAt(line.start()) == '>';
  }

  private static DocumentDraft draft(String text, List<TextSpan> lines) {
    TextSpan span = lines.get(0).union(lines.get(lines.size() - 1));
    BlockKind hint = null;
    if (isQuoted(text, span)) {
      hint = BlockKind.QUOTE;
    } else if (ListMarker.length(text, lines.get(0)) > 0 && text.charAt(span.start()) != '—') {
      hint = BlockKind.LIST_ITEM;
    }
    List<TextSpan> inside = lines.stream().map(line -> line.shift(-span.start())).toList();
    return new DocumentDraft(
        span.of(text), SpanMap.identity(span.start(), span.length()), inside, hint, false);
  }
}
