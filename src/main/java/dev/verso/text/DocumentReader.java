package dev.verso.text;

/**
 * Finds the blocks and sentences of one format.
 *
 * <p>Contract: the document's text is the input's; its blocks are in order, do not overlap, and
 * contain every visible character. Time and memory are linear in the input, whatever it contains;
 * the cancellation is checked every few milliseconds. Implementations are immutable and
 * thread-safe.
 */
@FunctionalInterface
public interface DocumentReader {

  /**
   * The document that {@code input} is.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  Document read(DecodedInput input, Cancellation cancellation);

  /** The document that {@code input} is, read without a way to cancel. */
  default Document read(DecodedInput input) {
    return read(input, Cancellation.NONE);
  }
}
