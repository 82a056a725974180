package dev.verso.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.BitSet;
import java.util.stream.Collectors;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** What is true of every document, whatever it was read from. */
final class DocumentChecks {

  private DocumentChecks() {}

  /** Segments are in order, disjoint, and without spaces at either end. */
  static void assertInOrder(Document document) {
    int end = 0;
    for (Block block : document.blocks()) {
      for (Segment segment : block.segments()) {
        assertThat(segment.span().start()).isGreaterThanOrEqualTo(end);
        end = segment.span().end();
        String text = segment.text();
        assertThat(isSpace(text.charAt(0))).as("space before <%s>", text).isFalse();
        assertThat(isSpace(text.charAt(text.length() - 1))).as("space after <%s>", text).isFalse();
      }
    }
    assertThat(end).isLessThanOrEqualTo(document.text().length());
  }

  /** Each segment is cut out of the input, and no visible character is outside all of them. */
  static void assertPlain(Document document) {
    assertInOrder(document);
    String text = document.text();
    BitSet covered = new BitSet(text.length());
    for (Block block : document.blocks()) {
      for (Segment segment : block.segments()) {
        assertThat(segment.text()).isEqualTo(segment.span().of(text));
        assertThat(segment.map().isIdentity()).isTrue();
        covered.set(segment.span().start(), segment.span().end());
      }
    }
    for (int i = covered.nextClearBit(0); i < text.length(); i = covered.nextClearBit(i + 1)) {
      if (!isSpace(text.charAt(i))) {
        throw new AssertionError(
            "unit " + i + " U+" + Integer.toHexString(text.charAt(i)) + " lies in no segment");
      }
    }
  }

  /** Each unit stands for its raw range, decoded; together they are what a browser shows. */
  static void assertMarkup(Document document) {
    assertInOrder(document);
    String raw = document.text();
    StringBuilder read = new StringBuilder();
    for (Block block : document.blocks()) {
      for (Segment segment : block.segments()) {
        String text = segment.text();
        for (int i = 0; i < text.length(); i++) {
          assertUnit(text, i, segment.toRaw(new TextSpan(i, i + 1)).of(raw));
        }
        read.append(text.chars().mapToObj(c -> onTheLine((char) c)).collect(Collectors.joining()));
      }
    }
    assertThat(sorted(read)).isEqualTo(sorted(visible(raw)));
  }

  /** A raised or lowered figure as it stands in the source. */
  private static String onTheLine(char c) {
    boolean figure = (c >= '⁰' && c <= '₎') || "¹²³".indexOf(c) >= 0;
    return figure ? Normalizer.normalize(String.valueOf(c), Form.NFKC) : String.valueOf(c);
  }

  private static void assertUnit(String text, int i, String raw) {
    char c = text.charAt(i);
    if (c == '\n') {
      assertThat(raw.startsWith("<br") || raw.isBlank()).as(raw).isTrue();
    } else if (c == ' ' && !raw.startsWith("&")) {
      assertThat(raw).isNotEmpty().isBlank();
    } else if (raw.length() == 1) {
      assertThat(raw).isIn(String.valueOf(c), onTheLine(c));
    } else {
      String decoded = Parser.unescapeEntities(raw, false);
      assertThat(decoded).as("%s of %s", c, raw).contains(String.valueOf(c));
      assertThat(decoded.length()).isLessThanOrEqualTo(2);
    }
  }

  /** The non-space characters a browser shows, found in another way: from the tree alone. */
  private static StringBuilder visible(String html) {
    StringBuilder visible = new StringBuilder();
    NodeTraversor.filter(
        new NodeFilter() {
          @Override
          public FilterResult head(Node node, int depth) {
            if (node instanceof TextNode text && !(node instanceof CDataNode)) {
              visible.append(text.getWholeText());
            }
            return node instanceof Element element && element.is(HIDDEN)
                ? FilterResult.SKIP_CHILDREN
                : FilterResult.CONTINUE;
          }
        },
        Parser.htmlParser().parseInput(html, ""));
    return visible;
  }

  private static final String HIDDEN =
      "head, title, script, style, noscript, template, svg, iframe, object, video, audio, canvas,"
          + " [hidden], [style*=none]";

  /** Ignoring order: the tree moves text that is elsewhere in the source. */
  private static String sorted(CharSequence text) {
    int[] units = text.chars().filter(c -> !isSpace((char) c) && c != 0).sorted().toArray();
    return new String(units, 0, units.length);
  }

  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
