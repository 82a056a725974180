package dev.verso.wordalign;

import dev.verso.language.TokenizedSentence;
import dev.verso.text.Accents;

/**
 * How alike two words of different languages are written: the same number or name is nearly always
 * its own translation, a long common beginning mostly.
 */
final class WordSimilarity {
  private WordSimilarity() {}

  /** The similarities of all word pairs, [I][J], each in [0, 1]. */
  static double[][] of(TokenizedSentence source, TokenizedSentence target) {
    String[] s = folded(source);
    String[] t = folded(target);
    double[][] similarity = new double[s.length][t.length];
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < t.length; j++) {
        similarity[i][j] = of(s[i], t[j]);
      }
    }
    return similarity;
  }

  private static String[] folded(TokenizedSentence sentence) {
    String[] words = new String[sentence.size()];
    for (int w = 0; w < words.length; w++) {
      words[w] = Accents.folded(sentence.key(w));
      if (!words[w].isEmpty() && Character.isDigit(words[w].charAt(0))) {
        words[w] = words[w].replaceAll("[^0-9]", "");
      }
    }
    return words;
  }

  private static double of(String s, String t) {
    if (s.equals(t)) {
      boolean wordlike = !s.isEmpty() && Character.isLetterOrDigit(s.codePointAt(0));
      return !wordlike || s.length() >= 3 || Character.isDigit(s.charAt(0)) ? 0.8 : 0.05;
    }
    int shared = 0;
    int shorter = Math.min(s.length(), t.length());
    while (shared < shorter && s.charAt(shared) == t.charAt(shared)) {
      shared++;
    }
    double share = (double) shared / Math.max(s.length(), t.length());
    return shared >= 4 && share >= 0.5 ? 0.5 * share : 0;
  }
}
