package dev.verso.quote.attribution;

import dev.verso.quote.cue.Mention;
import dev.verso.text.TextSpan;
import java.util.List;

/**
 * A quote whose source may still have to be found.
 *
 * @param type how its words are carried
 * @param content where they stand
 * @param speaker who speaks as far as the sentence tells, or null
 * @param cue the word that reports, or null
 * @param negated whether the speaker is reported as not saying it
 * @param source where the speaker is to be looked for
 * @param answers whether the word that reports says that it answers another
 * @param followed whether a verb right after it attributes it
 * @param repaired what was wrong with its marks
 */
public record QuoteCandidate(
    QuoteType type,
    List<TextSpan> content,
    Mention speaker,
    TextSpan cue,
    boolean negated,
    Source source,
    boolean answers,
    boolean followed,
    List<String> repaired) {

  /** Where its source is to be looked for when its sentence names none. */
  public enum Source {
    /** In its own sentence. */
    NAMED,
    /** In the sentences beside it: a passage that stands alone. */
    NEIGHBOUR,
    /** With the subject of the sentence before: "Sa seule phrase : « … »". */
    OWNED,
    /** In what the passage before it is about. */
    IMPLICIT
  }

  /** Copies the lists. */
  public QuoteCandidate {
    content = List.copyOf(content);
    repaired = List.copyOf(repaired);
  }

  /** A report without quotation marks by {@code speaker}, without a word that reports. */
  public static QuoteCandidate indirect(TextSpan content, Mention speaker) {
    return new QuoteCandidate(
        QuoteType.INDIRECT,
        List.of(content),
        speaker,
        null,
        false,
        Source.NAMED,
        false,
        false,
        List.of());
  }

  /** A turn of an interview, with or without quotation marks. */
  public static QuoteCandidate turn(TextSpan content, Mention speaker, Source source) {
    return new QuoteCandidate(
        QuoteType.DIRECT, List.of(content), speaker, null, false, source, false, false, List.of());
  }

  /** A line of dialogue without quotation marks, whose words an incise tells whose they are. */
  public static QuoteCandidate spoken(List<TextSpan> content, Mention speaker, TextSpan cue) {
    return new QuoteCandidate(
        QuoteType.DIRECT, content, speaker, cue, false, Source.NAMED, false, false, List.of());
  }

  /** This quote, spoken by {@code speaker}. */
  public QuoteCandidate by(Mention speaker) {
    return new QuoteCandidate(
        type, content, speaker, cue, negated, source, answers, followed, repaired);
  }

  /** This quote with its speaker to be looked for in {@code source}. */
  public QuoteCandidate from(Source source) {
    return new QuoteCandidate(
        type, content, speaker, cue, negated, source, answers, followed, repaired);
  }
}
