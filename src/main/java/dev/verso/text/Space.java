package dev.verso.text;

/** What counts as white space, everywhere in this room: Unicode's White_Space and Java's. */
final class Space {

  private Space() {}

  /** Whether {@code c} is white space, the no-break spaces of French included. */
  static boolean is(char c) {
    if (c < 0x80) {
      return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
    }
    return c == '\u0085' || Character.isSpaceChar(c);
  }

  /** The first unit at or behind {@code from} that is no space, or {@code end}. */
  static int skip(CharSequence text, int from, int end) {
    int at = from;
    while (at < end && is(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** {@code [start, end)} without the spaces at its edges; empty if there is nothing else. */
  static TextSpan trim(CharSequence text, int start, int end) {
    int first = skip(text, start, end);
    int last = end;
    while (last > first && is(text.charAt(last - 1))) {
      last--;
    }
    return new TextSpan(first, last);
  }
}
