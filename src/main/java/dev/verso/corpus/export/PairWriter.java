package dev.verso.corpus.export;

import dev.verso.corpus.CorpusPair;
import java.io.IOException;

/** Writes pairs in some format, one after the other; a file is whole once it is closed. */
public interface PairWriter extends AutoCloseable {

  /** Writes a pair. */
  void write(CorpusPair pair) throws IOException;

  @Override
  void close() throws IOException;
}
