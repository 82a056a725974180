package dev.verso.usecase.corpus;

import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;

/**
 * An input before it is read.
 *
 * @param id its name in the corpus
 * @param url its address, empty if it has none
 * @param language what its source says of its language: a language tag, or empty
 * @param licence what its source says of its licence, or empty
 * @param date when it was fetched, as ISO 8601, or empty: of two of the same name the later counts
 * @param page whether it is HTML whatever its name
 * @param charset what the transport said of its encoding
 * @param content its bytes; nobody changes them
 */
// As large as they are, the bytes are not copied.
@SuppressWarnings("ArrayRecordComponent")
record RawDocument(
    String id,
    String url,
    String language,
    String licence,
    String date,
    boolean page,
    Optional<Charset> charset,
    byte[] content) {

  RawDocument {
    Objects.requireNonNull(id);
    Objects.requireNonNull(url);
    Objects.requireNonNull(language);
    Objects.requireNonNull(licence);
    Objects.requireNonNull(date);
    Objects.requireNonNull(content);
  }
}
