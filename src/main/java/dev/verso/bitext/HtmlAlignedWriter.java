package dev.verso.bitext;

import dev.verso.bitext.SideBySidePage.Detail;
import dev.verso.bitext.SideBySidePage.Label;
import dev.verso.bitext.SideBySidePage.Legend;
import dev.verso.bitext.SideBySidePage.Note;
import dev.verso.bitext.SideBySidePage.Part;
import dev.verso.bitext.SideBySidePage.Row;
import dev.verso.bitext.SideBySidePage.Sentence;
import dev.verso.text.Block;
import dev.verso.text.BlockKind;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints the same self-contained page as {@link HtmlBitextWriter} of two existing texts: a bead a
 * row, source left, target right, with its word links; beads under a posterior of one half are
 * underlined, and what has no counterpart says so.
 *
 * <p>The sentences of bead {@code n}, counted from 1, have the ids {@code sn} and {@code tn}.
 */
public final class HtmlAlignedWriter implements AlignedDocumentsWriter {

  private static final double DOUBTFUL = 0.5;

  @Override
  public void write(AlignedDocuments documents, Writer out) throws IOException {
    List<AlignedBead> beads = documents.beads();
    long low = beads.stream().filter(bead -> bead.posterior() < DOUBTFUL).count();
    String score = String.format(Locale.ROOT, "%.2f", documents.documentScore());
    List<Detail> details = new ArrayList<>();
    about("Left", documents.source(), details);
    about("Right", documents.target(), details);
    details.add(new Detail("Share of both texts that corresponds", score));
    Map<Integer, BlockKind> kinds = kinds(documents.source());
    new SideBySidePage(
            documents.source().name() + " | " + documents.target().name(),
            "",
            "",
            "",
            new Label(
                "",
                "Two existing texts, aligned sentence by sentence by a machine. Share of both that"
                    + " corresponds: "
                    + score
                    + "."),
            details,
            List.of(),
            new Legend(
                String.format(
                    Locale.ROOT,
                    "sentences whose correspondence is less than likely (%d of %d rows)",
                    low,
                    beads.size()),
                false,
                false),
            name(documents.sourceLanguage()) + " · " + documents.source().name(),
            name(documents.targetLanguage()) + " · " + documents.target().name(),
            List.of(new Part("", rows(documents, kinds))))
        .write(out);
  }

  private static String name(String language) {
    return Locale.forLanguageTag(language).getDisplayLanguage(Locale.ENGLISH);
  }

  private static void about(String side, Document text, List<Detail> details) {
    details.add(new Detail(side, text.name()));
    details.add(new Detail("SHA-256", text.sha256()));
  }

  private static Map<Integer, BlockKind> kinds(Document document) {
    Map<Integer, BlockKind> kinds = new HashMap<>();
    for (Block block : document.blocks()) {
      block.segments().forEach(one -> kinds.put(one.span().start(), block.kind()));
    }
    return kinds;
  }

  private static List<Row> rows(AlignedDocuments documents, Map<Integer, BlockKind> kinds) {
    List<Row> rows = new ArrayList<>();
    int number = 1;
    for (AlignedBead bead : documents.beads()) {
      BlockKind kind =
          bead.source().isEmpty()
              ? BlockKind.PARAGRAPH
              : kinds.getOrDefault(bead.source().get(0).span().start(), BlockKind.PARAGRAPH);
      List<Note> notes = new ArrayList<>();
      for (String note : bead.notes()) {
        notes.add(new Note(number, note));
      }
      rows.add(
          new Row(
              kind.label(),
              SideBySidePage.element(kind),
              documents.sourceLanguage(),
              documents.targetLanguage(),
              side(bead, true, number),
              side(bead, false, number),
              "no counterpart",
              notes));
      number++;
    }
    return rows;
  }

  private static List<Sentence> side(AlignedBead bead, boolean source, int number) {
    List<Segment> segments = source ? bead.source() : bead.target();
    if (segments.isEmpty()) {
      return List.of();
    }
    List<TextSpan> links =
        bead.links().stream().map(link -> source ? link.source() : link.target()).toList();
    List<AlignmentLink.Strength> strengths =
        bead.links().stream().map(AlignmentLink::strength).toList();
    List<MarkedText.Piece> pieces = new ArrayList<>();
    for (Segment segment : segments) {
      if (!pieces.isEmpty()) {
        pieces.add(new MarkedText.Piece(" ", "", false));
      }
      List<TextSpan> here = new ArrayList<>();
      for (TextSpan link : links) {
        here.add(
            segment.span().overlaps(link)
                ? MarkedText.places(segment, List.of(link)).get(0)
                : new TextSpan(0, 0));
      }
      pieces.addAll(MarkedText.pieces(segment.text(), here, strengths, List.of()));
    }
    TextSpan span = segments.get(0).span().union(segments.get(segments.size() - 1).span());
    // Arrow keys walk along the left side, and the right one where there is nothing on the left.
    boolean stop = source || bead.source().isEmpty();
    boolean alone = bead.source().isEmpty() || bead.target().isEmpty();
    String about =
        alone
            ? "no counterpart"
            : String.format(Locale.ROOT, "%s, probability %.2f", bead.type(), bead.posterior());
    return List.of(
        new Sentence(
            "",
            false,
            (source ? "s" : "t") + number,
            !alone && !source && bead.posterior() < DOUBTFUL,
            stop ? span.start() + "–" + span.end() : "",
            stop ? about : "",
            pieces));
  }
}
