package dev.verso.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the order in which printed lines are read.
 *
 * <p>A strip that few lines cross, with lines on both sides, parts columns: they are read one after
 * the other, between the lines that cross it. What stands at the edge of several pages, but for its
 * numbers, is a running head: it is given once, and not at all if it is a page's number. A line
 * that could have held the next word ends on purpose; others run on, over columns and pages too.
 * Where a word is divided its hyphen and a line break stay.
 */
final class PdfLayout {

  /**
   * Printed text on one line of one column.
   *
   * @param page counted from 0
   * @param left its left edge, in points, like the others
   * @param right its right edge
   * @param y its base line, from the page's top
   * @param size of its letters
   */
  record Line(int page, float left, float right, float y, float size, String text) {

    /** This and what stands to the right of it. */
    Line and(Line other) {
      String gap = text.endsWith(" ") || other.text.startsWith(" ") ? "" : " ";
      return new Line(
          page,
          Math.min(left, other.left),
          Math.max(right, other.right),
          y,
          Math.max(size, other.size),
          text + gap + other.text);
    }

    boolean isBeside(Line other) {
      return page == other.page && Math.abs(y - other.y) < 0.3f * Math.max(size, other.size);
    }

    private float firstWord() {
      String word = text.strip().split("\\s", 2)[0];
      return text.isEmpty() ? 0 : (right - left) * word.length() / text.length();
    }
  }

  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern PAGE_NUMBER =
      Pattern.compile("(?i)\\W*(?:page|p\\.)?\\s*\\d{1,4}\\W*(?:(?:sur|of|de|/)\\s*\\d{1,4})?\\W*");

  /** Lines at a page's edge that may be a running head. */
  private static final int EDGE = 2;

  /** Narrowest strip between columns, in letters' sizes. */
  private static final float GUTTER = 0.8f;

  /** Leading beyond which a paragraph begins, in usual leadings. */
  private static final float PARAGRAPH = 1.35f;

  private PdfLayout() {}

  /**
   * The text of lines given in the order in which the file draws them; paragraphs between blanks.
   */
  static String text(List<Line> drawn) {
    List<List<Line>> pages = new ArrayList<>();
    for (Line line : joined(drawn)) {
      while (pages.size() <= line.page) {
        pages.add(new ArrayList<>());
      }
      pages.get(line.page).add(line);
    }
    dropHeads(pages);
    List<Line> read = new ArrayList<>();
    for (List<Line> page : pages) {
      read.addAll(ordered(page, 0));
    }
    return printed(read);
  }

  /** Pieces of one line that the file draws one after the other are one. */
  private static List<Line> joined(List<Line> drawn) {
    List<Line> joined = new ArrayList<>();
    for (Line line : drawn) {
      if (line.text.isBlank()) {
        continue;
      }
      int last = joined.size() - 1;
      boolean goesOn =
          last >= 0
              && joined.get(last).isBeside(line)
              && line.left - joined.get(last).right < 2 * line.size
              && line.left > joined.get(last).left;
      if (goesOn) {
        joined.set(last, joined.get(last).and(line));
      } else {
        joined.add(line);
      }
    }
    return joined;
  }

  private static void dropHeads(List<List<Line>> pages) {
    Map<String, Set<Integer>> found = new HashMap<>();
    for (List<Line> page : pages) {
      for (Line line : edges(page)) {
        found.computeIfAbsent(head(line), key -> new HashSet<>()).add(line.page);
      }
    }
    Set<String> given = new HashSet<>();
    for (List<Line> page : pages) {
      for (Line line : edges(page)) {
        boolean number = PAGE_NUMBER.matcher(line.text).matches();
        boolean repeated = found.get(head(line)).size() > 1 && pages.size() > 1;
        if (number || (repeated && !given.add(head(line)))) {
          page.remove(line);
        }
      }
    }
  }

  private static String head(Line line) {
    return DIGITS.matcher(line.text.strip()).replaceAll("#");
  }

