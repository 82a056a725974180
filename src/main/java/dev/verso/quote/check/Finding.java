package dev.verso.quote.check;

import dev.verso.text.TextSpan;
import java.util.Objects;

/**
 * A difference between a French passage and its English rendering.
 *
 * @param kind what is different
 * @param severity whether a reader would come away with another fact
 * @param source the French words, a range in the French text given, or null
 * @param target the English words, a range in the English text given, or null
 * @param message what a journalist should look at, in English
 * @param strength how firmly it stands, in [0, 1]: the part it has in the probability
 */
public record Finding(
    ErrorKind kind,
    Severity severity,
    TextSpan source,
    TextSpan target,
    String message,
    double strength) {

  /** How much it matters. */
  public enum Severity {
    /** Another fact, agent, commitment or blame. */
    MAJOR,
    /** The main claim survives. */
    MINOR
  }

  /**
   * @throws IllegalArgumentException if the strength is outside [0, 1]
   */
  public Finding {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(message);
    if (!(strength >= 0 && strength <= 1)) {
      throw new IllegalArgumentException("not a strength: " + strength);
    }
  }
}
