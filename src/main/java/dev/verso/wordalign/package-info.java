/**
 * Word aligners: a lexicon, hidden Markov models, attention under forced decoding, and their
 * combination.
 *
 * <p>What enters: tokenised sentence pairs, and a network for its attention. What leaves: {@link
 * dev.verso.bitext.AlignmentLink}s with offsets into the two texts. All aligners keep one contract
 * (no word outside its text, no link twice, the same links for the same pair), one test for all.
 */
package dev.verso.wordalign;
