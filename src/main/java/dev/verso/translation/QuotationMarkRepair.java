package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives a translation the pairs of quotation marks that it lost, around the words linked to theirs;
 * of a pair that it half lost, the mark that is left stays if it stands there, and else goes.
 * Single marks there become double ones.
 */
final class QuotationMarkRepair implements Repair {

  @Override
  public List<Edit> edits(Translated translated) {
    return missing(translated.input(), translated.text(), translated.links());
  }

  /**
   * The marks to insert and to take out; none if the source's marks are not in pairs.
   *
   * @param links offsets into both texts
   */
  static List<Edit> missing(String source, String translation, List<AlignmentLink> links) {
    List<TextSpan> wanted = pairs(source);
    Set<Integer> strays = strays(translation);
    List<TextSpan> there = pairs(without(translation, strays));
    List<Edit> edits = new ArrayList<>();
    if (wanted == null || there == null || there.size() >= wanted.size()) {
      return edits;
    }
    boolean placedOne = false;
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
        // Single marks around the words were meant for these.
        int single = areSingle(translation, start - 1, end) ? 1 : 0;
        if (!strays.remove(start - 1)) {
          edits.add(new Edit(new TextSpan(start - single, start), "\""));
        }
        if (!strays.remove(end)) {
          edits.add(new Edit(new TextSpan(end, end + single), "\""));
        }
        there = with(there, words);
        placedOne = true;
      }
    }
    if (placedOne) {
      strays.forEach(at -> edits.add(new Edit(new TextSpan(at, at + 1), "")));
    }
    return edits;
  }

  private static boolean areSingle(String text, int before, int behind) {
    return before >= 0
        && behind < text.length()
        && "'‘".indexOf(text.charAt(before)) >= 0
        && "'’".indexOf(text.charAt(behind)) >= 0;
  }

  /** Places of marks without a partner. */
  private static Set<Integer> strays(String text) {
    Set<Integer> strays = new TreeSet<>();
    int open = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isMark(c)) {
        boolean opens = c == '«' || c == '“' || (c == '"' && opens(text, i, open >= 0));
        if (opens) {
          if (open >= 0) {
            strays.add(open);
          }
          open = i;
        } else if (open >= 0) {
          open = -1;
        } else {
          strays.add(i);
        }
      }
    }
    if (open >= 0) {
      strays.add(open);
    }
    return strays;
  }

  /** Whether a straight mark opens: by the spaces around it, or else in turn. */
  private static boolean opens(String text, int at, boolean isOpen) {
    boolean spaceBefore = at == 0 || isSpace(text.charAt(at - 1)) || text.charAt(at - 1) == '(';
    boolean letterBehind = at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
    boolean letterBefore = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
    if (spaceBefore == letterBefore || letterBefore == letterBehind) {
      return !isOpen;
    }
    return spaceBefore;
  }

  private static boolean isMark(char c) {
    return "«»“”\"".indexOf(c) >= 0;
  }

  /** The text with a space for each of some characters. */
  private static String without(String text, Set<Integer> places) {
    StringBuilder blanked = new StringBuilder(text);
    places.forEach(at -> blanked.setCharAt(at, ' '));
    return blanked.toString();
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
