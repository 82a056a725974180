package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a translation the pairs of quotation marks that it lost, around the words linked to theirs.
 */
final class QuotationMarks {

  private QuotationMarks() {}

  /**
   * The marks to insert, two for each lost pair; none if either side's marks are not in pairs.
   *
   * @param links offsets into both texts
   */
  static List<Edit> missing(String source, String translation, List<AlignmentLink> links) {
    List<TextSpan> wanted = pairs(source);
    List<TextSpan> there = pairs(translation);
    List<Edit> edits = new ArrayList<>();
    if (wanted == null || there == null || there.size() >= wanted.size()) {
      return edits;
    }
    for (TextSpan quoted : wanted) {
      MarkedText marked =
          new MarkedText(
              source,
              List.of(
                  new Mark(Kind.OPEN, 0, quoted.start()), new Mark(Kind.CLOSE, 0, quoted.end())));
      MarkedText placed = MarkupProjection.project(marked, translation, links);
      int start = placed.marks().get(0).position();
      int end = placed.marks().get(1).position();
      TextSpan words = new TextSpan(start, end);
      boolean free =
          end > start
              && placed.text().equals(translation)
              && there.stream().noneMatch(words::overlaps);
      if (free) {
        edits.add(new Edit(new TextSpan(start, start), "\""));
        edits.add(new Edit(new TextSpan(end, end), "\""));
        there = with(there, words);
      }
    }
    return edits;
  }

  private static List<TextSpan> with(List<TextSpan> spans, TextSpan one) {
    List<TextSpan> more = new ArrayList<>(spans);
    more.add(one);
    return more;
  }

  /** What stands between the marks of each pair, spaces aside; null if they are no such pairs. */
  private static List<TextSpan> pairs(String text) {
    List<TextSpan> pairs = new ArrayList<>();
    int open = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean opens = c == '«' || c == '“' || (c == '"' && open < 0);
      boolean closes = c == '»' || c == '”' || (c == '"' && open >= 0);
      if (opens) {
        if (open >= 0) {
          return null;
        }
        open = i + 1;
      } else if (closes) {
        if (open < 0) {
          return null;
        }
        int from = open;
        int to = i;
        while (from < to && isSpace(text.charAt(from))) {
          from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
          to--;
        }
        if (to > from) {
          pairs.add(new TextSpan(from, to));
        }
        open = -1;
      }
    }
    return open >= 0 ? null : pairs;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
