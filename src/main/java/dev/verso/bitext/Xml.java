package dev.verso.bitext;

import java.io.IOException;
import java.io.Writer;

/** Text in the characters that XML 1.0 allows. */
public final class Xml {
  private Xml() {}

  /**
   * Writes character data or the value of an attribute in double quotes. Characters that XML does
   * not allow are written by {@code forbidden}.
   */
  public static void write(String text, boolean attribute, Forbidden forbidden, Writer out)
      throws IOException {
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      switch (c) {
        case '&' -> out.write("&amp;");
        case '<' -> out.write("&lt;");
        case '>' -> out.write("&gt;");
        case '"' -> out.write(attribute ? "&quot;" : "\"");
        case '\t', '\n' -> out.write(attribute ? "&#" + c + ";" : Character.toString(c));
        case '\r' -> out.write("&#13;");
        default -> {
          if (isLegal(c)) {
            out.write(Character.toString(c));
          } else {
            forbidden.write(c, out);
          }
        }
      }
    }
  }

  private static boolean isLegal(int c) {
    return (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000
        || c == '\t'
        || c == '\n'
        || c == '\r';
  }

  /** A text with the replacement character for what XML does not allow. */
  public static String allowed(String text) {
    if (text.codePoints().allMatch(Xml::isLegal)) {
      return text;
    }
    StringBuilder allowed = new StringBuilder();
    text.codePoints().forEach(c -> allowed.appendCodePoint(isLegal(c) ? c : '\uFFFD'));
    return allowed.toString();
  }

  /** Writes a code point that XML does not allow. */
  public interface Forbidden {
    /** Writes the replacement character. */
    Forbidden REPLACED = (c, out) -> out.write('\uFFFD');

    void write(int codePoint, Writer out) throws IOException;
  }
}
