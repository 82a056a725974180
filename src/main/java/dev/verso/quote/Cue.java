package dev.verso.quote;

/** A word of a sentence that reports, with what stands around it; indices count the words. */
final class Cue {

  /** What follows the cue. */
  enum Complement {
    NONE,
    /** A clause with <i>que</i>, <i>that</i>. */
    CLAUSE,
    /** An indirect question. */
    QUESTION,
    INFINITIVE,
    /** Anything behind a colon. */
    COLON,
    /** A passage in quotation marks, perhaps behind a comma. */
    PASSAGE,
    /** A noun phrase. */
    PHRASE
  }

  /** What kind of word it is. */
  enum Kind {
    VERB,
    GERUND,
    INFINITIVE,
    ADJECTIVE,
    NOUN,
    /** <i>selon</i>, <i>pour</i>, <i>according to</i>. */
    PREPOSITION
  }

  final int at;
  final int from;
  int to;
  final ReportingLexicon.Entry entry;
  final Kind kind;
  boolean negated;

  /** A pronoun of the first or second person speaks. */
  boolean dialogue;

  /** A verb that shares its subject with one before it. */
  boolean coordinated;

  /** The index of the pronoun behind the verb, or -1. */
  int clitic = -1;

  Complement complement = Complement.NONE;

  /** Where the complement starts, behind <i>que</i> or the colon. */
  int complementAt = -1;

  /** Where the clause it reports ends, exclusive; set with the complement. */
  int complementEnd = -1;

  /** Stands in or behind what it reports: {@code , a déclaré X}. */
  boolean incise;

  /** Where the incise starts: at its subject if that comes first. */
  int inciseStart = -1;

  /** Where the incise with its speaker ends, exclusive. */
  int inciseEnd = -1;

  Mention speaker;

  Cue(int at, int from, int to, ReportingLexicon.Entry entry, Kind kind) {
    this.at = at;
    this.from = from;
    this.to = to;
    this.entry = entry;
    this.kind = kind;
  }

  @Override
  public String toString() {
    return entry.lemma()
        + "@"
        + from
        + "-"
        + to
        + " "
        + kind
        + " "
        + complement
        + complementAt
        + (incise ? " incise-" + inciseEnd : "")
        + (negated ? " neg" : "")
        + " by "
        + speaker;
  }
}
