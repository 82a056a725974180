package dev.verso.quote.check;

import java.util.Locale;

/** What can be wrong with a rendering. */
public enum ErrorKind {
  /** A value, date, quantity, unit or comparator on a figure. */
  NUMBER("a figure is different"),
  /** A person, place, organisation or group. */
  ENTITY("a name is different"),
  /** A negation dropped, added or misread. */
  NEGATION("a negation was lost or added"),
  /** Who does what to whom. */
  AGENT_SWAP("who does it and whom it concerns have changed places"),
  /** The grammatical person. */
  PERSON_PRONOUN("it is said of somebody else"),
  /** A look-alike word or the wrong sense of a word. */
  FALSE_FRIEND("a word is taken for its look-alike"),
  /** An if, unless or until lost or turned into a fact. */
  CONDITION("a condition is missing"),
  /** May, must, reportedly, according to. */
  MODALITY_HEDGE("a reserve was lost or changed"),
  /** Past, present and future; done and under way. */
  TENSE_ASPECT("the time is different"),
  /** The contrary, or clearly more or less. */
  POLARITY_STRENGTH("it says the contrary, or clearly more or less"),
  /** Something that matters was left out. */
  OMISSION("something was left out"),
  /** Something the source doesn't say. */
  ADDITION("something was added"),
  /** Right words of another speaker. */
  WRONG_ATTRIBUTION("somebody else said it"),
  /** Two statements joined into one. */
  SPLICED("two statements were joined into one");

  private final String summary;

  ErrorKind(String summary) {
    this.summary = summary;
  }

  /** The name in JSON, such as {@code false_friend}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is wrong, in a few words. */
  public String summary() {
    return summary;
  }
}
