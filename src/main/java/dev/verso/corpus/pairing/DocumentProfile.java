package dev.verso.corpus.pairing;

import dev.verso.corpus.dedup.PairFingerprint;
import dev.verso.text.Language;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What pairing needs to know of a document, a few kilobytes whatever its length.
 *
 * @param id its name
 * @param url its address, empty if it has none
 * @param language its language
 * @param content hash of its words: the same for copies of a document
 * @param likeness of its words, for documents that say nearly the same
 * @param characters characters of its content
 * @param alternates addresses in other languages, by language tag
 * @param features hashes of its numbers, names and of its words in English (a French word's
 *     expected translations), with how often each is expected; ascending by hash
 */
public record DocumentProfile(
    String id,
    String url,
    Language language,
    String content,
    PairFingerprint likeness,
    int characters,
    Map<String, String> alternates,
    List<Feature> features) {

  /**
   * A hashed feature.
   *
   * @param hash of the feature and its kind
   * @param count how often it is expected in an English rendering
   */
  public record Feature(long hash, float count) {}

  /** Copies what it is given. */
  public DocumentProfile {
    Objects.requireNonNull(id);
    Objects.requireNonNull(url);
    Objects.requireNonNull(language);
    Objects.requireNonNull(content);
    Objects.requireNonNull(likeness);
    alternates = Map.copyOf(new TreeMap<>(alternates));
    features = List.copyOf(features);
  }
}
