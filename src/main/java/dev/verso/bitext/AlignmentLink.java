package dev.verso.bitext;

import dev.verso.text.TextSpan;
import java.util.Objects;

/**
 * A word of the source linked to a word of the target.
 *
 * @param source range in the source text
 * @param target range in the target text
 * @param strength sure or possible, in the sense of Och and Ney (2003)
 * @param probability that the two words translate each other, in [0, 1]
 */
public record AlignmentLink(
    TextSpan source, TextSpan target, Strength strength, double probability) {

  /** How certain a link is. */
  public enum Strength {
    /** The words translate each other. */
    SURE("S"),
    /** The words belong together in a wider sense: function words, parts of phrases. */
    POSSIBLE("P");

    private final String code;

    Strength(String code) {
      this.code = code;
    }

    /** {@code S} or {@code P}, as in JSON and in gold files. */
    public String code() {
      return code;
    }
  }

  /**
   * @throws IllegalArgumentException if the probability is outside [0, 1]
   */
  public AlignmentLink {
    Objects.requireNonNull(source);
    Objects.requireNonNull(target);
    Objects.requireNonNull(strength);
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("not a probability: " + probability);
    }
  }
}
