/**
 * Who is who in a text: short forms, pronouns and descriptions led back to the fullest mention.
 *
 * <p>Enters: the phrases of all sentences first, then the mentions to resolve, in reading order.
 *
 * <p>Invariants: one {@link dev.verso.quote.coreference.Coreference} serves one text and one
 * thread; what it returns is immutable.
 */
package dev.verso.quote.coreference;
