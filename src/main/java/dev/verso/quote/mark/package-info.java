/**
 * Quotation marks: which mark opens, which closes, and what stands between them, in text where some
 * are missing or of the wrong kind.
 *
 * <p>Enters: plain text.
 *
 * <p>Invariants: passages nest or are disjoint, never overlap; spans count UTF-16 units into the
 * text; whatever was repaired is said.
 */
package dev.verso.quote.mark;
