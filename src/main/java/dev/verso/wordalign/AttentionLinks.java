package dev.verso.wordalign;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.AlignmentLink.Strength;
import dev.verso.model.Attention;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads word links off a translation's attention.
 *
 * <p>A<sub>ts</sub> is the attention of target piece t on source piece s. For words, the attention
 * is summed over the pieces of a source word and averaged over those of a target word; what falls
 * on the end-of-sentence mark is the target word's share of "nothing". Attention is read off one
 * way, and a word may be attended to by many; {@link #agreed} weighs it the other way too. A link
 * stands where the result is at least {@link #POSSIBLE}; it is sure from {@link #SURE} on. O(T·S).
 */
public final class AttentionLinks {

  /** Agreed attention from which a link is kept; set on the development pairs of Alibi. */
  public static final double POSSIBLE = 0.35;

  /** Agreed attention from which a link is sure. */
  public static final double SURE = 0.5;

  private static final double NEIGHBOURS = 0.4;
  private static final double MOST_SUPPORT = 3;

  private AttentionLinks() {}

  /**
   * The links of one sentence pair.
   *
   * @param attention [target pieces][source pieces + end mark]
   * @param sourceSpans range of each source piece in the source text
   * @param targetSpans range of each target piece in the target text
   */
  public static List<AlignmentLink> read(
      Attention attention,
      List<TextSpan> sourceSpans,
      List<TextSpan> targetSpans,
      String source,
      String target) {
    List<TextSpan> sourceWords = words(source, true);
    List<TextSpan> targetWords = words(target, false);
    double[][] mass =
        agreed(ofWords(attention, sourceSpans, targetSpans, sourceWords, targetWords));
    List<AlignmentLink> links = new ArrayList<>();
    for (int t = 0; t < mass.length; t++) {
      for (int s = 0; s < sourceWords.size(); s++) {
        double p = mass[t][s];
        if (p >= POSSIBLE) {
          links.add(
              new AlignmentLink(
                  sourceWords.get(s),
                  targetWords.get(t),
                  p >= SURE ? Strength.SURE : Strength.POSSIBLE,
                  p));
        }
      }
    }
    return links;
  }

  /**
   * Attention of words on words: summed over the pieces of a source word, averaged over those of a
   * target word.
   *
   * @param attention [target pieces][source pieces + end mark]
   * @return [target words][source words], each in [0, 1]
   */
  public static double[][] ofWords(
      Attention attention,
      List<TextSpan> sourceSpans,
      List<TextSpan> targetSpans,
      List<TextSpan> sourceWords,
      List<TextSpan> targetWords) {
    int[] sourceWordOf = wordOf(sourceSpans, sourceWords);
    int[] targetWordOf = wordOf(targetSpans, targetWords);
    double[][] mass = new double[targetWords.size()][sourceWords.size()];
    int[] pieces = new int[targetWords.size()];
    for (int t = 0; t < targetSpans.size() && t < attention.length(); t++) {
      int word = targetWordOf[t];
      if (word < 0) {
        continue;
      }
      pieces[word]++;
      Attention.Row row = attention.rows().get(t);
      for (int s = 0; s < sourceSpans.size() && s < row.length(); s++) {
        if (sourceWordOf[s] >= 0) {
          mass[word][sourceWordOf[s]] += row.at(s);
        }
      }
    }
    for (int t = 0; t < mass.length; t++) {
      for (int s = 0; s < mass[t].length; s++) {
        mass[t][s] = pieces[t] == 0 ? 0 : Math.min(1, mass[t][s] / pieces[t]);
      }
    }
    return mass;
  }

  /**
   * Attention that both sides agree on. With M<sub>ts</sub> the attention of words on words,
   *
   * <pre>
   *   X_ts = √( M_ts · M_ts / Σ_t' M_t's ),
   *   result_ts = 0.6 X_ts + 0.4 min( (X_(t-1)(s-1) + X_(t+1)(s+1)) / 2, 3 X_ts ):</pre>
   *
   * the first is high where the target word looks at the source word and few others do, as in the
   * agreement of two directions (Liang et al. 2006) but from one of them; the second lends support
   * to neighbours that are linked in order.
   *
   * @param mass [target words][source words], each in [0, 1]
   * @return the same shape, each in [0, 1]
   */
  public static double[][] agreed(double[][] mass) {
    int rows = mass.length;
    int columns = rows == 0 ? 0 : mass[0].length;
    double[][] both = new double[rows][columns];
    for (int s = 0; s < columns; s++) {
      double looked = 1e-6;
      for (double[] row : mass) {
        looked += row[s];
      }
      for (int t = 0; t < rows; t++) {
        both[t][s] = Math.min(1, mass[t][s] / Math.sqrt(looked));
      }
    }
    double[][] result = new double[rows][columns];
    for (int t = 0; t < rows; t++) {
      for (int s = 0; s < columns; s++) {
        double before = t > 0 && s > 0 ? both[t - 1][s - 1] : 0;
        double behind = t + 1 < rows && s + 1 < columns ? both[t + 1][s + 1] : 0;
        double support = Math.min((before + behind) / 2, MOST_SUPPORT * both[t][s]);
        result[t][s] = (1 - NEIGHBOURS) * both[t][s] + NEIGHBOURS * support;
      }
    }
    return result;
  }

  /**
   * Words and marks: runs of letters, digits and combining marks; an apostrophe ends a French
   * elision ({@code l’|OTAN}) and stays inside an English word; every other visible character is
   * its own.
   */
  public static List<TextSpan> words(String text, boolean elides) {
    List<TextSpan> words = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      int next = i + Character.charCount(codePoint);
      if (Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)) {
        i = next;
        continue;
      }
      int start = i;
      if (isWordCharacter(codePoint)) {
        while (next < text.length() && isWordCharacter(text.codePointAt(next))) {
          next += Character.charCount(text.codePointAt(next));
        }
        if (next < text.length() && isApostrophe(text.charAt(next))) {
          boolean inside = next + 1 < text.length() && isWordCharacter(text.codePointAt(next + 1));
          if (elides) {
            next++;
          } else if (inside) {
            next++;
            while (next < text.length() && isWordCharacter(text.codePointAt(next))) {
              next += Character.charCount(text.codePointAt(next));
            }
          }
        }
      }
      words.add(new TextSpan(start, next));
      i = next;
    }
    return words;
  }

  private static boolean isApostrophe(char c) {
    return c == '\'' || c == '’';
  }

  private static boolean isWordCharacter(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isLetterOrDigit(codePoint)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /** For each piece the word that most of it lies in, or -1. */
  private static int[] wordOf(List<TextSpan> pieces, List<TextSpan> words) {
    int[] word = new int[pieces.size()];
    int from = 0;
    for (int i = 0; i < word.length; i++) {
      TextSpan piece = pieces.get(i);
      while (from < words.size() && words.get(from).end() <= piece.start()) {
        from++;
      }
      word[i] =
          from < words.size() && !piece.isEmpty() && words.get(from).overlaps(piece) ? from : -1;
    }
    return word;
  }
}
