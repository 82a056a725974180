package dev.verso.text;

/** Where tags and comments end, for the few places where the parser's tree does not say. */
final class Markup {

  private Markup() {}

  /**
   * Length of the tag or comment that begins at {@code at}, 0 if the {@code <} is text, -1 if
   * nothing before {@code end} closes it.
   */
  static int tagLength(String raw, int at, int end) {
    if (at + 2 >= end) {
      return 0;
    }
    char c = raw.charAt(at + 1);
    if (raw.startsWith("<!--", at)) {
      for (int i = at + 4; i + 2 < end; i++) {
        if (raw.charAt(i) == '-' && raw.startsWith("-->", i)) {
          return i + 3 - at;
        }
      }
      return -1;
    }
    boolean tag = c == '!' || c == '?' || isLetter(c) || (c == '/' && isLetter(raw.charAt(at + 2)));
    if (!tag) {
      return 0;
    }
    char quote = 0;
    for (int i = at + 2; i < end; i++) {
      char d = raw.charAt(i);
      if (quote != 0) {
        quote = d == quote ? 0 : quote;
      } else if ((d == '"' || d == '\'') && c != '/' && raw.charAt(i - 1) == '=') {
        quote = d;
      } else if (d == '>') {
        return i + 1 - at;
      }
    }
    return -1;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
