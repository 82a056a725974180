package dev.verso.text;

/** What counts as white space, everywhere: Unicode's White_Space and Java's. */
public final class Space {

  private Space() {}

  /** Whether {@code c} is white space, including French no-break spaces. */
  public static boolean is(char c) {
    if (c < 0x80) {
      return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
    }
    return c == '\u0085' || Character.isSpaceChar(c);
  }

  /** The first unit at or after {@code from} that is not a space, or {@code end}. */
  public static int skip(CharSequence text, int from, int end) {
    int at = from;
    while (at < end && is(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** {@code [start, end)} without the spaces at either end; empty if there is nothing else. */
  public static TextSpan trim(CharSequence text, int start, int end) {
    int first = skip(text, start, end);
    int last = end;
    while (last > first && is(text.charAt(last - 1))) {
      last--;
    }
    return new TextSpan(first, last);
  }
}
