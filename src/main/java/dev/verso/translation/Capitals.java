package dev.verso.translation;

import dev.verso.text.TextSpan;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets the model read a text that stands in capitals, such as a headline, in the case it knows.
 *
 * <p>In capitals nearly every word is one the model has hardly seen: it falls into single letters.
 * Each word is put into the case, of lower, first letter capital, and all capitals, that its
 * tokenizer spells with the fewest pieces, and of several such with the most frequent ones: {@code
 * GRÈVE À LA SNCF} is read as {@code Grève à la SNCF}. The translation is put into capitals in
 * turn. No character changes its place: both ways, one UTF-16 unit becomes one.
 *
 * <p>A text counts as being in capitals if at most a tenth of its letters are not. What is
 * protected (see {@link ProtectedText}) is left alone. Linear in the text's length.
 */
final class Capitals {

  /** One lower-case letter in so many is still a text in capitals: {@code Mc}, {@code n°}. */
  private static final int LETTERS_A_LOWER_ONE = 10;

  /** A longer run of letters is no word and is left as it is. */
  private static final int LONGEST_WORD = 200;

  private Capitals() {}

  /**
   * How a text in capitals is to be read.
   *
   * @param pieces the pieces of a word, by falling frequency of their ids
   * @return a text of the same length; empty if {@code text} is not in capitals or no word of it is
   *     better read otherwise
   */
  static Optional<String> read(String text, Function<String, List<Integer>> pieces) {
    BitSet kept = kept(text);
    int upper = 0;
    int lower = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean open = !kept.get(i);
      upper += open && Character.isUpperCase(c) ? 1 : 0;
      lower += open && Character.isLowerCase(c) ? 1 : 0;
    }
    if (upper < 2 || lower * LETTERS_A_LOWER_ONE > upper + lower) {
      return Optional.empty();
    }
    StringBuilder read = new StringBuilder(text);
    boolean first = true;
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && Character.isLetter(text.charAt(end)) && !kept.get(end)) {
        end++;
      }
      if (end == at) {
        at++;
        continue;
      }
      boolean initial = end - at == 1 && end < text.length() && text.charAt(end) == '.';
      if (!initial && end - at <= LONGEST_WORD) {
        String word = best(text.substring(at, end), pieces);
        read.replace(at, end, first ? capitalised(word) : word);
      }
      first = false;
      at = end;
    }
    return read.toString().equals(text) ? Optional.empty() : Optional.of(read.toString());
  }

  /** A translation in capitals, its protected ranges aside; as long as {@code text}. */
  static String written(String text) {
    BitSet kept = kept(text);
    StringBuilder written = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (!kept.get(i)) {
        written.setCharAt(i, Character.toUpperCase(text.charAt(i)));
      }
    }
    return written.toString();
  }

  private static String best(String word, Function<String, List<Integer>> pieces) {
    String lower = lowered(word);
    String best = word;
    List<Integer> spelled = pieces.apply(word);
    for (String other : List.of(capitalised(lower), lower)) {
      List<Integer> own = pieces.apply(other);
      if (own.size() < spelled.size()
          || (own.size() == spelled.size() && rarity(own) < rarity(spelled))) {
        best = other;
        spelled = own;
      }
    }
    return best;
  }

  private static long rarity(List<Integer> ids) {
    return ids.stream().mapToLong(Integer::longValue).sum();
  }

  private static String lowered(String word) {
    StringBuilder lowered = new StringBuilder(word);
    for (int i = 0; i < word.length(); i++) {
      lowered.setCharAt(i, Character.toLowerCase(word.charAt(i)));
    }
    return lowered.toString();
  }

  private static String capitalised(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static BitSet kept(String text) {
    BitSet kept = new BitSet();
    for (TextSpan span : ProtectedText.find(text)) {
      kept.set(span.start(), span.end());
    }
    return kept;
  }
}
