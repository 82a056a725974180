/**
 * Quotations in news text: found, attributed, written out. {@link dev.verso.quote.QuoteExtractor}
 * reads French and English; its parts are the packages below, each of which uses only those named
 * before it: {@code mark}, {@code cue}, {@code attribution} and {@code coreference}; {@code trace}
 * stands beside them and {@code check} above.
 *
 * <p>Enters: documents of {@code text}, or plain strings.
 *
 * <p>Invariants: every span counts UTF-16 units into the untouched input; a quote's content is in
 * order, disjoint and not empty; the same input gives the same quotes; time grows linearly with the
 * input.
 */
package dev.verso.quote;
