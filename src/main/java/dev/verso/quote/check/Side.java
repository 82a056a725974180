package dev.verso.quote.check;

import dev.verso.language.Stems;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One of the two texts, in words. Immutable. */
final class Side {

  /**
   * A word or mark.
   *
   * @param start its first unit
   * @param end the unit after its last
   * @param word as written
   * @param key lower case, straight apostrophe
   * @param stem what its forms share
   * @param content whether it carries content of its own
   * @param mark whether it holds no letter or digit
   * @param first whether it begins a sentence or a quotation
   */
  record Token(
      int start,
      int end,
      String word,
      String key,
      String stem,
      boolean content,
      boolean mark,
      boolean first) {

    boolean isCapital() {
      return Character.isUpperCase(word.codePointAt(0));
    }

    boolean isDigits() {
      return Character.isDigit(word.charAt(0));
    }
  }

  private static final Set<String> FRENCH_FUNCTIONS = Resources.functions("fr");
  private static final Set<String> ENGLISH_FUNCTIONS = Resources.functions("en");

  final String text;
  final Language language;
  final TokenizedSentence sentence;
  final List<Token> tokens;

  Side(String text, Language language) {
    this.text = text;
    this.language = language;
    WordTokenizer tokenizer =
        language == Language.FRENCH ? WordTokenizer.FRENCH : WordTokenizer.ENGLISH;
    this.sentence = tokenizer.tokenize(text);
    List<Token> list = new ArrayList<>();
    boolean first = true;
    for (TextSpan span : sentence.words()) {
      String word = span.of(text);
      String key = WordTokenizer.normalize(word);
      boolean mark = word.codePoints().noneMatch(Character::isLetterOrDigit);
      Set<String> functions = language == Language.FRENCH ? FRENCH_FUNCTIONS : ENGLISH_FUNCTIONS;
      boolean content = !mark && !functions.contains(key) && !functions.contains("-" + key);
      list.add(
          new Token(
              span.start(), span.end(), word, key, Stems.of(key, language), content, mark, first));
      first = mark ? first || ".!?:;\"«»“”…".indexOf(word.charAt(0)) >= 0 : false;
    }
    this.tokens = List.copyOf(list);
  }

  int size() {
    return tokens.size();
  }

  Token at(int index) {
    return tokens.get(index);
  }

  /** The key of a word, "" outside the text. */
  String key(int index) {
    return index < 0 || index >= tokens.size() ? "" : tokens.get(index).key;
  }

  /** The range of the words from {@code from} to before {@code to}. */
  TextSpan span(int from, int to) {
    return new TextSpan(tokens.get(from).start, tokens.get(to - 1).end);
  }

  String words(int from, int to) {
    return span(from, to).of(text);
  }
}
