package dev.verso.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The entry point: turns bytes or a string into a {@link Document}.
 *
 * <p>Worked example: {@code Documents.read("a.txt", bytes, ReadOptions.defaults())} for the bytes
 * of {@code "Il pleut. Elle rit."} is a document of one paragraph with the segments {@code [0, 9)}
 * and {@code [10, 19)}.
 *
 * <p>Thread-safe; time and memory linear in the input.
 */
public final class Documents {

  private static final int SNIFF_WINDOW = 8192;

  /** What only an HTML page begins with. */
  private static final List<String> OPENINGS =
      List.of("<!doctype html", "<html", "<head", "<body", "<!--", "<?xml", "<article", "<main");

  /** Tags of which two make an input a page if its name does not tell. */
  private static final List<String> TAGS =
      List.of(
          "</p>", "</div>", "<br>", "<br/>", "<br />", "</h1>", "</h2>", "</li>", "</a>", "<p>");

  private Documents() {}

  /**
   * Decodes and reads an input.
   *
   * <p>A byte order mark determines the encoding, else {@link ReadOptions#encoding()}, else (for
   * markup) what the input declares, else UTF-8 where the bytes are valid in it, else windows-1252.
   * A declaration that the bytes contradict is ignored. The mark is not part of the text.
   *
   * @param name what the user calls the input; an extension of {@code .html}, {@code .htm}, {@code
   *     .xhtml} or {@code .txt} decides on the format where the content does not
   * @throws UnreadableInputException if the bytes are not text
   */
  public static Document read(String name, byte[] bytes, ReadOptions options) {
    return read(name, bytes, options, Cancellation.NONE);
  }

  /**
   * Decodes and reads an input; see {@link #read(String, byte[], ReadOptions)}.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public static Document read(
      String name, byte[] bytes, ReadOptions options, Cancellation cancellation) {
    boolean mayBeMarkup = !options.lines() && options.format() != InputFormat.TEXT;
    DecodedInput input = InputDecoder.decode(name, bytes, options.encoding(), mayBeMarkup);
    Document document = reader(input, options).read(input, cancellation);
    return input.replaced() == 0 ? document : document.with(input.notices().get(0));
  }

  /**
   * Decodes an input without reading it; see {@link #read(String, byte[], ReadOptions)}.
   *
   * @param markup whether a declaration inside the text counts
   * @throws UnreadableInputException if the bytes are not text
   */
  public static DecodedInput decoded(String name, byte[] bytes, boolean markup) {
    return InputDecoder.decode(name, bytes, Optional.empty(), markup);
  }

  /**
   * Reads a text that is already decoded, such as a request's; its hash is that of its UTF-8 bytes.
   */
  public static Document read(String name, String text, ReadOptions options) {
    return read(name, text, options, Cancellation.NONE);
  }

  /**
   * Reads a text that is already decoded; see {@link #read(String, String, ReadOptions)}.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public static Document read(
      String name, String text, ReadOptions options, Cancellation cancellation) {
    String sha256 = InputDecoder.sha256(text.getBytes(StandardCharsets.UTF_8));
    DecodedInput input = new DecodedInput(name, sha256, StandardCharsets.UTF_8, text);
    return reader(input, options).read(input, cancellation);
  }

  private static DocumentReader reader(DecodedInput input, ReadOptions options) {
    if (options.lines()) {
      return new LineReader();
    }
    boolean html =
        switch (options.format()) {
          case TEXT -> false;
          case HTML -> true;
          case AUTO -> looksLikeHtml(input);
        };
    return html ? new HtmlReader(options.language()) : new PlainTextReader(options.language());
  }

  /** By what it begins with, then by its name, then by the tags near its beginning. */
  private static boolean looksLikeHtml(DecodedInput input) {
    String text = input.text();
    String head =
        text.substring(0, Math.min(text.length(), SNIFF_WINDOW)).strip().toLowerCase(Locale.ROOT);
    for (String opening : OPENINGS) {
      if (head.startsWith(opening)) {
        return true;
      }
    }
    String name = input.name().toLowerCase(Locale.ROOT);
    if (name.endsWith(".html") || name.endsWith(".htm") || name.endsWith(".xhtml")) {
      return true;
    }
    if (name.endsWith(".txt") || name.endsWith(".text") || name.endsWith(".md")) {
      return false;
    }
    int tags = 0;
    for (String tag : TAGS) {
      tags += head.contains(tag) ? 1 : 0;
    }
    return tags >= 2;
  }
}
