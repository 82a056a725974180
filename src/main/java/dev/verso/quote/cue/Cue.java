package dev.verso.quote.cue;

/**
 * A word of a sentence that reports, with what stands around it; indices count the words, -1 stands
 * for none.
 *
 * @param at the word that reports
 * @param from the first word of its group: auxiliary, negation, reflexive pronoun
 * @param to the last word of its group
 * @param entry what the lexicon knows of it
 * @param kind what kind of word it is
 * @param negated whether the speaker is reported as not saying it
 * @param dialogue whether a pronoun of the first or second person speaks
 * @param coordinated whether it is a verb that shares its subject with one before it
 * @param clitic the pronoun after the verb
 * @param complement what follows it
 * @param complementAt where the complement starts, after <i>que</i> or the colon
 * @param complementEnd where the clause it reports ends, exclusive, once that is decided
 * @param incise whether it stands in or after what it reports: {@code , a déclaré X}
 * @param inciseStart where the incise starts: at its subject if that comes first
 * @param inciseEnd where the incise with its speaker ends, exclusive
 * @param speaker who speaks, or null
 */
public record Cue(
    int at,
    int from,
    int to,
    ReportingLexicon.Entry entry,
    Kind kind,
    boolean negated,
    boolean dialogue,
    boolean coordinated,
    int clitic,
    Complement complement,
    int complementAt,
    int complementEnd,
    boolean incise,
    int inciseStart,
    int inciseEnd,
    Mention speaker) {

  /** What follows the cue. */
  public enum Complement {
    NONE,
    /** A clause with <i>que</i>, <i>that</i>. */
    CLAUSE,
    /** An indirect question. */
    QUESTION,
    INFINITIVE,
    /** Anything after a colon. */
    COLON,
    /** A passage in quotation marks, perhaps after a comma. */
    PASSAGE,
    /** A noun phrase. */
    PHRASE
  }

  /** What kind of word it is. */
  public enum Kind {
    VERB,
    GERUND,
    INFINITIVE,
    ADJECTIVE,
    NOUN,
    /** <i>selon</i>, <i>pour</i>, <i>according to</i>. */
    PREPOSITION
  }

  /** This cue, spoken by {@code speaker}. */
  public Cue by(Mention speaker) {
    return with(complement, complementAt, complementEnd, incise, inciseStart, inciseEnd, speaker);
  }

  /** This cue with another complement, which starts at {@code at}. */
  public Cue introducing(Complement complement, int at) {
    return with(complement, at, complementEnd, incise, inciseStart, inciseEnd, speaker);
  }

  /** This cue with a reported clause that ends before {@code end}. */
  public Cue reportingUpTo(int end) {
    return with(complement, complementAt, end, incise, inciseStart, inciseEnd, speaker);
  }

  /** This cue as an incise of the words {@code [start, end)}. */
  public Cue inciseOf(int start, int end) {
    return with(complement, complementAt, complementEnd, true, start, end, speaker);
  }

  private Cue with(
      Complement complement,
      int complementAt,
      int complementEnd,
      boolean incise,
      int inciseStart,
      int inciseEnd,
      Mention speaker) {
    return new Cue(
        at,
        from,
        to,
        entry,
        kind,
        negated,
        dialogue,
        coordinated,
        clitic,
        complement,
        complementAt,
        complementEnd,
        incise,
        inciseStart,
        inciseEnd,
        speaker);
  }
}
