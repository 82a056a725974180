package dev.verso.quote;

import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;

/** A quote in the making: its source may still have to be found. */
final class QuoteCandidate {

  /** Where its source is to be looked for when its sentence names none. */
  enum Source {
    /** In its own sentence. */
    NAMED,
    /** In the sentences beside it: a passage that stands alone. */
    NEIGHBOUR,
    /** In what the passage before it is about. */
    IMPLICIT
  }

  QuoteType type;
  final List<TextSpan> content = new ArrayList<>();
  Mention speaker;
  TextSpan cue;
  boolean negated;
  Source source = Source.NAMED;
  final List<String> repaired = new ArrayList<>();

  /** The words are in a passage by another speaker. */
  QuoteCandidate within;

  int sentence;

  /** Attributed by a verb right behind it. */
  boolean followed;

  QuoteCandidate(QuoteType type, List<TextSpan> content) {
    this.type = type;
    this.content.addAll(content);
  }
}
