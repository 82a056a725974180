package dev.verso.language;

import dev.verso.text.TextSpan;
import java.util.List;
import java.util.Objects;

/**
 * A sentence and where its words stand.
 *
 * @param text the sentence as it was given
 * @param words ranges of its words and punctuation marks in order, none empty, none overlapping
 */
public record TokenizedSentence(String text, List<TextSpan> words) {

  /**
   * @throws IllegalArgumentException if words are empty, overlap or leave the text
   */
  public TokenizedSentence {
    Objects.requireNonNull(text);
    words = List.copyOf(words);
    int end = 0;
    for (TextSpan word : words) {
      if (word.isEmpty() || word.start() < end || word.end() > text.length()) {
        throw new IllegalArgumentException(
            "word " + word + " is empty, overlaps another or leaves a text of " + text.length());
      }
      end = word.end();
    }
  }

  /** Number of words. */
  public int size() {
    return words.size();
  }

  /** The word at {@code index} as it is written. */
  public String word(int index) {
    return words.get(index).of(text);
  }

  /** The word at {@code index} as lexicons know it; see {@link WordTokenizer#normalize}. */
  public String key(int index) {
    return WordTokenizer.normalize(word(index));
  }
}
