package dev.verso.quote.check;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a check found.
 *
 * @param label the verdict
 * @param probability that the rendering is faithful, in [0, 1]; below ½ it is not called so
 * @param findings what is different, the firmest first; empty if faithful
 * @param explanation one line for a reader who knows no French
 */
public record Judgement(
    Label label, double probability, List<Finding> findings, String explanation) {

  /** The verdict on a rendering. */
  public enum Label {
    /** A paper could print it. */
    FAITHFUL,
    /** The quote is there, with another meaning. */
    UNFAITHFUL,
    /** The source doesn't say it. */
    NOT_IN_SOURCE;

    /** The name in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IllegalArgumentException if the probability is outside [0, 1]
   */
  public Judgement {
    Objects.requireNonNull(label);
    Objects.requireNonNull(explanation);
    findings = List.copyOf(findings);
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("not a probability: " + probability);
    }
  }
}
