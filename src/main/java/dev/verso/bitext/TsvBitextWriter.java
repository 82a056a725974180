package dev.verso.bitext;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Prints one segment a line, ten columns separated by tabs, under a header line: number of the
 * block (from 1), its kind, start and end in the source, start and end in the target text, score,
 * quality (both with 4 decimals), source text, target text.
 *
 * <p>Inside the texts a tab is printed as {@code \t}, a line feed as {@code \n}, a carriage return
 * as {@code \r}, a backslash as {@code \\}, and any other control character, line or paragraph
 * separator or lone surrogate as {@code \}{@code uXXXX}: each line of the file is one segment, and
 * the texts can be restored exactly. There is no quoting.
 */
public final class TsvBitextWriter implements BitextWriter {

  private static final String HEADER =
      "block\tkind\tsource_start\tsource_end\ttarget_start\ttarget_end\tscore\tquality"
          + "\tsource\ttarget\n";

  @Override
  public void write(Bitext bitext, Writer out) throws IOException {
    out.write(HEADER);
    int number = 0;
    for (BitextBlock block : bitext.blocks()) {
      number++;
      for (TranslationUnit unit : block.units()) {
        out.write(
            String.format(
                Locale.ROOT,
                "%d\t%s\t%d\t%d\t%d\t%d\t%.4f\t%.4f\t",
                number,
                block.kind().label(),
                unit.source().span().start(),
                unit.source().span().end(),
                unit.target().start(),
                unit.target().end(),
                unit.score() + 0.0, // no "-0.0000"
                unit.quality()));
        escape(unit.source().text(), out);
        out.write('\t');
        escape(unit.targetText(), out);
        out.write('\n');
      }
    }
  }

  static void escape(String text, Writer out) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\t' -> out.write("\\t");
        case '\n' -> out.write("\\n");
        case '\r' -> out.write("\\r");
        case '\\' -> out.write("\\\\");
        default -> {
          if (Character.isISOControl(c)
              || c == '\u2028'
              || c == '\u2029'
              || Surrogates.isLone(text, i)) {
            out.write(String.format("\\u%04x", (int) c));
          } else {
            out.write(c);
          }
        }
      }
    }
  }
}
