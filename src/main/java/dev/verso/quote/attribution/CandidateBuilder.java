package dev.verso.quote.attribution;

import dev.verso.quote.cue.Mention;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;

/** A {@link QuoteCandidate} while {@link Attribution} is still reading its sentence. */
final class CandidateBuilder {

  QuoteType type;
  final List<TextSpan> content = new ArrayList<>();
  Mention speaker;
  TextSpan cue;
  boolean negated;
  QuoteCandidate.Source source = QuoteCandidate.Source.NAMED;
  boolean answers;
  boolean followed;
  final List<String> repaired = new ArrayList<>();

  CandidateBuilder(QuoteType type, List<TextSpan> content) {
    this.type = type;
    this.content.addAll(content);
  }

  QuoteCandidate build() {
    return new QuoteCandidate(
        type, content, speaker, cue, negated, source, answers, followed, repaired);
  }
}
