package dev.verso.usecase.corpus.spark;

import dev.verso.corpus.dedup.PairFingerprint;
import dev.verso.corpus.pairing.DocumentProfile;
import dev.verso.text.Language;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An input once it is read.
 *
 * @param id its name
 * @param date when it was fetched
 * @param key of all that decides on what was read
 * @param reason why it can't be used, else empty
 * @param url its address
 * @param language its tag, empty if it can't be used
 * @param words hash of its words
 * @param likeness of its words
 * @param characters of its content
 * @param alternates addresses in other languages
 * @param keys hashes of its features, ascending
 * @param counts how often each is expected
 * @param json the document
 */
@SuppressWarnings("ArrayRecordComponent") // as large as they are, the arrays are not copied
record ReadDocument(
    String id,
    String date,
    String key,
    String reason,
    String url,
    String language,
    String words,
    PairFingerprint likeness,
    int characters,
    TreeMap<String, String> alternates,
    long[] keys,
    float[] counts,
    byte[] json)
    implements Serializable {

  private static final PairFingerprint NONE = PairFingerprint.ofDocument("", "");

  static ReadDocument of(String date, String key, DocumentProfile profile, byte[] json) {
    int size = profile.features().size();
    long[] keys = new long[size];
    float[] counts = new float[size];
    for (int k = 0; k < size; k++) {
      keys[k] = profile.features().get(k).hash();
      counts[k] = profile.features().get(k).count();
    }
    return new ReadDocument(
        profile.id(),
        date,
        key,
        "",
        profile.url(),
        profile.language().tag(),
        profile.content(),
        profile.likeness(),
        profile.characters(),
        new TreeMap<>(profile.alternates()),
        keys,
        counts,
        json);
  }

  static ReadDocument unread(String id, String date, String key, String reason) {
    return new ReadDocument(
        id,
        date,
        key,
        reason,
        "",
        "",
        "",
        NONE,
        0,
        new TreeMap<>(),
        new long[0],
        new float[0],
        new byte[0]);
  }

  /** What the driver keeps of it. */
  Known known(int partition, int position) {
    return new Known(
        partition,
        position,
        id,
        date,
        key,
        reason,
        url,
        language,
        words,
        likeness,
        characters,
        alternates,
        keys.length > 0);
  }

  /**
   * A document without its text.
   *
   * @param partition where it is
   * @param position its place there
   * @param telling whether it has features
   */
  record Known(
      int partition,
      int position,
      String id,
      String date,
      String key,
      String reason,
      String url,
      String language,
      String words,
      PairFingerprint likeness,
      int characters,
      TreeMap<String, String> alternates,
      boolean telling)
      implements Serializable {

    /** Its profile with one feature for all, or none if it has none. */
    DocumentProfile profile() {
      return new DocumentProfile(
          id,
          url,
          Language.of(language).orElseThrow(),
          words,
          likeness,
          characters,
          Map.copyOf(alternates),
          telling ? List.of(new DocumentProfile.Feature(0, 1)) : List.of());
    }
  }
}
