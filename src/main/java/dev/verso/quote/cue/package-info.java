/**
 * The words of a sentence that report: its tokens, its noun phrases, the lexicon of reporting words
 * and, from these, each {@link dev.verso.quote.cue.Cue} with its complement and its speaker.
 *
 * <p>Enters: text and the passages of {@code mark}, each of which counts as one word.
 *
 * <p>Invariants: all that leaves is immutable; a sentence is read without a grammar or a
 * statistical model; the word lists beside the lexicon hold words of the language, never of an
 * example.
 */
package dev.verso.quote.cue;
