package dev.verso.alignment.word;

import dev.verso.bitext.AlignmentLink;
import java.util.List;

/**
 * Ties the words of a sentence to the words of its translation.
 *
 * <p>Contract, for every pair: each link ties one word of the source to one word of the target, no
 * two links tie the same two; links are sorted by source, then target; spans count into the two
 * sentences; an empty side gives no link; the same pair gives the same links. Implementations are
 * thread-safe.
 */
public interface WordAligner {
  /**
   * The links this aligner stands by.
   *
   * @param source the sentence and its words
   * @param target its translation and its words
   */
  List<AlignmentLink> align(TokenizedSentence source, TokenizedSentence target);

  /** Cuts a French sentence and its English translation into words and aligns them. */
  default List<AlignmentLink> align(String french, String english) {
    return align(WordTokenizer.FRENCH.tokenize(french), WordTokenizer.ENGLISH.tokenize(english));
  }
}
