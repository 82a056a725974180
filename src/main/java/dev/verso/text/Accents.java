package dev.verso.text;

import java.text.Normalizer;

/** Text without its accents, for comparing words that are spelled with and without them. */
public final class Accents {

  private Accents() {}

  /** {@code text} without accents, cedillas and other marks: <i>garçon</i> is <i>garcon</i>. */
  public static String folded(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      plain = text.charAt(i) < 0x80;
    }
    if (plain) {
      return text;
    }
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    StringBuilder folded = new StringBuilder(decomposed.length());
    decomposed
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }
}
