package dev.verso.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a text that has one segment a line: each line that is not blank becomes a block of one. */
final class LineReader implements DocumentReader {

  @Override
  public Document read(DecodedInput input, Cancellation cancellation) {
    String text = input.text();
    List<Block> blocks = new ArrayList<>();
    for (TextSpan line : TextLines.of(text)) {
      cancellation.check();
      TextSpan span = Space.trim(text, line.start(), line.end());
      if (!span.isEmpty()) {
        blocks.add(Block.of(BlockKind.PARAGRAPH, List.of(Segment.plain(text, span))));
      }
    }
    return new Document(input.name(), input.sha256(), input.encoding(), text, Map.of(), blocks);
  }
}
