package dev.verso.corpus.pairing;

import dev.verso.corpus.CorpusPair;
import java.util.List;
import java.util.Objects;

/**
 * Two documents that were aligned, with the pairs of sentences that came of it.
 *
 * @param source the French document's name
 * @param target the English document's name
 * @param related what share of both texts is tied, in [0, 1]: see {@code SentenceAlignment}
 * @param sourceShare expected share of the source's characters whose counterpart is in the target
 * @param targetShare expected share of the target's characters whose counterpart is in the source
 * @param kind what they are to each other
 * @param pairs the pairs, in the source's order; none if they are unrelated
 */
public record DocumentPair(
    String source,
    String target,
    double related,
    double sourceShare,
    double targetShare,
    Kind kind,
    List<CorpusPair> pairs) {

  /** What two documents are to each other. */
  public enum Kind {
    /** Each translates the other as a whole, or nearly. */
    TRANSLATION,
    /** Part of one translates part of the other. */
    PARTIAL,
    /** Neither translates the other. */
    UNRELATED;

    /** The name in reports, in lower case. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Copies the list. */
  public DocumentPair {
    Objects.requireNonNull(source);
    Objects.requireNonNull(target);
    Objects.requireNonNull(kind);
    pairs = List.copyOf(pairs);
  }
}
