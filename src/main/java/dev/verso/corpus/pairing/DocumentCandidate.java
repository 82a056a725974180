package dev.verso.corpus.pairing;

import java.util.Comparator;
import java.util.Objects;

/**
 * Two documents that may translate each other.
 *
 * @param source the French document's name
 * @param target the English document's name
 * @param score cosine of their features, and what their addresses add
 * @param cosine of their features alone, in [0, 1]
 * @param linked whether one names the other as itself in the other language
 * @param addressed whether their addresses differ only in the language
 */
public record DocumentCandidate(
    String source, String target, double score, double cosine, boolean linked, boolean addressed)
    implements Comparable<DocumentCandidate> {

  private static final Comparator<DocumentCandidate> ORDER =
      Comparator.comparing(DocumentCandidate::score)
          .reversed()
          .thenComparing(DocumentCandidate::source)
          .thenComparing(DocumentCandidate::target);

  /** Checks that the names are there. */
  public DocumentCandidate {
    Objects.requireNonNull(source);
    Objects.requireNonNull(target);
  }

  /** Best first; equally good ones by their names. */
  @Override
  public int compareTo(DocumentCandidate other) {
    return ORDER.compare(this, other);
  }
}
