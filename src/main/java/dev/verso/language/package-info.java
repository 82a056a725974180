/**
 * What there is to know of French and English as languages: how a sentence is cut into words, the
 * forms of their verbs, their closed classes of words.
 *
 * <p>Enters: sentences and words. Uses {@code text} only.
 *
 * <p>Invariants: nothing here knows of quotes, alignment or translation; everything is immutable;
 * spans count UTF-16 units into the sentence given.
 */
package dev.verso.language;
