package dev.verso.text;

import java.nio.charset.StandardCharsets;

/**
 * The way in: bytes or a string become a {@link Document}.
 *
 * <p>Worked example: {@code Documents.read("a.txt", bytes, ReadOptions.defaults())} for the bytes
 * of {@code "Il pleut. Elle rit."} is a document of one paragraph with the segments {@code [0, 9)}
 * and {@code [10, 19)}.
 *
 * <p>Thread-safe; time and memory linear in the input.
 */
public final class Documents {

  private Documents() {}

  /**
   * Decodes and reads an input.
   *
   * <p>A byte order mark decides on the encoding, else {@link ReadOptions#encoding()}, else (for
   * markup) what the input declares, else UTF-8 where the bytes are valid in it, else windows-1252.
   * A declaration that the bytes contradict is passed over. The mark is no part of the text.
   *
   * @param name what the user calls the input; an ending of {@code .html}, {@code .htm}, {@code
   *     .xhtml} or {@code .txt} tells the format where the content leaves it open
   * @throws UnreadableInputException if the bytes are no text
   */
  public static Document read(String name, byte[] bytes, ReadOptions options) {
    boolean mayBeMarkup = !options.lines() && options.format() != InputFormat.TEXT;
    DecodedInput input = InputDecoder.decode(name, bytes, options.encoding(), mayBeMarkup);
    return reader(options).read(input);
  }

  /**
   * Reads a text that is decoded already, such as a request's; its hash is that of its UTF-8 bytes.
   */
  public static Document read(String name, String text, ReadOptions options) {
    String sha256 = InputDecoder.sha256(text.getBytes(StandardCharsets.UTF_8));
    DecodedInput input = new DecodedInput(name, sha256, StandardCharsets.UTF_8, text);
    return reader(options).read(input);
  }

  private static DocumentReader reader(ReadOptions options) {
    if (options.lines()) {
      return new LineReader();
    }
    return new PlainTextReader(options.language());
  }
}
