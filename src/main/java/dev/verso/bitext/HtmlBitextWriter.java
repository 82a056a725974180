package dev.verso.bitext;

import dev.verso.bitext.SideBySidePage.Detail;
import dev.verso.bitext.SideBySidePage.Label;
import dev.verso.bitext.SideBySidePage.Legend;
import dev.verso.bitext.SideBySidePage.ListedQuote;
import dev.verso.bitext.SideBySidePage.Note;
import dev.verso.bitext.SideBySidePage.Part;
import dev.verso.bitext.SideBySidePage.Row;
import dev.verso.bitext.SideBySidePage.Sentence;
import dev.verso.text.BlockKind;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints one self-contained page: the original on the left, the translation on the right, a row for
 * each block, so that both stay side by side. A sentence that is hovered, focused or tapped lights
 * up on both sides, a word together with the words linked to it; a bar shows its position in the
 * input. Quotes are marked in the text and listed above it.
 *
 * <p>Segment {@code n} of the bitext, counted from 1, has the ids {@code sn} (original) and {@code
 * tn} (translation, where there is one): {@code page.html#s12} leads to the twelfth sentence and
 * highlights it. Boilerplate is folded behind one line.
 *
 * <p>The page loads nothing, and its own {@link #CONTENT_SECURITY_POLICY} allows only the style and
 * script it was written with; texts are escaped, control characters made visible, and the writing
 * direction of each sentence is isolated. Without scripts it remains readable.
 */
public final class HtmlBitextWriter implements BitextWriter {

  /**
   * The policy that every page carries, for servers that also send it in a header: it allows only
   * the page's own style and script.
   */
  public static final String CONTENT_SECURITY_POLICY = SideBySidePage.POLICY;

  private final List<QuotedPassage> quotes;

  /** A writer that lists no quotes. */
  public HtmlBitextWriter() {
    this(List.of());
  }

  /** A writer that marks these quotes and lists them above the text, each leading to both sides. */
  public HtmlBitextWriter(List<QuotedPassage> quotes) {
    this.quotes = List.copyOf(quotes);
  }

  @Override
  public void write(Bitext bitext, Writer out) throws IOException {
    Map<String, String> metadata = bitext.source().metadata();
    String url = metadata.getOrDefault("url", "");
    boolean followed = url.toLowerCase(Locale.ROOT).matches("https?://\\S+");
    String byline =
        Stream.of("author", "site", "date", followed ? "" : "url")
            .map(key -> metadata.getOrDefault(key, ""))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" · "));
    new SideBySidePage(
            metadata.getOrDefault("title", bitext.source().name()),
            metadata.containsKey("title") ? "fr" : "",
            byline,
            followed ? url : "",
            new Label(bitext.model().id(), ""),
            details(bitext),
            listed(bitext),
            legend(bitext),
            "French · original",
            "English · machine translation",
            parts(bitext))
        .write(out);
  }

  private static List<Detail> details(Bitext bitext) {
    Document source = bitext.source();
    List<Detail> details = new ArrayList<>();
    details.add(new Detail("Input", source.name()));
    details.add(new Detail("SHA-256 of the input", source.sha256()));
    details.add(new Detail("Encoding", source.encoding().name()));
    details.add(new Detail("Length", source.text().length() + " characters (UTF-16 units)"));
    source.metadata().forEach((name, value) -> details.add(new Detail(name, value)));
    source.notices().forEach(notice -> details.add(new Detail("Notice", notice)));
    details.add(new Detail("Model", bitext.model().id()));
    details.add(new Detail("SHA-256 of the model", bitext.model().sha256()));
    details.add(new Detail("Beam", Integer.toString(bitext.model().beam())));
    return details;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private List<ListedQuote> listed(Bitext bitext) {
    List<ListedQuote> listed = new ArrayList<>();
    List<TranslationUnit> units = bitext.units().toList();
    for (QuotedPassage quote : quotes) {
      int at = 1;
      while (at <= units.size()
          && !units.get(at - 1).source().span().overlaps(quote.source().get(0))) {
        at++;
      }
      listed.add(
          new ListedQuote(
              quote.speaker() == null ? "no source named" : quote.speaker(),
              quote.speaker() != null,
              quote.speaker() != null && quote.attribution().equals("neighbour"),
              quote.type(),
              at,
              quote.source().stream()
                  .map(span -> oneLine(span.of(bitext.source().text())))
                  .collect(Collectors.joining(" […] ")),
              quote.target() == null ? "" : oneLine(quote.target().of(bitext.targetText())),
              quote.repaired()));
    }
    return listed;
  }

  private Legend legend(Bitext bitext) {
    long all = bitext.units().filter(unit -> !unit.target().isEmpty()).count();
    long low = bitext.units().filter(TranslationUnit::isDoubtful).count();
    String doubt =
        String.format(
            Locale.ROOT,
            "worth a check, estimated quality below %.2f (%d of %d sentence%s)",
            TranslationUnit.DOUBTFUL,
            low,
            all,
            all == 1 ? "" : "s");
    return new Legend(
        doubt,
        bitext.blocks().stream().anyMatch(block -> block.kind() == BlockKind.BOILERPLATE),
        !quotes.isEmpty());
  }

  /** The article's rows, and each run of rows of the page around it. */
  private List<Part> parts(Bitext bitext) {
    List<Part> parts = new ArrayList<>();
    List<BitextBlock> blocks = bitext.blocks();
    int number = 1;
    for (int from = 0; from < blocks.size(); ) {
      boolean folded = blocks.get(from).kind() == BlockKind.BOILERPLATE;
      List<Row> rows = new ArrayList<>();
      while (from < blocks.size() && folded == (blocks.get(from).kind() == BlockKind.BOILERPLATE)) {
        rows.add(row(bitext, blocks.get(from), number));
        number += blocks.get(from).units().size();
        from++;
      }
      parts.add(new Part(folded ? SideBySidePage.lines(rows.size()) : "", rows));
    }
    return parts;
  }

  private Row row(Bitext bitext, BitextBlock block, int first) {
    List<TranslationUnit> units = block.units();
    List<TextSpan> quoted = quotes.stream().flatMap(quote -> quote.source().stream()).toList();
    List<Sentence> left = new ArrayList<>();
    List<Sentence> right = new ArrayList<>();
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      TranslationUnit unit = units.get(i);
      int number = first + i;
      String gap = i == 0 ? "" : sourceGap(bitext, units.get(i - 1), unit);
      TextSpan span = unit.source().span();
      List<AlignmentLink.Strength> strengths =
          unit.links().stream().map(AlignmentLink::strength).toList();
      left.add(
          new Sentence(
              gap.contains("\n") ? "" : gap,
              gap.contains("\n"),
              "s" + number,
              false,
              span.start() + "–" + span.end(),
              unit.target().isEmpty()
                  ? "not translated"
                  : String.format(Locale.ROOT, "estimated quality %.2f", unit.quality()),
              MarkedText.pieces(
                  unit.source().text(),
                  MarkedText.places(
                      unit.source(), unit.links().stream().map(AlignmentLink::source).toList()),
                  strengths,
                  MarkedText.overlapping(unit.source(), quoted))));
      unit.notes().forEach(note -> notes.add(new Note(number, note)));
      if (unit.target().isEmpty()) {
        continue;
      }
      gap = right.isEmpty() ? "" : targetGap(bitext, units.get(i - 1), unit);
      right.add(
          new Sentence(
              gap.contains("\n") ? "" : gap,
              gap.contains("\n"),
              "t" + number,
              unit.isDoubtful(),
              "",
              "",
              MarkedText.pieces(
                  unit.targetText(),
                  unit.links().stream()
                      .map(
                          link ->
                              MarkedText.whole(
                                  link.target().shift(-unit.target().start()), unit.targetText()))
                      .toList(),
                  strengths,
                  quotedTarget(unit))));
    }
    return new Row(
        block.kind().label(),
        SideBySidePage.element(block.kind()),
        "fr",
        "en",
        left,
        right,
        "not translated",
        notes);
  }

  private List<TextSpan> quotedTarget(TranslationUnit unit) {
    List<TextSpan> quoted = new ArrayList<>();
    int length = unit.targetText().length();
    for (QuotedPassage quote : quotes) {
      if (quote.target() != null && quote.target().overlaps(unit.target())) {
        int start = Math.max(0, quote.target().start() - unit.target().start());
        int end = Math.min(length, quote.target().end() - unit.target().start());
        quoted.add(MarkedText.whole(new TextSpan(start, end), unit.targetText()));
      }
    }
    return quoted;
  }

  private static String targetGap(Bitext bitext, TranslationUnit before, TranslationUnit unit) {
    int start = before.target().end();
    int end = unit.target().start();
    String gap = start <= end ? bitext.targetText().substring(start, end) : "";
    return gap.isEmpty() ? " " : gap;
  }

  /**
   * What separates two sentences of the original: a line break where the translation has one or, if
   * there is no translation, where plain text has one.
   */
  private static String sourceGap(Bitext bitext, TranslationUnit before, TranslationUnit unit) {
    Segment one = before.source();
    Segment other = unit.source();
    String raw = bitext.source().text().substring(one.span().end(), other.span().start());
    boolean plain = one.map().isIdentity() && other.map().isIdentity();
    boolean silent = before.target().isEmpty() || unit.target().isEmpty();
    String telling = silent ? (plain ? raw : "") : targetGap(bitext, before, unit);
    if (telling.contains("\n")) {
      return "\n";
    }
    return raw.isEmpty() ? "" : " ";
  }
}
