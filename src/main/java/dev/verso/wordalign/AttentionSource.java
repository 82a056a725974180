package dev.verso.wordalign;

import dev.verso.language.TokenizedSentence;

/**
 * Where a translation model looks in the source while it writes each target word, by forced
 * decoding.
 *
 * <p>The model's attention is over pieces; an implementation sums it over the pieces of a source
 * word and averages it over those of a target word. What falls on the end-of-sentence mark is left
 * out, so a row may sum to less than 1.
 */
@FunctionalInterface
public interface AttentionSource {
  /**
   * Attention [target word][source word], each in [0, 1].
   *
   * @param source the source sentence
   * @param target the target sentence that is forced
   */
  double[][] attention(TokenizedSentence source, TokenizedSentence target);
}
