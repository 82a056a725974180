package dev.verso.text;

import java.util.ArrayList;
import java.util.List;

/** The lines of a text, ended by {@code \n}, {@code \r\n} or a lone {@code \r}. */
public final class TextLines {

  private TextLines() {}

  /**
   * The span of each line without its terminator, including blank lines. As many as {@code wc -l}
   * counts, one more if the last line has no terminator; a document read with {@link
   * ReadOptions#lines()} has one block for each line that is not blank.
   */
  public static List<TextSpan> of(CharSequence text) {
    List<TextSpan> lines = new ArrayList<>();
    int start = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        lines.add(new TextSpan(start, i));
        if (c == '\r' && i + 1 < length && text.charAt(i + 1) == '\n') {
          i++;
        }
        start = i + 1;
      }
    }
    if (start < length) {
      lines.add(new TextSpan(start, length));
    }
    return lines;
  }
}
