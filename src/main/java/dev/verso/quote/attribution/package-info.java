/**
 * What one sentence quotes, and whom: passages in quotation marks told apart from titles and terms,
 * and reports without marks.
 *
 * <p>Enters: a sentence's phrases and its cues.
 *
 * <p>Invariants: looks at no other sentence; candidates are immutable; a speaker that the sentence
 * does not name is left open, with where to look for it.
 */
package dev.verso.quote.attribution;
