package dev.verso.corpus.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a text is one at all: no broken characters, not the same words over and over, not mostly
 * signs. Pure; linear for practical purposes: only a text's first {@value #MOST} words count.
 */
final class TextSoundness {

  private static final int MOST = 400;
  private static final int LONGEST_LOOP = 4;

  /** How often a loop must come round. */
  private static final int ROUNDS = 4;

  /** Shorter texts have no share of anything. */
  private static final int FEW_CHARACTERS = 12;

  private TextSoundness() {}

  /** What is wrong with a text, in a few words; empty if nothing is. */
  static String fault(String text) {
    int letters = 0;
    int digits = 0;
    int signs = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == 0xFFFD) {
        return "lost characters";
      }
      int type = Character.getType(c);
      if ((type == Character.CONTROL && c != '\t' && c != '\n' && c != '\r')
          || type == Character.PRIVATE_USE
          || type == Character.UNASSIGNED
          || type == Character.SURROGATE) {
        return "control characters";
      }
      if (Character.isLetter(c)) {
        letters++;
      } else if (Character.isDigit(c)) {
        digits++;
      } else if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
        signs++;
      }
    }
    if (text.length() > FEW_CHARACTERS && signs > (letters + digits) * 0.7) {
      return "more signs than words";
    }
    String mixed = mixedWords(text);
    return mixed.isEmpty() ? loop(text) : mixed;
  }

  /** Words in which letters and signs or digits alternate as no word's do. */
  private static String mixedWords(String text) {
    int words = 0;
    int mixed = 0;
    for (String word : text.split("\\s+")) {
      if (word.isEmpty() || word.contains("://") || word.contains("@")) {
        continue;
      }
      words++;
      int changes = 0;
      int before = -1;
      for (int k = 0; k < word.length(); k++) {
        char c = word.charAt(k);
        int kind = Character.isLetter(c) ? 0 : Character.isDigit(c) ? 1 : 2;
        boolean joint = "-'’.,/&_·()[]:".indexOf(c) >= 0;
        boolean cased =
            k > 1 && Character.isUpperCase(c) && Character.isLowerCase(word.charAt(k - 1));
        changes += (before >= 0 && kind != before && !joint && before != 3) || cased ? 1 : 0;
        before = joint ? 3 : kind;
      }
      mixed += changes >= 2 ? 1 : 0;
    }
    return words >= 4 && mixed * 4 >= words ? "letters and signs mixed" : "";
  }

  /** The same one to four words at least four times in a row. */
  private static String loop(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
      if (words.size() == MOST) {
        break;
      }
    }
    for (int length = 1; length <= LONGEST_LOOP; length++) {
      int same = 0;
      for (int k = length; k < words.size(); k++) {
        same = words.get(k).equals(words.get(k - length)) ? same + 1 : 0;
        if (same >= length * (ROUNDS - 1)) {
          return "the same words over and over";
        }
      }
    }
    return "";
  }
}
