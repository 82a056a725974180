package dev.verso.text;

/** What a list item begins with in plain text: {@code -}, {@code •}, {@code 1.}, {@code a)}. */
final class ListMarker {

  private ListMarker() {}

  /** Length of the marker that {@code line} begins with, including its space; 0 if none. */
  static int length(CharSequence text, TextSpan line) {
    int at = line.start();
    char c = text.charAt(at);
    if ("-*•‣▪●◦·–—".indexOf(c) >= 0) {
      return at + 2 < line.end() && Space.is(text.charAt(at + 1)) ? 2 : 0;
    }
    int end = at;
    while (end < line.end() && end - at < 3 && Character.isDigit(text.charAt(end))) {
      end++;
    }
    if (end == at && Character.isLetter(c)) {
      end++;
    }
    if (end == at || end + 2 >= line.end()) {
      return 0;
    }
    char mark = text.charAt(end);
    boolean marks = mark == ')' || (mark == '.' && Character.isDigit(c));
    return marks && Space.is(text.charAt(end + 1)) ? end + 2 - at : 0;
  }

  /** Whether the marker is a dash, which also begins a line of dialogue. */
  static boolean isDash(char c) {
    return c == '–' || c == '—';
  }
}
