package dev.verso.quote;

import dev.verso.quote.attribution.QuoteCandidate;
import dev.verso.quote.cue.Cue;
import dev.verso.quote.cue.Mention;
import dev.verso.quote.cue.Phrases;
import java.util.ArrayList;
import java.util.List;

/** A sentence while {@link QuoteExtractor} reads its text; confined to one reading. */
final class Sentence {

  final Phrases phrases;

  /** The line it starts on; an empty line counts. */
  final int line;

  List<Cue> cues = List.of();
  final List<QuoteCandidate> drafts = new ArrayList<>();

  /** Its main subject, or null. */
  Mention subject;

  Sentence(Phrases phrases, int line) {
    this.phrases = phrases;
    this.line = line;
  }
}
