package dev.verso.corpus.export;

import dev.verso.corpus.CorpusPair;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes lines of tab-separated columns, named in the first line: source, target, quality, source
 * document, target document, licence, hash. Tabs and line ends inside a text become spaces.
 */
public final class TsvPairWriter implements PairWriter {

  private static final String HEAD =
      "source\ttarget\tquality\tsource_document\ttarget_document\tlicence\thash\n";

  private final Writer out;

  public TsvPairWriter(Writer out) throws IOException {
    this.out = out;
    out.write(HEAD);
  }

  @Override
  public void write(CorpusPair pair) throws IOException {
    cell(pair.source().text(), '\t');
    cell(pair.target().text(), '\t');
    boolean scored = pair.scores().containsKey("quality");
    out.write(scored ? String.format(Locale.ROOT, "%.4f\t", pair.score("quality", 0)) : "\t");
    cell(pair.source().document(), '\t');
    cell(pair.target().document(), '\t');
    cell(pair.licence(), '\t');
    cell(pair.hash(), '\n');
  }

  private void cell(String text, char end) throws IOException {
    out.write(oneLine(text));
    out.write(end);
  }

  /** The text on one line: runs of what ends a line or is a tab are a space. */
  static String oneLine(String text) {
    for (int k = 0; k < text.length(); k++) {
      if (breaks(text.charAt(k))) {
        StringBuilder line = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
          char c = text.charAt(at);
          if (!breaks(c)) {
            line.append(c);
          } else if (at == 0 || !breaks(text.charAt(at - 1))) {
            line.append(' ');
          }
        }
        return line.toString();
      }
    }
    return text;
  }

  private static boolean breaks(char c) {
    return c == '\t' || (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
