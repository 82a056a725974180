package dev.verso.corpus;

import dev.verso.text.Language;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A document that may be one side of a pair.
 *
 * @param id its name in the corpus, unique there: a path, an address or what a list calls it
 * @param url its address, empty if it has none
 * @param language the language it is in
 * @param sha256 hash of its bytes
 * @param licence what its source says of its licence, empty if nothing is said
 * @param alternates addresses of the same page in other languages, by language tag, as the page
 *     names them
 * @param sentences its content in order
 */
public record CorpusDocument(
    String id,
    String url,
    Language language,
    String sha256,
    String licence,
    Map<String, String> alternates,
    List<CorpusSentence> sentences) {

  /**
   * @throws IllegalArgumentException if it has no name, or its sentences are out of order
   */
  public CorpusDocument {
    Objects.requireNonNull(url);
    Objects.requireNonNull(language);
    Objects.requireNonNull(sha256);
    Objects.requireNonNull(licence);
    alternates = Collections.unmodifiableMap(new TreeMap<>(alternates));
    sentences = List.copyOf(sentences);
    if (id.isBlank()) {
      throw new IllegalArgumentException("a document needs a name");
    }
    for (int k = 1; k < sentences.size(); k++) {
      if (sentences.get(k).start() < sentences.get(k - 1).end()
          || sentences.get(k).paragraph() < sentences.get(k - 1).paragraph()) {
        throw new IllegalArgumentException(id + ": sentence " + k + " is out of order");
      }
    }
  }

  /** Characters of all sentences. */
  public int characters() {
    return sentences.stream().mapToInt(sentence -> sentence.text().length()).sum();
  }
}
