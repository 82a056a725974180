package dev.verso.quote;

import dev.verso.quote.attribution.QuoteType;
import dev.verso.quote.attribution.SpeakerEvidence;
import dev.verso.text.Document;
import dev.verso.text.TextSpan;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Words that a text attributes to a source, and the source.
 *
 * @param type how they are carried
 * @param content where they stand, marks and outer spaces excluded: several spans when an incise or
 *     a paragraph's repeated mark breaks them; in order, disjoint, none empty, at least one
 * @param speaker the mention of the source nearest to the cue, or null: a proper name with M. or
 *     Mme but without title, else the noun phrase or pronoun
 * @param speakerCoref the fullest mention of the same source when {@code speaker} is a pronoun, a
 *     short form or a description, or null
 * @param speakerName the name to show for the source, or null
 * @param cue the word that reports: the verb without its auxiliary, the preposition, the noun; or
 *     null
 * @param negated whether the source is reported as not asserting the words (<i>nier</i>,
 *     <i>démentir</i>, <i>n'a pas dit</i>)
 * @param attribution how the speaker was found
 * @param attributionSpan the words that show who speaks: the cue with the speaker's mention, or the
 *     mention beside the quote; null when nobody is named
 * @param repaired what was wrong with the quotation marks and how it was read, in English, a
 *     sentence each; empty when nothing was
 */
public record Quote(
    QuoteType type,
    List<TextSpan> content,
    TextSpan speaker,
    TextSpan speakerCoref,
    String speakerName,
    TextSpan cue,
    boolean negated,
    SpeakerEvidence attribution,
    TextSpan attributionSpan,
    List<String> repaired) {

  /**
   * @throws IllegalArgumentException if the content is empty or out of order
   */
  public Quote {
    Objects.requireNonNull(type);
    Objects.requireNonNull(attribution);
    if ((attribution == SpeakerEvidence.NONE) != (attributionSpan == null)) {
      throw new IllegalArgumentException("evidence and its span: " + attribution);
    }
    content = List.copyOf(content);
    repaired = List.copyOf(repaired);
    if (content.isEmpty()) {
      throw new IllegalArgumentException("a quote has content");
    }
    int end = -1;
    for (TextSpan span : content) {
      if (span.isEmpty() || span.start() < end) {
        throw new IllegalArgumentException("content empty or out of order: " + content);
      }
      end = span.end();
    }
  }

  /** A quote whose sentence names its speaker, if it has one. */
  public Quote(
      QuoteType type,
      List<TextSpan> content,
      TextSpan speaker,
      TextSpan speakerCoref,
      String speakerName,
      TextSpan cue,
      boolean negated,
      List<String> repaired) {
    this(
        type,
        content,
        speaker,
        speakerCoref,
        speakerName,
        cue,
        negated,
        speaker == null ? SpeakerEvidence.NONE : SpeakerEvidence.EXPLICIT,
        speaker,
        repaired);
  }

  /** The smallest span that holds all the content. */
  public TextSpan extent() {
    return content.get(0).union(content.get(content.size() - 1));
  }

  /** The words of {@code text} quoted, spans joined by a space. */
  public String words(CharSequence text) {
    StringBuilder words = new StringBuilder();
    for (TextSpan span : content) {
      words.append(words.isEmpty() ? "" : " ").append(span.of(text));
    }
    return words.toString();
  }

  /** The words that a reader of the document sees, without markup. */
  public String words(Document document) {
    return content.stream().map(document::visible).collect(Collectors.joining(" "));
  }
}
