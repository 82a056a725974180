package dev.verso.bitext;

import dev.verso.text.BlockKind;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Two texts side by side: what fills in {@code side-by-side.mustache}. A row for each block, a
 * sentence (or a bead's sentences) on each side, both with the same number.
 *
 * @param heading the heading
 * @param headingLanguage its language, if it is known; empty otherwise
 * @param byline author, site, date
 * @param link the source's address; empty if there is none, or none that may be followed
 * @param label what the right side is
 * @param details names and values about the texts
 * @param quotes the quotes, if they are known
 * @param legend what marks mean
 * @param left what stands above the left side
 * @param right what stands above the right side
 * @param parts the rows, those of the page around an article together
 */
record SideBySidePage(
    String heading,
    String headingLanguage,
    String byline,
    String link,
    Label label,
    List<Detail> details,
    List<ListedQuote> quotes,
    Legend legend,
    String left,
    String right,
    Iterable<Part> parts) {

  private static final PageTemplate TEMPLATE =
      PageTemplate.of("side-by-side", List.of("side-by-side.css"), "side-by-side.js");

  /** The policy of all these pages. */
  static final String POLICY = TEMPLATE.policy();

  /** What the right side is: who made it, if it was a machine. */
  record Label(String model, String text) {}

  record Detail(String name, String value) {}

  /**
   * A quote in the list above the text.
   *
   * @param at the number of the sentence it begins in
   */
  record ListedQuote(
      String speaker,
      boolean named,
      boolean guessed,
      String type,
      int at,
      String french,
      String english,
      List<String> repaired) {}

  record Legend(String doubt, boolean folded, boolean quoted) {}

  /**
   * Rows that belong together.
   *
   * @param folded how many rows of the page around the article are folded; empty for others
   */
  record Part(String folded, Iterable<Row> rows) {}

  record Row(
      String kind,
      String element,
      String leftLanguage,
      String rightLanguage,
      List<Sentence> left,
      List<Sentence> right,
      String absent,
      List<Note> notes) {

    /** Whether there are notes. */
    boolean noted() {
      return !notes.isEmpty();
    }
  }

  /**
   * A sentence of one side.
   *
   * @param before what separates it from the one before: a space, nothing, or a line break
   * @param at its place in the input, on the side that arrow keys walk along; empty on the other
   * @param about what the bar says of it
   */
  record Sentence(
      String before,
      boolean broken,
      String id,
      boolean doubtful,
      String at,
      String about,
      List<MarkedText.Piece> pieces) {}

  record Note(int number, String text) {}

  /** How many quotes are listed; empty if none. */
  String listed() {
    return quotes.isEmpty() ? "" : Integer.toString(quotes.size());
  }

  /** The element that holds a block's sentences. */
  static String element(BlockKind kind) {
    return switch (kind) {
      case TITLE -> "h2";
      case QUOTE -> "blockquote";
      default -> "p";
    };
  }

  /** {@code 3 lines}. */
  static String lines(int count) {
    return count + (count == 1 ? " line" : " lines");
  }

  void write(Writer out) throws IOException {
    TEMPLATE.write(heading + " – French and English side by side", this, out);
  }
}
