package dev.verso.text;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document.OutputSettings;
import org.jsoup.parser.Parser;

/**
 * Reads HTML with jsoup, which says where in the input each piece of text stands; references are
 * decoded and white space collapsed anew so that each unit keeps its raw range.
 *
 * <p>Block elements part blocks, {@code <br>} parts lines as a line break does in plain text, two
 * part blocks. Scripts, styles and what is marked hidden are no text. What belongs to the article
 * and what to the page around it is found by {@link ArticleFinder}.
 *
 * <p>Immutable and thread-safe.
 */
public final class HtmlReader implements DocumentReader {

  /** More than a page has; a tree of so many nodes takes a gigabyte. */
  private static final int MOST_TAGS = 500_000;

  /** Tags opened inside the name of another: the parser's time is quadratic in them. */
  private static final int MOST_OPENED = 1_000;

  private final SentenceSegmenter segmenter;

  /** A reader that parts sentences by the rules of {@code language}. */
  public HtmlReader(Language language) {
    this.segmenter = SentenceSegmenter.of(language);
  }

  /**
   * @throws UnreadableInputException if the markup is no page of text but an attack on the parser
   */
  @Override
  public Document read(DecodedInput input, Cancellation cancellation) {
    String raw = input.text();
    refuseAbuse(input.name(), raw);
    cancellation.check();
    org.jsoup.nodes.Document tree = parse(raw);
    List<HtmlBlock> found = HtmlBlocks.of(tree, raw, cancellation);
    HtmlMetadata metadata = HtmlMetadata.of(tree);
    List<DocumentDraft> drafts = ArticleFinder.drafts(tree, found, metadata.title(), cancellation);
    List<BlockKind> kinds = BlockClassifier.classify(drafts, cancellation);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      blocks.add(drafts.get(i).block(kinds.get(i), segmenter, cancellation));
    }
    return new Document(
        input.name(),
        input.sha256(),
        input.encoding(),
        raw,
        metadata.withTitle(blocks).entries(),
        blocks);
  }

  static org.jsoup.nodes.Document parse(String raw) {
    Parser parser = Parser.htmlParser().setTrackPosition(true);
    org.jsoup.nodes.Document tree = parser.parseInput(raw, "");
    tree.outputSettings(new OutputSettings().prettyPrint(false));
    return tree;
  }

  private static void refuseAbuse(String name, String raw) {
    int tags = 0;
    int opened = 0;
    for (int i = 0; i + 1 < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '<' && Character.isLetter(raw.charAt(i + 1))) {
        tags++;
        opened++;
      } else if (c == '>' || c == '/' || Space.is(c)) {
        opened = 0;
      }
      if (opened > MOST_OPENED || tags > MOST_TAGS) {
        throw new UnreadableInputException(
            name,
            (tags > MOST_TAGS ? "more than " + MOST_TAGS + " tags" : "a tag that never ends")
                + " before unit "
                + i
                + "; this is no page of text: split it, or read it as plain text.");
      }
    }
  }
}
