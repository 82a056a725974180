package dev.verso.text;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document.OutputSettings;
import org.jsoup.parser.Parser;

/**
 * Reads HTML with jsoup, which gives the position in the input of each piece of text; references
 * are decoded and white space is collapsed again here, so that each unit keeps its raw range.
 *
 * <p>Block elements separate blocks, {@code <br>} separates lines as a line break does in plain
 * text, and two of them separate blocks. Scripts, styles and hidden elements are not text. {@link
 * ArticleFinder} distinguishes the article from the page around it.
 *
 * <p>Immutable and thread-safe.
 */
public final class HtmlReader implements DocumentReader {

  /** More than any page has; a tree of so many nodes takes a gigabyte. */
  private static final int MOST_TAGS = 500_000;

  /** Tags opened inside the name of another: the parser's time is quadratic in them. */
  private static final int MOST_OPENED = 1_000;

  private final SentenceSegmenter segmenter;

  /** A reader that splits sentences by the rules of {@code language}. */
  public HtmlReader(Language language) {
    this.segmenter = SentenceSegmenter.of(language);
  }

  /**
   * @throws UnreadableInputException if the markup is not a page of text but an attack on the
   *     parser
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
        blocks,
        notices(found, kinds));
  }

  /**
   * Says when more than a tenth of the running text, known phrases of pages aside, is not content.
   */
  private static List<String> notices(List<HtmlBlock> found, List<BlockKind> kinds) {
    long all = 0;
    long aside = 0;
    for (int i = 0; i < found.size(); i++) {
      String text = found.get(i).text();
      if (found.get(i).isProse() && BoilerplateCues.cues().match(text).isEmpty()) {
        all += text.length();
        aside += kinds.get(i) == BlockKind.BOILERPLATE ? text.length() : 0;
      }
    }
    return 10 * aside > all
        ? List.of(
            100 * aside / all
                + " % of the running text was set aside as the page's, not the article's.")
        : List.of();
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
                + "; this is not a page of text: split it, or read it as plain text.");
      }
    }
  }
}
