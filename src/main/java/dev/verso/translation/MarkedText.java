package dev.verso.translation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A text whose inline markup is kept beside it.
 *
 * <p>{@code <b>Le chat</b> dort.<br/>} is the text "Le chat dort." with the marks open 1 at 0,
 * close 1 at 7 and single 2 at 13.
 *
 * @param text what is left without the markup
 * @param marks in the order of the markup; positions are UTF-16 offsets into {@code text} and never
 *     fall; each opening mark has its closing one, properly nested
 */
public record MarkedText(String text, List<Mark> marks) {

  /**
   * Stands before the mark of a break that a sentence may run over, such as {@code <br>}; no space.
   */
  public static final char LINE = '\u2028';

  /** Stands before the mark of a break that no sentence runs over, such as a tab; no space. */
  public static final char HARD = '\u2029';

  /** Whether it stands before a break's mark. */
  public static boolean isSeparator(char c) {
    return c == LINE || c == HARD;
  }

  /** What a mark is. */
  public enum Kind {
    /** Begins an element. */
    OPEN,
    /** Ends the element of the same id. */
    CLOSE,
    /** Stands by itself, such as an image or a reference. */
    SINGLE,
    /** Stands by itself and parts sentences, such as a line break. */
    BREAK
  }

  /**
   * One piece of markup.
   *
   * @param kind what it is
   * @param id names it; an opening and its closing mark share one, all others differ
   * @param position where it stands in the text
   */
  public record Mark(Kind kind, int id, int position) {

    /** The same, that many units further. */
    public Mark shift(int units) {
      return new Mark(kind, id, position + units);
    }
  }

  /**
   * Checks the marks.
   *
   * @throws IllegalArgumentException if one lies outside the text, before its predecessor, or is
   *     not nested properly
   */
  public MarkedText {
    marks = List.copyOf(marks);
    Deque<Integer> open = new ArrayDeque<>();
    int position = 0;
    for (Mark mark : marks) {
      if (mark.position < position || mark.position > text.length()) {
        throw new IllegalArgumentException("mark " + mark + " is out of order in \"" + text + "\"");
      }
      position = mark.position;
      if (mark.kind == Kind.OPEN) {
        open.push(mark.id);
      } else if (mark.kind == Kind.CLOSE && (open.isEmpty() || open.pop() != mark.id)) {
        throw new IllegalArgumentException("mark " + mark + " closes what is not open");
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException("mark " + open.peek() + " is never closed");
    }
  }

  /** A text without markup. */
  public static MarkedText plain(String text) {
    return new MarkedText(text, List.of());
  }
}