  private static List<Line> edges(List<Line> page) {
    List<Line> byHeight = new ArrayList<>(page);
    byHeight.sort(Comparator.comparingDouble(Line::y));
    List<Line> edges = new ArrayList<>();
    for (int i = 0; i < byHeight.size(); i++) {
      if (i < EDGE || i >= byHeight.size() - EDGE) {
        edges.add(byHeight.get(i));
      }
    }
    return edges;
  }

  /** Lines in reading order. */
  private static List<Line> ordered(List<Line> lines, int depth) {
    float gutter = depth < 4 ? gutter(lines) : Float.NaN;
    if (Float.isNaN(gutter)) {
      return rows(lines);
    }
    List<Line> byHeight = new ArrayList<>(lines);
    byHeight.sort(Comparator.comparingDouble(Line::y));
    List<Line> ordered = new ArrayList<>();
    List<Line> left = new ArrayList<>();
    List<Line> right = new ArrayList<>();
    for (Line line : byHeight) {
      if (line.right <= gutter) {
        left.add(line);
      } else if (line.left >= gutter) {
        right.add(line);
      } else {
        flush(left, right, depth, ordered);
        ordered.add(line);
      }
    }
    flush(left, right, depth, ordered);
    return ordered;
  }

  private static void flush(List<Line> left, List<Line> right, int depth, List<Line> ordered) {
    ordered.addAll(ordered(left, depth + 1));
    ordered.addAll(ordered(right, depth + 1));
    left.clear();
    right.clear();
  }

