package dev.verso.alignment;

import dev.verso.bitext.AlignedBead;
import dev.verso.bitext.AlignedDocuments;
import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.Bead;
import dev.verso.bitext.SentenceAlignment;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Block;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import dev.verso.wordalign.WordAligner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Aligns two documents: their content's sentences, paragraphs taken into account, and, where a word
 * aligner is given, the words of each bead, their links leading back into the untouched inputs.
 *
 * <p>Immutable; thread-safe as its aligners are.
 */
public final class DocumentAligner {
  private static final String TOO_LONG =
      "more than " + WordAligner.MOST_WORDS + " words: aligned as a whole, no words are linked";

  private final SentenceAligner sentences;
  private final Optional<WordAligner> words;

  /** An aligner of sentences, and of words if {@code words} is there. */
  public DocumentAligner(SentenceAligner sentences, Optional<WordAligner> words) {
    this.sentences = sentences;
    this.words = words;
  }

  /**
   * Aligns a French document and an English one.
   *
   * @param translations a machine translation of each content sentence of the source, where made
   */
  public AlignedDocuments align(
      Document source, Document target, Optional<List<String>> translations) {
    return align(source, target, translations, Cancellation.NONE);
  }

  /**
   * Aligns a French document and an English one.
   *
   * @param translations a machine translation of each content sentence of the source, where made
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public AlignedDocuments align(
      Document source,
      Document target,
      Optional<List<String>> translations,
      Cancellation cancellation) {
    TextPair pair = TextPair.of(source, target);
    if (translations.isPresent()) {
      pair = pair.withTranslations(translations.get());
    }
    SentenceAlignment alignment = sentences.align(pair, cancellation);
    List<Segment> sourceSegments = content(source);
    List<Segment> targetSegments = content(target);
    List<AlignedBead> beads = new ArrayList<>();
    // What repeats, such as a menu or a refrain, is linked once.
    Map<List<String>, List<AlignmentLink>> known = new HashMap<>();
    for (Bead bead : alignment.beads()) {
      List<Segment> s = sourceSegments.subList(bead.sourceStart(), bead.sourceEnd());
      List<Segment> t = targetSegments.subList(bead.targetStart(), bead.targetEnd());
      cancellation.check();
      beads.add(linked(s, t, bead.posterior(), known, cancellation));
    }
    return new AlignedDocuments(source, target, "fr", "en", beads, alignment.documentScore());
  }

  private static List<Segment> content(Document document) {
    return document.blocks().stream()
        .filter(Block::isContent)
        .flatMap(block -> block.segments().stream())
        .toList();
  }

  private AlignedBead linked(
      List<Segment> source,
      List<Segment> target,
      double posterior,
      Map<List<String>, List<AlignmentLink>> known,
      Cancellation cancellation) {
    if (words.isEmpty() || source.isEmpty() || target.isEmpty()) {
      return new AlignedBead(source, target, posterior, List.of());
    }
    Joined s = Joined.of(source, WordTokenizer.FRENCH);
    Joined t = Joined.of(target, WordTokenizer.ENGLISH);
    if (WordAligner.isTooLong(s.sentence(), t.sentence())) {
      return new AlignedBead(source, target, posterior, List.of(), List.of(TOO_LONG));
    }
    List<AlignmentLink> links =
        known
            .computeIfAbsent(
                List.of(s.sentence().text(), t.sentence().text()),
                texts -> words.get().align(s.sentence(), t.sentence(), cancellation))
            .stream()
            .map(
                link ->
                    new AlignmentLink(
                        s.toRaw(link.source()),
                        t.toRaw(link.target()),
                        link.strength(),
                        link.probability()))
            .toList();
    return new AlignedBead(source, target, posterior, links);
  }

  /** Sentences of a bead as one, each word inside its own segment. */
  private record Joined(TokenizedSentence sentence, List<Segment> segments, List<Integer> starts) {

    static Joined of(List<Segment> segments, WordTokenizer tokenizer) {
      StringBuilder text = new StringBuilder();
      List<TextSpan> words = new ArrayList<>();
      List<Integer> starts = new ArrayList<>();
      for (Segment segment : segments) {
        if (text.length() > 0) {
          text.append(' ');
        }
        int start = text.length();
        starts.add(start);
        text.append(segment.text());
        for (TextSpan word : tokenizer.tokenize(segment.text()).words()) {
          words.add(word.shift(start));
        }
      }
      return new Joined(new TokenizedSentence(text.toString(), words), segments, starts);
    }

    TextSpan toRaw(TextSpan word) {
      int k = starts.size() - 1;
      while (starts.get(k) > word.start()) {
        k--;
      }
      return segments.get(k).toRaw(word.shift(-starts.get(k)));
    }
  }
}
