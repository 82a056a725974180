package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.text.TextSpan;
import dev.verso.wordalign.AttentionLinks;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets the model read a text that stands in capitals, such as a headline, in the case it knows.
 *
 * <p>In capitals nearly every word is one the model has hardly seen: it falls into single letters.
 * Each word is put into the case, of lower, first letter capital, and all capitals, that its
 * tokenizer spells with the fewest pieces, and of several such with the most frequent ones: {@code
 * GRÈVE À LA SNCF} is read as {@code Grève à la SNCF}. The translation is put into capitals in
 * turn. No character changes its place: both ways, one UTF-16 unit becomes one.
 *
 * <p>A text counts as being in capitals if at most a tenth of its letters are not. In other texts a
 * run of words in capitals counts, and a single one of at least four letters that is no Roman
 * number, if a word of it is spelled with fewer pieces otherwise; there the words of the translation
 * that are linked to them are put into capitals. What is
 * protected (see {@link ProtectedText}) is left alone. Linear in the text's length.
 */
final class Capitals {

  /** One lower-case letter in so many is still a text in capitals: {@code Mc}, {@code n°}. */
  private static final int LETTERS_A_LOWER_ONE = 10;

  /** A longer run of letters is no word and is left as it is. */
  private static final int LONGEST_WORD = 200;

  /** A shorter word in capitals by itself is an abbreviation. */
  private static final int SHORTEST_WORD = 4;

  private static final Pattern ROMAN = Pattern.compile("[IVXLCDM]+");

  /** Words in capitals with nothing but spaces and marks inside sentences between them. */
  private static final Pattern RUN =
      Pattern.compile("\\p{Lu}{2,}+(?:[\\s'’,:\\-–—]{1,3}+\\p{Lu}++(?!\\p{Ll}))*+(?!\\p{Ll})");

  private Capitals() {}

  /**
   * How a text is to be read.
   *
   * @param text as long as the original
   * @param whole whether it is in capitals as a whole
   * @param shouted the ranges in capitals, if it is not, in order
   */
  record Reading(String text, boolean whole, List<TextSpan> shouted) {

    /** A translation with the capitals of the original; it keeps its length. */
    String written(String translation, List<AlignmentLink> links) {
      return whole
          ? Capitals.written(translation)
          : shouted.isEmpty() ? translation : raised(translation, links, shouted);
    }
  }

  /**
   * How a text is to be read.
   *
   * @param pieces the pieces of a word, by falling frequency of their ids
   */
  static Reading read(SourceText text, Function<String, List<Integer>> pieces) {
    Optional<String> whole = read(text.text(), kept(text.shielded()), pieces);
    if (whole.isPresent()) {
      return new Reading(whole.get(), true, List.of());
    }
    Matcher run = RUN.matcher(text.text());
    StringBuilder read = new StringBuilder(text.text());
    List<TextSpan> shouted = new ArrayList<>();
    while (run.find()) {
      TextSpan span = new TextSpan(run.start(), run.end());
      boolean inWord =
          run.start() > 0 && Character.isLetterOrDigit(text.text().charAt(run.start() - 1));
      if (inWord
          || run.group().length() < SHORTEST_WORD
          || ROMAN.matcher(run.group()).matches()
          || text.shielded().stream().anyMatch(span::overlaps)) {
        continue;
      }
      Optional<String> ordinary = read(run.group(), new BitSet(), pieces);
      if (ordinary.isPresent() && size(ordinary.get(), pieces) < size(run.group(), pieces)) {
        boolean begins = text.text().codePoints().limit(run.start()).noneMatch(Character::isLetter);
        String first = begins ? ordinary.get() : firstAsSpelled(ordinary.get(), run.group(), pieces);
        read.replace(run.start(), run.end(), first);
        shouted.add(span);
      }
    }
    return new Reading(read.toString(), false, List.copyOf(shouted));
  }

  private static int size(String text, Function<String, List<Integer>> pieces) {
    return pieces.apply(text).size();
  }

  /** The first word in the case that suits it inside a sentence. */
  private static String firstAsSpelled(
      String ordinary, String run, Function<String, List<Integer>> pieces) {
    int end = 0;
    while (end < run.length() && Character.isLetter(run.charAt(end))) {
      end++;
    }
    return best(run.substring(0, end), pieces) + ordinary.substring(end);
  }

  /** Puts the words into capitals that are linked more to what was shouted than to the rest. */
  private static String raised(
      String translation, List<AlignmentLink> links, List<TextSpan> shouted) {
    List<TextSpan> words = AttentionLinks.words(translation, false);
    double[] lead = new double[words.size()];
    for (AlignmentLink link : links) {
      boolean loud = shouted.stream().anyMatch(link.source()::overlaps);
      for (int t = 0; t < words.size(); t++) {
        if (words.get(t).overlaps(link.target())) {
          lead[t] += loud ? link.probability() : -link.probability();
        }
      }
    }
    StringBuilder raised = new StringBuilder(translation);
    boolean before = false;
    for (int t = 0; t < words.size(); t++) {
      int next = t + 1;
      while (next < words.size() && lead[next] == 0) {
        next++;
      }
      // A word without links goes with its neighbours if they agree.
      boolean loud =
          lead[t] > 0 || (lead[t] == 0 && before && next < words.size() && lead[next] > 0);
      if (loud) {
        TextSpan word = words.get(t);
        raised.replace(word.start(), word.end(), written(word.of(translation)));
      }
      before = loud;
    }
    return raised.toString();
  }

  /**
   * How a text in capitals is to be read; empty if it is not in capitals or no word of it is better
   * read otherwise.
   */
  private static Optional<String> read(
      String text, BitSet kept, Function<String, List<Integer>> pieces) {
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
    BitSet kept = kept(ProtectedText.find(text));
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

  private static BitSet kept(List<TextSpan> shielded) {
    BitSet kept = new BitSet();
    for (TextSpan span : shielded) {
      kept.set(span.start(), span.end());
    }
    return kept;
  }
}
