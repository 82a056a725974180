package dev.verso.text;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;

/**
 * An input's bytes decoded to text, before its blocks are found.
 *
 * @param name what the user calls it
 * @param sha256 hash of the bytes, 64 lower-case hexadecimal digits
 * @param encoding the charset they were decoded with
 * @param text the text, without a byte order mark but otherwise unchanged
 * @param replaced how many characters of {@code text} stand for bytes that are invalid in the
 *     encoding
 */
public record DecodedInput(
    String name, String sha256, Charset encoding, String text, int replaced) {

  /** One without invalid bytes. */
  public DecodedInput(String name, String sha256, Charset encoding, String text) {
    this(name, sha256, encoding, text, 0);
  }

  /** Checks that nothing is missing. */
  public DecodedInput {
    Objects.requireNonNull(name);
    Objects.requireNonNull(sha256);
    Objects.requireNonNull(encoding);
    Objects.requireNonNull(text);
  }

  /** What a reader should know about the decoding, as whole sentences; mostly empty. */
  public List<String> notices() {
    return switch (replaced) {
      case 0 -> List.of();
      case 1 -> List.of("1 character is not valid " + encoding.name() + " and was lost.");
      default ->
          List.of(replaced + " characters are not valid " + encoding.name() + " and were lost.");
    };
  }
}
