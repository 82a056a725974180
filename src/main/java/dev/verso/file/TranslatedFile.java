package dev.verso.file;

import dev.verso.translation.TranslationSummary;
import java.util.List;

/**
 * A translated file.
 *
 * @param name what to call it, without folders
 * @param mediaType as in an HTTP header
 * @param content its bytes; the receiver owns the array
 * @param sourceCharacters UTF-16 units of text that were translated
 * @param notices what a reader should know about how it was read, as whole sentences
 * @param summary what a reader should know of the translation; of nothing where that is in the
 *     content
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and files are large
public record TranslatedFile(
    String name,
    String mediaType,
    byte[] content,
    long sourceCharacters,
    List<String> notices,
    TranslationSummary summary) {

  /** Copies the notices. */
  public TranslatedFile {
    notices = List.copyOf(notices);
  }

  /** One that was read without loss. */
  public TranslatedFile(String name, String mediaType, byte[] content, long sourceCharacters) {
    this(name, mediaType, content, sourceCharacters, List.of(), TranslationSummary.NONE);
  }
}
