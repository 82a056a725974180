package dev.verso.bitext;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;

/**
 * Prints a {@link Bitext} in one format.
 *
 * <p>Writers are stateless: one may serve many threads. They neither close nor flush {@code out},
 * take time linear in their output (apart from sorting word links), and expect it to be encoded as
 * UTF-8.
 */
public interface BitextWriter {

  /**
   * Prints {@code bitext} to {@code out}.
   *
   * @throws IOException if {@code out} throws it
   */
  void write(Bitext bitext, Writer out) throws IOException;

  /** What {@link #write} prints, as a string. */
  default String format(Bitext bitext) {
    StringWriter out = new StringWriter();
    try {
      write(bitext, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }
}
