package dev.verso.text;

import org.jsoup.nodes.Element;

/**
 * An element that marks its text as the page's, not the article's.
 *
 * @param element a {@code nav}, a form, a {@code class="share-bar"}
 * @param outer the next such element around it, null if there is none
 */
record PageMark(Element element, PageMark outer) {}
