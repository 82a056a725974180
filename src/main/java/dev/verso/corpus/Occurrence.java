package dev.verso.corpus;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/**
 * Where a pair stands: one of several places if it was said more than once.
 *
 * @param source the source document's name
 * @param sourceStart first UTF-16 unit there
 * @param sourceEnd the unit after the last
 * @param target the target document's name
 * @param targetStart first UTF-16 unit there
 * @param targetEnd the unit after the last
 */
public record Occurrence(
    String source, int sourceStart, int sourceEnd, String target, int targetStart, int targetEnd)
    implements Comparable<Occurrence>, Serializable {

  private static final Comparator<Occurrence> ORDER =
      Comparator.comparing(Occurrence::source)
          .thenComparing(Occurrence::sourceStart)
          .thenComparing(Occurrence::target)
          .thenComparing(Occurrence::targetStart)
          .thenComparing(Occurrence::sourceEnd)
          .thenComparing(Occurrence::targetEnd);

  /** Checks that the names are there. */
  public Occurrence {
    Objects.requireNonNull(source);
    Objects.requireNonNull(target);
  }

  /** By source document and place, then by the target's. */
  @Override
  public int compareTo(Occurrence other) {
    return ORDER.compare(this, other);
  }
}
