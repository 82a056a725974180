package dev.verso.text;

/** The marks that end a sentence or surround one. */
final class Marks {

  private Marks() {}

  /** Whether the last mark of {@code text}, ignoring closing ones, ends a sentence. */
  static boolean endsWithStop(CharSequence text) {
    int at = lastInside(text);
    return at >= 0 && isStop(text.charAt(at));
  }

  /** The last unit of {@code text} that is neither a space nor a closing mark, or -1. */
  static int lastInside(CharSequence text) {
    int at = text.length() - 1;
    while (at >= 0 && (Space.is(text.charAt(at)) || isClosing(text.charAt(at)))) {
      at--;
    }
    return at;
  }

  static boolean isStop(char c) {
    return c == '.' || c == '!' || c == '?' || c == '…' || c == '。' || c == '！' || c == '？';
  }

  /** Closing marks, and the guillemet that scraped text has instead. */
  static boolean isClosing(char c) {
    return "»”’\"')]}›«“*_".indexOf(c) >= 0;
  }
}
