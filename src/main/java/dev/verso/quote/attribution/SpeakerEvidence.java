package dev.verso.quote.attribution;

import java.util.Locale;

/** How the speaker of a quote was found. */
public enum SpeakerEvidence {
  /** Its sentence, or the line that announces it, names or describes the speaker. */
  EXPLICIT,
  /** Its sentence has a pronoun or a role, and the text tells whose it is. */
  COREFERENCE,
  /** The passage beside it, the sentence before it or the turns of an interview tell. */
  NEIGHBOUR,
  /** Nobody is named: the text does not tell, or not for sure. */
  NONE;

  /** The name in JSON: {@code explicit}, {@code coreference}, {@code neighbour}, {@code none}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
