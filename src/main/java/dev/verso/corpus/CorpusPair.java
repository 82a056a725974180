package dev.verso.corpus;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two passages that translate each other: a line of a corpus.
 *
 * @param source the French side
 * @param target the English side
 * @param scores what is known of it, each in [0, 1] if not said otherwise: {@code posterior} of its
 *     bead, {@code document} (share of the two documents that is tied), {@code quality} (that it is
 *     a translation), {@code margin} (nats per piece, where a model was asked)
 * @param licence of both sides, empty if nothing is known
 * @param notes what was done to it, such as {@code mojibake}; mostly empty, in alphabetical order
 * @param hash see {@link #hash(String, String)}
 * @param occurrences where else it stands, and here, in order; empty if it was never deduplicated
 */
public record CorpusPair(
    PairSide source,
    PairSide target,
    Map<String, Double> scores,
    String licence,
    List<String> notes,
    String hash,
    List<Occurrence> occurrences)
    implements Serializable {

  private static final int HASH_BYTES = 16;

  /** Copies what it is given; brings notes and occurrences in order. */
  public CorpusPair {
    Objects.requireNonNull(source);
    Objects.requireNonNull(target);
    Objects.requireNonNull(licence);
    Objects.requireNonNull(hash);
    scores = Collections.unmodifiableMap(new TreeMap<>(scores));
    notes = List.copyOf(new TreeSet<>(notes));
    occurrences = List.copyOf(new TreeSet<>(occurrences));
  }

  /** A pair with its hash, seen once. */
  public static CorpusPair of(
      PairSide source, PairSide target, Map<String, Double> scores, String licence) {
    return new CorpusPair(
        source, target, scores, licence, List.of(), hash(source.text(), target.text()), List.of());
  }

  /**
   * The first {@value #HASH_BYTES} bytes, in hexadecimal digits, of the SHA-256 of both texts in
   * UTF-8, a zero byte between them: the same texts have the same hash wherever they stand.
   */
  public static String hash(String source, String target) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java without SHA-256", e);
    }
    digest.update(source.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    byte[] all = digest.digest(target.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(all, 0, HASH_BYTES);
  }

  /** Where it stands. */
  public Occurrence place() {
    return new Occurrence(
        source.document(),
        source.start(),
        source.end(),
        target.document(),
        target.start(),
        target.end());
  }

  /** All places where it is known to stand; its own if it was never deduplicated. */
  public List<Occurrence> places() {
    return occurrences.isEmpty() ? List.of(place()) : occurrences;
  }

  /** A score, or {@code otherwise} if it has none of that name. */
  public double score(String name, double otherwise) {
    return scores.getOrDefault(name, otherwise);
  }

  /** This with a score; one of the same name is replaced. */
  public CorpusPair withScore(String name, double value) {
    Map<String, Double> more = new TreeMap<>(scores);
    more.put(name, value);
    return new CorpusPair(source, target, more, licence, notes, hash, occurrences);
  }

  /** This with other texts at the same places, a note that says why, and the hash of the texts. */
  public CorpusPair withTexts(String newSource, String newTarget, String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new CorpusPair(
        new PairSide(source.document(), source.start(), source.end(), newSource),
        new PairSide(target.document(), target.start(), target.end(), newTarget),
        scores,
        licence,
        more,
        hash(newSource, newTarget),
        occurrences);
  }

  /** This with the places where it was found. */
  public CorpusPair withOccurrences(List<Occurrence> places) {
    return new CorpusPair(source, target, scores, licence, notes, hash, places);
  }
}
