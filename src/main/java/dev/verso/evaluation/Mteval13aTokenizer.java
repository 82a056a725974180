package dev.verso.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits a segment into words as NIST's {@code mteval-v13a} does, in sacreBLEU's version (Post
 * 2018, "A Call for Clarity in Reporting BLEU Scores").
 *
 * <p>Entities for {@code " & < >} are decoded once; ASCII punctuation and symbols are separate
 * words, except apostrophe, full stop, comma and hyphen; a full stop or comma is separate unless it
 * is between digits; a hyphen is separated from a preceding digit. Punctuation outside ASCII stays
 * with its word.
 *
 * <p>Thread-safe; linear in the segment's length.
 */
public final class Mteval13aTokenizer {

  private static final Pattern SYMBOL = Pattern.compile("([ -&(-+:-@\\[-`{-~/])");
  private static final Pattern STOP_AFTER_NON_DIGIT = Pattern.compile("([^0-9])([.,])");
  private static final Pattern STOP_BEFORE_NON_DIGIT = Pattern.compile("([.,])([^0-9])");
  private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

  private Mteval13aTokenizer() {}

  /** The words of {@code segment} in order. */
  public static List<String> tokenize(String segment) {
    String line = stripEnd(segment);
    line = line.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
    if (line.indexOf('&') >= 0) {
      line =
          line.replace("&quot;", "\"")
              .replace("&amp;", "&")
              .replace("&lt;", "<")
              .replace("&gt;", ">");
    }
    line = SYMBOL.matcher(' ' + line + ' ').replaceAll(" $1 ");
    line = STOP_AFTER_NON_DIGIT.matcher(line).replaceAll("$1 $2 ");
    line = STOP_BEFORE_NON_DIGIT.matcher(line).replaceAll(" $1 $2");
    line = HYPHEN_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
    return split(line);
  }

  private static String stripEnd(String line) {
    int end = line.length();
    while (end > 0 && Whitespace.is(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end);
  }

  private static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i == line.length() || Whitespace.is(line.charAt(i))) {
        if (i > start) {
          words.add(line.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }
}
