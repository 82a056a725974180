package dev.verso.corpus.export;

import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import java.io.IOException;
import java.io.Writer;

/** Writes the lines of {@link CorpusLines}. */
public final class JsonPairWriter implements PairWriter {

  private final Writer out;

  public JsonPairWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void write(CorpusPair pair) throws IOException {
    out.write(CorpusLines.write(pair));
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
