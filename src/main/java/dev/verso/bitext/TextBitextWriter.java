package dev.verso.bitext;

import java.io.IOException;
import java.io.Writer;

/**
 * Prints the translation alone: the bitext's target text, its blocks separated by blank lines, and
 * a final newline unless it is empty or ends in one.
 *
 * <p>Nothing is added inside, so the target offsets of the other formats also apply to this one.
 */
public final class TextBitextWriter implements BitextWriter {

  @Override
  public void write(Bitext bitext, Writer out) throws IOException {
    String text = bitext.targetText();
    out.write(text);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      out.write('\n');
    }
  }
}