  /** From top to bottom; what stands beside each other is one row. */
  private static List<Line> rows(List<Line> lines) {
    List<Line> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparingDouble(Line::y));
    List<Line> rows = new ArrayList<>();
    for (int i = 0; i < sorted.size(); ) {
      int end = i + 1;
      while (end < sorted.size() && sorted.get(i).isBeside(sorted.get(end))) {
        end++;
      }
      List<Line> beside = new ArrayList<>(sorted.subList(i, end));
      beside.sort(Comparator.comparingDouble(Line::left));
      rows.add(beside.stream().reduce(Line::and).orElseThrow());
      i = end;
    }
    return rows;
  }

  /**
   * The middle of the strip between columns, or NaN if there is none: at most a third of the lines
   * cross it, and what stands on both sides of it is not drawn row by row, as tables are, unless it
   * is as long as running text.
   */
  private static float gutter(List<Line> lines) {
    float best = Float.NaN;
    int least = Integer.MAX_VALUE;
    for (Line candidate : lines) {
      float edge = candidate.left - GUTTER * candidate.size / 2;
      List<Line> left = lines.stream().filter(l -> l.right <= edge).toList();
      List<Line> right = lines.stream().filter(l -> l.left >= edge).toList();
      int crossing = lines.size() - left.size() - right.size();
      if (left.size() < 2 || right.size() < 2 || 3 * crossing > lines.size() || crossing >= least) {
        continue;
      }
      double end = left.stream().mapToDouble(Line::right).max().orElseThrow();
      double begin = right.stream().mapToDouble(Line::left).min().orElseThrow();
      boolean wide = begin - end >= GUTTER * candidate.size;
      if (wide && isBesideEachOther(left, right) && isRead(lines, left, right)) {
        least = crossing;
        best = (float) ((begin + end) / 2);
      }
    }
    return best;
  }

  private static boolean isBesideEachOther(List<Line> left, List<Line> right) {
    double top = Math.max(min(left), min(right));
    double bottom = Math.min(max(left), max(right));
    return bottom > top;
  }

  private static double min(List<Line> lines) {
    return lines.stream().mapToDouble(Line::y).min().orElseThrow();
  }

  private static double max(List<Line> lines) {
    return lines.stream().mapToDouble(Line::y).max().orElseThrow();
  }

  private static boolean isRead(List<Line> drawn, List<Line> left, List<Line> right) {
    int changes = 0;
    Boolean before = null;
    Set<Line> ofLeft = new HashSet<>(left);
    Set<Line> ofRight = new HashSet<>(right);
    for (Line line : drawn) {
      if (ofLeft.contains(line) || ofRight.contains(line)) {
        boolean isLeft = ofLeft.contains(line);
        changes += before != null && before != isLeft ? 1 : 0;
        before = isLeft;
      }
    }
    boolean inTurn = changes >= Math.min(left.size(), right.size()) && changes > 1;
    return !inTurn || (isRunning(left) && isRunning(right));
  }

  /** Whether lines are as long and as many as those of running text. */
  private static boolean isRunning(List<Line> lines) {
    return lines.size() >= 4
        && lines.stream().mapToInt(line -> line.text.length()).average().orElse(0) >= 25;
  }

  private static String printed(List<Line> lines) {
    float leading = leading(lines);
    StringBuilder text = new StringBuilder();
    int page = 0;
    for (int i = 0; i < lines.size(); i++) {
      for (; page < lines.get(i).page; page++) {
        text.append(ExtractedText.PAGE);
      }
      text.append(lines.get(i).text.strip());
      if (i + 1 < lines.size()) {
        text.append(between(lines, i, leading));
      }
    }
    return text.append('\n').toString();
  }

  /** What stands between a line and the next. */
  private static String between(List<Line> lines, int i, float leading) {
    Line line = lines.get(i);
    Line next = lines.get(i + 1);
    String before = line.text.strip();
    String behind = next.text.strip();
    boolean sameSize = Math.abs(line.size - next.size) < 0.12f * Math.max(line.size, next.size);
    boolean goesOn = Character.isLowerCase(behind.charAt(0)) && !endsWithStop(before);
    char last = before.charAt(before.length() - 1);
    boolean divided =
        "-\u2010\u00ad".indexOf(last) >= 0
            && before.length() > 1
            && Character.isLetter(before.charAt(before.length() - 2))
            && Character.isLowerCase(behind.charAt(0));
    boolean jumps = line.page != next.page || next.y < line.y;
    boolean apart = !jumps && next.y - line.y > PARAGRAPH * leading;
    if (!sameSize || (apart && !goesOn)) {
      return "\n\n";
    }
    if (divided) {
      return "\n";
    }
    if (jumps || apart) {
      return goesOn ? " " : "\n\n";
    }
    boolean indented = next.left - line.left > 0.8f * next.size && endsWithStop(before);
    if (indented) {
      return "\n\n";
    }
    float edge = column(lines, i);
    boolean full =
        line.right + next.firstWord() + 0.3f * line.size > edge - 0.04f * (edge - line.left);
    return full ? " " : endsWithStop(before) ? "\n\n" : "\n";
  }

  /** The right edge of the column that a line stands in. */
  private static float column(List<Line> lines, int i) {
    Line line = lines.get(i);
    float edge = line.right;
    for (int step : new int[] {-1, 1}) {
      for (int k = i + step; k >= 0 && k < lines.size(); k += step) {
        Line other = lines.get(k);
        boolean same = other.page == line.page && Math.abs(other.left - line.left) < 3 * line.size;
        if (!same) {
          break;
        }
        edge = Math.max(edge, other.right);
      }
    }
    return edge;
  }

  private static boolean endsWithStop(String text) {
    return Pattern.compile("[.!?…:;][\"'»”)\\]\\s]*$").matcher(text).find();
  }

  /** The usual distance between lines. */
  private static float leading(List<Line> lines) {
    List<Float> leadings = new ArrayList<>();
    for (int i = 0; i + 1 < lines.size(); i++) {
      float distance = lines.get(i + 1).y - lines.get(i).y;
      if (lines.get(i).page == lines.get(i + 1).page && distance > 0) {
        leadings.add(distance);
      }
    }
    leadings.sort(Comparator.naturalOrder());
    return leadings.isEmpty() ? Float.MAX_VALUE / 2 : leadings.get((leadings.size() - 1) / 2);
  }
}
