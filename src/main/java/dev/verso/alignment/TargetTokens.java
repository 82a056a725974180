package dev.verso.alignment;

import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Cancellation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Words and character 4-grams of machine translations and of target sentences, as ids with one
 * meaning on both sides.
 */
@SuppressWarnings("ArrayRecordComponent") // stays in the room; arrays for speed
record TargetTokens(
    int[][] translationWords, int[][] targetWords, int[][] translationGrams, int[][] targetGrams) {

  /** 4-grams of a sentence that tell, and of one word. */
  private static final int MOST_GRAMS = 4096;

  static TargetTokens of(
      List<String> translations, List<String> target, Cancellation cancellation) {
    SentenceFeatures.Ids words = new SentenceFeatures.Ids();
    SentenceFeatures.Ids grams = new SentenceFeatures.Ids();
    int[][][] left = tokens(translations, words, grams, cancellation);
    int[][][] right = tokens(target, words, grams, cancellation);
    return new TargetTokens(left[0], right[0], left[1], right[1]);
  }

  private static int[][][] tokens(
      List<String> sentences,
      SentenceFeatures.Ids words,
      SentenceFeatures.Ids grams,
      Cancellation cancellation) {
    int[][] word = new int[sentences.size()][];
    int[][] gram = new int[sentences.size()][];
    for (int k = 0; k < sentences.size(); k++) {
      cancellation.check();
      TokenizedSentence sentence = WordTokenizer.ENGLISH.tokenize(sentences.get(k));
      Set<Integer> wordIds = new HashSet<>();
      Set<Integer> gramIds = new HashSet<>();
      int telling = Math.min(SentenceFeatures.MOST_WORDS, sentence.size());
      for (int w = 0; w < telling && gramIds.size() < MOST_GRAMS; w++) {
        String folded = StemLexicon.fold(sentence.key(w));
        if (folded.chars().noneMatch(Character::isLetterOrDigit)) {
          continue;
        }
        wordIds.add(words.id(folded));
        // The word's edges are characters too, so that short words and endings count.
        String edged = "_" + folded + "_";
        for (int c = 0; c + 4 <= Math.min(MOST_GRAMS, edged.length()); c++) {
          gramIds.add(grams.id(edged.substring(c, c + 4)));
        }
      }
      word[k] = wordIds.stream().mapToInt(Integer::intValue).sorted().toArray();
      gram[k] = gramIds.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
    return new int[][][] {word, gram};
  }
}
