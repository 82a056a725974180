package dev.verso.quote.cue;

/** A {@link Cue} while {@link CueFinder} is still reading the words around it. */
final class CueBuilder {

  final int at;
  final int from;
  int to;
  final ReportingLexicon.Entry entry;
  final Cue.Kind kind;
  boolean negated;

  /** A pronoun of the first or second person speaks. */
  boolean dialogue;

  /** A verb that shares its subject with one before it. */
  boolean coordinated;

  /** The index of the pronoun after the verb, or -1. */
  int clitic = -1;

  Cue.Complement complement = Cue.Complement.NONE;

  /** Where the complement starts, after <i>que</i> or the colon. */
  int complementAt = -1;

  /** Stands in or after what it reports: {@code , a déclaré X}. */
  boolean incise;

  /** Where the incise starts: at its subject if that comes first. */
  int inciseStart = -1;

  /** Where the incise with its speaker ends, exclusive. */
  int inciseEnd = -1;

  Mention speaker;

  CueBuilder(int at, int from, int to, ReportingLexicon.Entry entry, Cue.Kind kind) {
    this.at = at;
    this.from = from;
    this.to = to;
    this.entry = entry;
    this.kind = kind;
  }

  Cue build() {
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
        -1,
        incise,
        inciseStart,
        inciseEnd,
        speaker);
  }
}
