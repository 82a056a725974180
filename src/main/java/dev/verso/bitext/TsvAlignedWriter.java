package dev.verso.bitext;

import dev.verso.text.Segment;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints one bead a line, six columns separated by tabs, under a header line: type, posterior (4
 * decimals), source spans and target spans ({@code start-end}, one for each sentence, separated by
 * spaces), source text, target text. Null beads have an empty text and no spans. Texts are escaped
 * as in {@link TsvBitextWriter}.
 */
public final class TsvAlignedWriter implements AlignedDocumentsWriter {

  private static final String HEADER =
      "type\tposterior\tsource_spans\ttarget_spans\tsource\ttarget\n";

  @Override
  public void write(AlignedDocuments documents, Writer out) throws IOException {
    out.write(HEADER);
    for (AlignedBead bead : documents.beads()) {
      out.write(
          String.format(
              Locale.ROOT,
              "%s\t%.4f\t%s\t%s\t",
              bead.type(),
              bead.posterior(),
              spans(bead.source()),
              spans(bead.target())));
      TsvBitextWriter.escape(bead.sourceText(), out);
      out.write('\t');
      TsvBitextWriter.escape(bead.targetText(), out);
      out.write('\n');
    }
  }

  /** Spans as {@code start-end}, separated by spaces. */
  static String spans(List<Segment> segments) {
    return segments.stream()
        .map(segment -> segment.span().start() + "-" + segment.span().end())
        .collect(Collectors.joining(" "));
  }
}
