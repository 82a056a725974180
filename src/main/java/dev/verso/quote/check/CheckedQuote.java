package dev.verso.quote.check;

import dev.verso.text.TextSpan;
import java.util.List;
import java.util.Objects;

/**
 * An English quote and what the article has of it.
 *
 * @param english the quote as given
 * @param speaker who is said to have said it, or null
 * @param speakerNote what is not certain about the speaker, a sentence, or empty; it turns no
 *     verdict
 * @param passage the French it was compared with, spans into the article's input, in order; empty
 *     if there is none
 * @param judgement the verdict; its findings' source spans count in the article's input, their
 *     target spans in {@code english}
 */
public record CheckedQuote(
    String english,
    String speaker,
    String speakerNote,
    List<TextSpan> passage,
    Judgement judgement) {

  /** Copies the list. */
  public CheckedQuote {
    Objects.requireNonNull(english);
    Objects.requireNonNull(speakerNote);
    Objects.requireNonNull(judgement);
    passage = List.copyOf(passage);
  }
}
