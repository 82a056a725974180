package dev.verso.text;

import org.jsoup.nodes.Element;

/**
 * An element that marks its text as the page's, not the article's.
 *
 * @param element a {@code nav}, a form, a {@code class="share-bar"}
 * @param outer the next such element around it, null if there is none
 * @param kind why, which decides on what refutes it
 * @param word the word in its names that makes it one, empty if it is another reason
 */
record PageMark(Element element, PageMark outer, Kind kind, String word) {

  /** What makes an element a mark. */
  enum Kind {
    /** An element made for this, such as {@code nav} or a form. */
    FIRM,
    /** The name of a place where readers comment. */
    READERS,
    /** The name of a list of other articles. */
    RELATED,
    /** A word in its class or id. */
    WORD,
    /** An {@code aside}: a box of facts, a repeated quote, or a sidebar. */
    ASIDE
  }
}
