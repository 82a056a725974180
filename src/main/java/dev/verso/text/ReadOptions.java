package dev.verso.text;

import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;

/**
 * How {@link Documents} reads an input.
 *
 * @param format plain text, HTML, or to be detected
 * @param lines whether each line is one block of one segment, as in evaluation sets; the input is
 *     then plain text
 * @param language the language whose rules split the sentences
 * @param encoding what the transport declares (an HTTP header, a user's option), if anything
 */
public record ReadOptions(
    InputFormat format, boolean lines, Language language, Optional<Charset> encoding) {

  /**
   * @throws IllegalArgumentException if lines are requested of HTML
   */
  public ReadOptions {
    Objects.requireNonNull(format);
    Objects.requireNonNull(language);
    Objects.requireNonNull(encoding);
    if (lines && format == InputFormat.HTML) {
      throw new IllegalArgumentException("one segment a line is for plain text, not for HTML");
    }
  }

  /** French, with the format detected and no encoding declared. */
  public static ReadOptions defaults() {
    return new ReadOptions(InputFormat.AUTO, false, Language.FRENCH, Optional.empty());
  }

  /** These options with another format. */
  public ReadOptions withFormat(InputFormat newFormat) {
    return new ReadOptions(newFormat, lines, language, encoding);
  }

  /** These options with one segment a line, or with sentences. */
  public ReadOptions withLines(boolean newLines) {
    return new ReadOptions(format, newLines, language, encoding);
  }

  /** These options for another language. */
  public ReadOptions withLanguage(Language newLanguage) {
    return new ReadOptions(format, lines, newLanguage, encoding);
  }

  /** These options with a declared encoding. */
  public ReadOptions withEncoding(Charset declared) {
    return new ReadOptions(format, lines, language, Optional.of(declared));
  }
}
