package dev.verso.text;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An input as read: its decoded text, unaltered, and the blocks found in it.
 *
 * <p>Invariant: each block and segment lies inside {@code text}, in order. Every non-space
 * character that a reader of the rendered page would see belongs to a segment.
 *
 * @param name what the user calls it: a file name, a URL, {@code -} for standard input
 * @param sha256 hash of the input's bytes, 64 lower-case hexadecimal digits
 * @param encoding the charset the bytes were decoded with
 * @param text the decoded input, including markup
 * @param metadata what the input says about itself: {@code title}, {@code url}, {@code author},
 *     {@code date}, {@code language}, {@code site}; keys in alphabetical order
 * @param blocks the blocks in order
 * @param notices what a reader should know about how it was read, as whole sentences, such as how
 *     much running text was set aside; mostly empty
 */
public record Document(
    String name,
    String sha256,
    Charset encoding,
    String text,
    Map<String, String> metadata,
    List<Block> blocks,
    List<String> notices) {

  /** A document without notices. */
  public Document(
      String name,
      String sha256,
      Charset encoding,
      String text,
      Map<String, String> metadata,
      List<Block> blocks) {
    this(name, sha256, encoding, text, metadata, blocks, List.of());
  }

  /**
   * @throws IllegalArgumentException if the hash is malformed or blocks overlap or leave the text
   */
  public Document {
    Objects.requireNonNull(name);
    Objects.requireNonNull(encoding);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256 hash: " + sha256);
    }
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    blocks = List.copyOf(blocks);
    notices = List.copyOf(notices);
    int end = 0;
    for (Block block : blocks) {
      if (block.span().start() < end || block.span().end() > text.length()) {
        throw new IllegalArgumentException(
            "block " + block.span() + " overlaps another or exceeds a text of " + text.length());
      }
      end = block.span().end();
    }
  }

  /** This with a further notice. */
  Document with(String notice) {
    List<String> all = new ArrayList<>(notices);
    all.add(notice);
    return new Document(name, sha256, encoding, text, metadata, blocks, all);
  }
}
