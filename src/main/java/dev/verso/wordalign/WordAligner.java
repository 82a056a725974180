package dev.verso.wordalign;

import dev.verso.bitext.AlignmentLink;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Cancellation;
import java.util.List;

/**
 * Ties the words of a sentence to the words of its translation.
 *
 * <p>Contract, for every pair: each link ties one word of the source to one word of the target, no
 * two links tie the same two; links are sorted by source, then target; spans count into the two
 * sentences; an empty side gives no link; the same pair gives the same links. A pair of which a
 * side has more than {@value #MOST_WORDS} words has none: whatever links words looks at each pair
 * of them, and no sentence is that long. Implementations are thread-safe.
 */
@FunctionalInterface
public interface WordAligner {

  /** Most words of a side whose words are linked. */
  int MOST_WORDS = 256;

  /** Whether a sentence pair is too long for its words to be linked. */
  static boolean isTooLong(TokenizedSentence source, TokenizedSentence target) {
    return source.size() > MOST_WORDS || target.size() > MOST_WORDS;
  }

  /**
   * The links this aligner stands by.
   *
   * @param source the sentence and its words
   * @param target its translation and its words
   * @param cancellation checked every few milliseconds
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  List<AlignmentLink> align(
      TokenizedSentence source, TokenizedSentence target, Cancellation cancellation);

  /** The links of a pair that nobody calls off. */
  default List<AlignmentLink> align(TokenizedSentence source, TokenizedSentence target) {
    return align(source, target, Cancellation.NONE);
  }

  /** Cuts a French sentence and its English translation into words and aligns them. */
  default List<AlignmentLink> align(String french, String english) {
    return align(WordTokenizer.FRENCH.tokenize(french), WordTokenizer.ENGLISH.tokenize(english));
  }
}
