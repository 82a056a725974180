package dev.verso.text;

/**
 * Finds the blocks and sentences of one format.
 *
 * <p>Contract: the document's text is the input's; its blocks are in order, do not overlap, and
 * hold every visible character. Time and memory are linear in the input, whatever it holds.
 * Implementations are immutable and thread-safe.
 */
@FunctionalInterface
public interface DocumentReader {

  /** The document that {@code input} is. */
  Document read(DecodedInput input);
}
