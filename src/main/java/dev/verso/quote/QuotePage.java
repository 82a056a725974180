package dev.verso.quote;

import dev.verso.bitext.MarkedText;
import dev.verso.bitext.PageTemplate;
import dev.verso.quote.attribution.SpeakerEvidence;
import dev.verso.text.Block;
import dev.verso.text.BlockKind;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Prints a text with its quotes marked, and beside it who says what. Stateless. */
final class QuotePage {

  private static final PageTemplate TEMPLATE = PageTemplate.report("quotes");

  private QuotePage() {}

  private record Page(String summary, List<Paragraph> blocks, List<Listed> quotes) {}

  private record Paragraph(String kind, String element, List<Sentence> sentences) {}

  /**
   * A sentence.
   *
   * @param anchors the numbers of the quotes that begin in it
   */
  private record Sentence(List<Integer> anchors, List<MarkedText.Piece> pieces) {}

  private record Listed(
      int number,
      String speaker,
      boolean named,
      boolean guessed,
      String type,
      boolean negated,
      String cue,
      String words,
      List<String> repaired) {}

  static void write(Document document, QuoteReport report, Writer out) throws IOException {
    List<Quote> quotes = report.quotes();
    List<TextSpan> quoted = quotes.stream().flatMap(quote -> quote.content().stream()).toList();
    List<Paragraph> blocks = new ArrayList<>();
    for (Block block : document.blocks()) {
      List<Sentence> sentences = new ArrayList<>();
      for (Segment segment : block.segments()) {
        List<Integer> anchors = new ArrayList<>();
        for (int i = 0; i < quotes.size(); i++) {
          int start = quotes.get(i).extent().start();
          if (segment.span().start() <= start && start < segment.span().end()) {
            anchors.add(i + 1);
          }
        }
        sentences.add(new Sentence(anchors, MarkedText.pieces(segment, quoted)));
      }
      blocks.add(
          new Paragraph(
              block.kind().label(), block.kind() == BlockKind.TITLE ? "h2" : "p", sentences));
    }
    List<Listed> listed = new ArrayList<>();
    for (Quote quote : quotes) {
      boolean named = quote.speakerName() != null;
      listed.add(
          new Listed(
              listed.size() + 1,
              named ? oneLine(quote.speakerName()) : "no source named",
              named,
              named && quote.attribution() == SpeakerEvidence.NEIGHBOUR,
              quote.type().label(),
              quote.negated(),
              quote.cue() == null ? "" : oneLine(quote.cue().of(document.text())),
              oneLine(quote.words(document)),
              quote.repaired()));
    }
    long named = listed.stream().filter(Listed::named).count();
    String summary =
        quotes.size() + (quotes.size() == 1 ? " quote, " : " quotes, ") + named + " with a speaker";
    TEMPLATE.write(
        "Quotes in " + document.metadata().getOrDefault("title", document.name()),
        new Page(summary, blocks, listed),
        out);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
