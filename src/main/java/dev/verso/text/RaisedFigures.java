package dev.verso.text;

/**
 * Raised and lowered figures of a page, written with the characters that Unicode has for them:
 * {@code 10<sup>6</sup>} is 10⁶ and not 106, {@code 2014<sup>1</sup>} is a year with a note.
 */
final class RaisedFigures {

  /** Where text stands. */
  enum Level {
    LINE,
    RAISED,
    LOWERED
  }

  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉";
  private static final int LONGEST = 4;

  private RaisedFigures() {}

  /** Where the text of an element stands. */
  static Level level(String element, Level outer) {
    return switch (element) {
      case "sup" -> Level.RAISED;
      case "sub" -> Level.LOWERED;
      default -> outer;
    };
  }

  /** Whether a range holds nothing but a few digits, with a sign at most. */
  static boolean isFigure(String raw, int from, int to) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c != '-' && c != '+' && c != '\u2212') {
        return false;
      }
    }
    return digits > 0 && to - from <= LONGEST;
  }

  /** A character at a level. */
  static char at(char c, Level level) {
    if (level == Level.LINE) {
      return c;
    }
    boolean raised = level == Level.RAISED;
    if (c >= '0' && c <= '9') {
      return (raised ? RAISED : LOWERED).charAt(c - '0');
    }
    return switch (c) {
      case '+' -> raised ? '⁺' : '₊';
      case '-', '\u2212' -> raised ? '⁻' : '₋';
      default -> c;
    };
  }
}
