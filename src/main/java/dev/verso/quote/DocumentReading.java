package dev.verso.quote;

import dev.verso.quote.mark.QuotationMarks;
import dev.verso.text.Block;
import dev.verso.text.BlockKind;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The article of a document as one text, each paragraph a line with an empty line behind it, and
 * where each of its characters stands in the input. What the page sets off as a quotation, in a
 * block or in a {@code q} element, gets quotation marks here that the input does not have.
 */
final class DocumentReading {

  private static final int LABEL = 40; // units of a label that opens a turn
  private static final int FOOTER = 80; // units of the line that tells whose a block quote is

  private final Document document;
  private final String raw;
  private final StringBuilder reading = new StringBuilder();
  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private int rawEnd; // where the last character read ends in the input

  private DocumentReading(Document document) {
    this.document = document;
    this.raw = document.text();
  }

  /** Reads {@code document}; boilerplate is left out unless it is a turn of an interview. */
  static DocumentReading of(Document document, Cancellation cancellation) {
    DocumentReading reading = new DocumentReading(document);
    List<Block> blocks = reading.blocks();
    for (int b = 0; b < blocks.size(); b++) {
      Block next = b + 1 < blocks.size() ? blocks.get(b + 1) : null;
      reading.block(b == 0 ? null : blocks.get(b - 1), blocks.get(b), next, cancellation);
    }
    return reading;
  }

  /** The text to read. */
  String text() {
    return reading.toString();
  }

