package dev.verso.text;

import java.nio.charset.Charset;
import java.util.Objects;

/**
 * An input's bytes decoded to text, before its blocks are found.
 *
 * @param name what the user calls it
 * @param sha256 hash of the bytes, 64 lower-case hexadecimal digits
 * @param encoding the charset they were decoded with
 * @param text the text, without a byte order mark but otherwise unchanged
 */
public record DecodedInput(String name, String sha256, Charset encoding, String text) {

  /** Checks that nothing is missing. */
  public DecodedInput {
    Objects.requireNonNull(name);
    Objects.requireNonNull(sha256);
    Objects.requireNonNull(encoding);
    Objects.requireNonNull(text);
  }
}
