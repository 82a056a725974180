package dev.verso.bitext;

import java.io.IOException;
import java.io.Writer;

/**
 * Prints {@link AlignedDocuments} in one format.
 *
 * <p>Writers are stateless: one may serve many threads. They neither close nor flush {@code out}
 * and expect it to be encoded as UTF-8.
 */
public interface AlignedDocumentsWriter {
  /**
   * Prints {@code documents} to {@code out}.
   *
   * @throws IOException if {@code out} throws it
   */
  void write(AlignedDocuments documents, Writer out) throws IOException;
}
