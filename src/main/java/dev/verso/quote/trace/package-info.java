/**
 * From an English excerpt back to the French it translates, and from French quotes to their English
 * words.
 *
 * <p>Enters: a bitext with its word links, and excerpts as plain text.
 *
 * <p>Invariants: source spans count into the source document, target spans into the whole target
 * text; nothing here knows how quotes are found.
 */
package dev.verso.quote.trace;
