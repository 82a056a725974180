package dev.verso.corpus.export;

import dev.verso.corpus.CorpusPair;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes two files of one text a line, as Moses and most trainers of translation models read them;
 * whatever the texts contain, both have as many lines, and a pair of which a text would be an empty
 * line is left out of both.
 */
public final class MosesPairWriter implements PairWriter {

  private final Writer source;
  private final Writer target;

  public MosesPairWriter(Writer source, Writer target) {
    this.source = source;
    this.target = target;
  }

  @Override
  public void write(CorpusPair pair) throws IOException {
    String from = TsvPairWriter.oneLine(pair.source().text()).strip();
    String to = TsvPairWriter.oneLine(pair.target().text()).strip();
    if (!from.isEmpty() && !to.isEmpty()) {
      source.write(from);
      source.write('\n');
      target.write(to);
      target.write('\n');
    }
  }

  @Override
  public void close() throws IOException {
    try (source) {
      target.close();
    }
  }
}
