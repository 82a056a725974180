package dev.verso.text;

import java.util.List;
import org.jsoup.nodes.Element;

/**
 * A block of text on a page, before it is known whether it belongs to the article.
 *
 * @param text the text as rendered
 * @param map from there to the raw input
 * @param lines ranges of the text that no sentence crosses
 * @param kind what the markup says it is
 * @param element the nearest block element around it
 * @param mark the innermost element around it that says it belongs to the page, null if none
 * @param kept ranges of the text that its author exempts from translation, in order, disjoint
 * @param linked the share of the text that is in links, 0 to 1
 */
record HtmlBlock(
    String text,
    SpanMap map,
    List<TextSpan> lines,
    BlockKind kind,
    Element element,
    PageMark mark,
    List<TextSpan> kept,
    double linked) {

  TextSpan span() {
    return map.toRaw(new TextSpan(0, text.length()));
  }

  /** Running text: long enough, not mostly links, ending in a full stop. */
  boolean isProse() {
    return kind != BlockKind.TITLE
        && kind != BlockKind.CAPTION
        && text.length() >= 60
        && linked < 0.4
        && Marks.endsWithStop(text);
  }

  DocumentDraft draft(BlockKind hint, boolean certain) {
    return new DocumentDraft(text, map, lines, hint, certain, kept);
  }
}
