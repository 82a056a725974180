/**
 * Checks what an English quote says against its French: which passage it renders, whether it says
 * the same, and if not, what is different and where.
 *
 * <p>Enters: French text, English text, a translator and a word aligner. {@link
 * dev.verso.quote.check.QuoteChecker} judges; evidence comes from comparisons of one kind each,
 * weighed by a logistic model whose weights are in {@code check.weights}.
 *
 * <p>Invariants: every finding's spans count UTF-16 units into the texts given; the same texts and
 * model give the same judgement; a word list belongs to the language, never to an example.
 */
package dev.verso.quote.check;