  /** Where words of {@link #text()} stand in the input. */
  TextSpan map(TextSpan span) {
    return span == null ? null : new TextSpan(starts[span.start()], ends[span.end() - 1]);
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    List<Block> all = document.blocks();
    for (int b = 0; b < all.size(); b++) {
      Block block = all.get(b);
      if (block.segments().isEmpty()) {
        continue;
      }
      if (block.isContent() || isTurn(all, b)) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  /** Whether a line taken for the page's is a question or opens with a name the article has. */
  private boolean isTurn(List<Block> all, int b) {
    if (all.get(b).kind() != BlockKind.BOILERPLATE || b == 0) {
      return false;
    }
    Segment first = all.get(b).segments().get(0);
    Segment last = all.get(b).segments().get(all.get(b).segments().size() - 1);
    if (last.text().endsWith("?") && b + 1 < all.size() && all.get(b - 1).isContent()) {
      return true;
    }
    int colon = first.text().indexOf(':');
    if (colon <= 1 || colon > LABEL || !Character.isUpperCase(first.text().charAt(0))) {
      return false;
    }
    while (QuotationMarks.isSpace(first.text().charAt(colon - 1)) && colon > 1) {
      colon--;
    }
    String label = first.text().substring(0, colon);
    return all.get(0).segments().stream().anyMatch(segment -> segment.text().contains(label));
  }

  private void block(Block before, Block block, Block next, Cancellation cancellation) {
    boolean quoted = block.kind() == BlockKind.QUOTE && !isFooter(block) && !isMarked(block);
    boolean opens = quoted && !isSameQuote(before, block);
    boolean closes = quoted && !isSameQuote(block, next);
    if (quoted) {
      append('«', block.span().start(), block.span().start());
    } else if (isFooter(block) && before != null && before.kind() == BlockKind.QUOTE) {
      append('–', block.span().start(), block.span().start());
      append(' ', block.span().start(), block.span().start());
    }
    rawEnd = opens || before == null ? block.span().start() : rawEnd;
    for (int s = 0; s < block.segments().size(); s++) {
      cancellation.check();
      Segment segment = block.segments().get(s);
      segment(segment, block.kind() == BlockKind.QUOTE && isFooter(block));
      boolean last = s + 1 == block.segments().size();
      if (!last) {
        boolean broken = hasBreak(segment.span().end(), block.segments().get(s + 1));
        append(broken ? '\n' : ' ', segment.span().end(), segment.span().end());
      }
    }
    int end = block.span().end();
    closeElement(end, next == null ? raw.length() : next.span().start());
    if (closes) {
      append('»', end, end);
    }
    boolean footed = quoted && next != null && next.kind() == BlockKind.QUOTE && isFooter(next);
    append(footed ? ' ' : '\n', end, end);
    if (!footed && (next == null || !isOneLineOn(end, next.span().start()))) {
      append('\n', end, end);
    }
  }

  private void segment(Segment segment, boolean footer) {
    int from = footer ? withoutDash(segment.text()) : 0;
    for (int i = from; i < segment.text().length(); i++) {
      char c = segment.text().charAt(i);
      TextSpan span = segment.toRaw(new TextSpan(i, i + 1));
      if (span.start() > rawEnd) {
        element(rawEnd, span.start());
      }
      append(QuotationMarks.isBreak(c) ? ' ' : c, span.start(), span.end());
      rawEnd = Math.max(rawEnd, span.end());
    }
  }

  private static int withoutDash(String text) {
    int i = 0;
    while (i < text.length() && ("-–— ".indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    return i;
  }

  /** Marks for the {@code q} tags of the markup between two characters. */
  private void element(int from, int to) {
    for (int i = raw.indexOf('<', from); i >= 0 && i < to; i = raw.indexOf('<', i + 1)) {
      if (raw.startsWith("<q>", i) || raw.startsWith("<q ", i)) {
        append('«', to, to);
      } else if (raw.startsWith("</q>", i)) {
        append('»', from, from);
      }
    }
  }

  private void closeElement(int from, int to) {
    int tag = raw.indexOf("</q>", Math.max(0, rawEnd));
    if (tag >= 0 && tag < to && raw.substring(rawEnd, tag).isBlank()) {
      append('»', from, from);
      rawEnd = tag;
    }
  }

  /** "Jeanne Labrousse, riveraine" or "— Alain Mercadier (@…)" under a block quote. */
  private static boolean isFooter(Block block) {
    if (block.kind() != BlockKind.QUOTE || block.segments().size() != 1) {
      return false;
    }
    String text = block.segments().get(0).text();
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    boolean dash = "–—".indexOf(first) >= 0;
    boolean stopped = text.endsWith(".") || text.endsWith("!") || text.endsWith("?");
    boolean name = Character.isUpperCase(first) && text.indexOf(' ') > 0 && !stopped;
    return text.length() <= FOOTER && (dash || name);
  }

  private static boolean isMarked(Block block) {
    String text = block.segments().get(0).text();
    return !text.isEmpty() && "«“\"".indexOf(text.charAt(0)) >= 0;
  }

  /** Whether two blocks are paragraphs of one quotation. */
  private boolean isSameQuote(Block one, Block other) {
    return one != null
        && other != null
        && one.kind() == BlockKind.QUOTE
        && other.kind() == BlockKind.QUOTE
        && !isFooter(one)
        && !isFooter(other)
        && !raw.substring(one.span().end(), other.span().start()).contains("blockquote");
  }

  /** Whether nothing but one line's end stands between two blocks: no paragraph ends there. */
  private boolean isOneLineOn(int from, int to) {
    int breaks = 0;
    for (int i = from; i < to; i++) {
      if (!QuotationMarks.isSpace(raw.charAt(i))) {
        return false;
      }
      breaks += raw.charAt(i) == '\n' ? 1 : 0;
    }
    return breaks <= 1;
  }

  private boolean hasBreak(int from, Segment next) {
    for (int i = from; i < next.span().start(); i++) {
      if (QuotationMarks.isBreak(raw.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private void append(char c, int start, int end) {
    if (reading.length() == starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
      ends = Arrays.copyOf(ends, starts.length);
    }
    starts[reading.length()] = start;
    ends[reading.length()] = end;
    reading.append(c);
  }
}
