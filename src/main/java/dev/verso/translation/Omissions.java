package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clauses of a source that no word link reaches: most likely they were left out. A clause here is
 * what stands between punctuation marks, of {@value #LEAST_WORDS} words or more. Stateless; O(n log
 * n) in the text.
 */
final class Omissions {

  private static final int LEAST_WORDS = 3;

  /** Letters of a word that says something by itself. */
  private static final int LONG = 4;

  private static final Pattern CLAUSE = Pattern.compile("[^,;:!?…«»“”\"()\\[\\]—]++");
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}-]*+");

  private Omissions() {}

  /**
   * The clauses of {@code source} that were most likely left out.
   *
   * @param links word links of its translation
   */
  static List<TextSpan> of(String source, List<AlignmentLink> links) {
    List<TextSpan> reached =
        links.stream()
            .filter(link -> link.strength() == AlignmentLink.Strength.SURE)
            .map(AlignmentLink::source)
            .sorted()
            .toList();
    List<TextSpan> omitted = new ArrayList<>();
    Matcher clauses = CLAUSE.matcher(source);
    while (clauses.find()) {
      int words = 0;
      int telling = 0;
      int linked = 0;
      Matcher word = WORD.matcher(source).region(clauses.start(), clauses.end());
      int first = -1;
      int last = -1;
      while (word.find()) {
        TextSpan span = new TextSpan(word.start(), word.end());
        words++;
        telling += span.length() >= LONG ? 1 : 0;
        linked += reached.stream().anyMatch(span::overlaps) ? 1 : 0;
        first = first < 0 ? span.start() : first;
        last = span.end();
      }
      if (words >= LEAST_WORDS && telling > 0 && linked == 0) {
        omitted.add(new TextSpan(first, last));
      }
    }
    return omitted;
  }
}
