package dev.verso.bitext;

/** Text as it stands in a page. Stateless. */
final class HtmlText {

  private HtmlText() {}

  /**
   * Escapes markup, shows control characters by their pictures (as in ␀) and puts U+FFFD for what
   * no page can hold.
   */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\t', '\n', '\f', '\r' -> out.append(' ');
        default -> {
          if (c < ' ') {
            out.append((char) ('\u2400' + c));
          } else if (c == '\u007f') {
            out.append('\u2421');
          } else if ((c >= '\u0080' && c < '\u00a0') || Surrogates.isLone(text, i)) {
            out.append('\ufffd');
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }
}
