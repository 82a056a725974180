package dev.verso.language;

import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a sentence into words, numbers and punctuation marks, each with its range.
 *
 * <p>French elisions stand alone with their apostrophe ({@code l'}, {@code qu'}, {@code jusqu'}),
 * as do the pronouns of an inversion with their hyphen ({@code -t-il}, {@code -vous}, {@code -là});
 * English clitics likewise ({@code 's}, {@code n't}, {@code 'll}). Other words keep their hyphens
 * and apostrophes. A number keeps its points and commas, a French one the spaces between its
 * thousands. Both straight and curly apostrophes count.
 *
 * <p>Worked example: French {@code "L'ami d'Aix-la-Chapelle viendra-t-il ?"} gives {@code L' ami d'
 * Aix-la-Chapelle viendra -t-il ?}. O(n) in the sentence; immutable and thread-safe.
 *
 * <p>What repeats without bound in a pattern is possessive, or else takes a stack as deep as the
 * word is long; an English number is cut after 64 separators.
 */
public enum WordTokenizer {
  /** For French text. */
  FRENCH(
      "\\p{L}+(?:\\.\\p{L})+\\.?"
          + "|\\d{1,3}(?:[ \u00A0\u202F]\\d{3})+(?!\\d)|\\d+(?:[.,]\\d+)*+"
          + "|(?<=[\\p{L}])-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|moi|toi|lui|leur|les?|la|ce|ci|là|y|en)"
          + "(?![\\p{L}\\d'’-])"
          + "|(?:[\\p{L}\\p{M}\\d]+(?:-(?!(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|moi|toi|lui|leur|les?"
          + "|la|ce|ci|là|y|en)(?![\\p{L}\\d'’-]))[\\p{L}\\p{M}\\d]+)*+['’]?)"
          + "|\\.{2,}|-{2,}|[^\\s\\p{Z}]"),
  /** For English text. */
  ENGLISH(
      "\\p{L}+(?:\\.\\p{L})+\\.?"
          + "|\\d+(?:[.,]\\d+){0,64}(?:st|nd|rd|th)?(?![\\p{L}\\d])"
          + "|[\\p{L}\\p{M}]+?(?=n['’]t(?![\\p{L}]))"
          + "|n['’]t(?![\\p{L}])"
          + "|['’](?:s|ll|re|ve|d|m)(?![\\p{L}])"
          + "|[\\p{L}\\p{M}\\d]+(?:(?:-|['’](?!(?:s|ll|re|ve|d|m)(?![\\p{L}])))[\\p{L}\\p{M}\\d]+)*+"
          + "|\\.{2,}|-{2,}|[^\\s\\p{Z}]");

  private final Pattern token;

  WordTokenizer(String token) {
    this.token = Pattern.compile(token, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** The words of {@code sentence}; a blank sentence has none. */
  public TokenizedSentence tokenize(String sentence) {
    List<TextSpan> words = new ArrayList<>();
    Matcher matcher = token.matcher(sentence);
    while (matcher.find()) {
      words.add(new TextSpan(matcher.start(), matcher.end()));
    }
    return new TokenizedSentence(sentence, words);
  }

  /**
   * The form under which a word is looked up: lower case, curly apostrophes and quotation marks
   * made straight, the ligature œ written oe, the hyphen of an inversion dropped ({@code -t-il} is
   * {@code il}).
   */
  public static String normalize(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.length() > 1 && lower.charAt(0) == '-' && Character.isLetter(lower.charAt(1))) {
      lower = lower.substring(lower.startsWith("-t-") && lower.length() > 3 ? 3 : 1);
    }
    StringBuilder out = null;
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      String replacement =
          switch (c) {
            case '’', '‘', 'ʼ' -> "'";
            case '“', '”', '«', '»', '„', '‟' -> "\"";
            case 'œ' -> "oe";
            case 'æ' -> "ae";
            case '–' -> "—";
            case '…' -> "...";
            default -> null;
          };
      if (replacement != null && out == null) {
        out = new StringBuilder(lower.substring(0, i));
      }
      if (out != null) {
        if (replacement != null) {
          out.append(replacement);
        } else {
          out.append(c);
        }
      }
    }
    return out == null ? lower : out.toString();
  }
}
