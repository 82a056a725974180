package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Cancellation;
import dev.verso.text.Language;
import dev.verso.text.SentenceSegmenter;
import dev.verso.text.TextSpan;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.WordAligner;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Translates texts with inline markup, each of any number of sentences; the markup goes to the
 * words that translate those it stood at.
 *
 * <p>Thread-safe; the translator stays the caller's.
 */
public final class MarkedTranslator {

  private static final Pattern SPACES = Pattern.compile("\\s++");

  private final Translator translator;
  private final WordAligner aligner;

  /** Over a translator, in its lane. */
  public MarkedTranslator(Translator translator) {
    this.translator = translator;
    // A mark needs a place even where its words are linked to none for sure.
    this.aligner = translator.attentive(CombinedAligner.shipped().competing());
  }

  /**
   * Translates texts.
   *
   * @return one translation for each text, with all its marks
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<MarkedText> translate(
      List<MarkedText> texts,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    return translate(texts, options, SentenceForm.DEFAULT, progress, cancellation);
  }

  /**
   * Translates texts like {@link #translate(List, TranslationOptions, Progress, Cancellation)}.
   *
   * @param form where their sentences end, and what the translations keep of them
   */
  public List<MarkedText> translate(
      List<MarkedText> texts,
      TranslationOptions options,
      SentenceForm form,
      Progress progress,
      Cancellation cancellation) {
    List<List<TextSpan>> sentences =
        texts.stream().map(text -> sentences(text, form.splitting(), cancellation)).toList();
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      for (TextSpan sentence : sentences.get(i)) {
        inputs.add(onOneLine(sentence.of(texts.get(i).text())));
      }
    }
    List<SegmentTranslation> translations =
        translator.translate(inputs, options.withLinks(WordLinks.NONE), progress, cancellation);
    List<MarkedText> translated = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < texts.size(); i++) {
      cancellation.check();
      int end = next + sentences.get(i).size();
      translated.add(
          assembled(
              texts.get(i), sentences.get(i), translations.subList(next, end), form, cancellation));
      next = end;
    }
    return translated;
  }

  private static String onOneLine(String sentence) {
    return SPACES
        .matcher(sentence)
        .replaceAll(
            spaces ->
                spaces.group().chars().anyMatch(c -> c == '\n' || c == '\r')
                    ? " "
                    : spaces.group());
  }

  /** Sentences of a text; a break separates them too, unless nothing does. */
  private static List<TextSpan> sentences(
      MarkedText marked, Splitting splitting, Cancellation cancellation) {
    String text = marked.text();
    if (splitting == Splitting.NONE) {
      TextSpan all = trimmed(text);
      return all.isEmpty() ? List.of() : List.of(all);
    }
    TreeSet<Integer> ends = new TreeSet<>();
    for (MarkedText.Mark mark : marked.marks()) {
      if (mark.kind() == MarkedText.Kind.BREAK) {
        ends.add(mark.position());
      }
    }
    for (int at = text.indexOf('\n');
        at >= 0 && splitting == Splitting.LINES;
        at = text.indexOf('\n', at + 1)) {
      ends.add(at);
    }
    ends.add(text.length());
    SentenceSegmenter segmenter = SentenceSegmenter.of(Language.FRENCH);
    List<TextSpan> sentences = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      sentences.addAll(segmenter.segment(text, new TextSpan(from, end), cancellation));
      from = end;
    }
    return sentences;
  }

  private static TextSpan trimmed(String text) {
    int start = text.length() - text.stripLeading().length();
    return new TextSpan(start, start + text.strip().length());
  }

  private MarkedText assembled(
      MarkedText text,
      List<TextSpan> sentences,
      List<SegmentTranslation> translations,
      SentenceForm form,
      Cancellation cancellation) {
    StringBuilder target = new StringBuilder();
    List<AlignmentLink> links = new ArrayList<>();
    int at = 0;
    for (int k = 0; k < sentences.size(); k++) {
      cancellation.check();
      TextSpan sentence = sentences.get(k);
      target.append(text.text(), at, sentence.start());
      at = sentence.end();
      int start = target.length();
      String translation = form.of(sentence.of(text.text()), translations.get(k).text());
      target.append(translation);
      boolean marked =
          text.marks().stream()
              .anyMatch(m -> sentence.start() < m.position() && m.position() < sentence.end());
      TokenizedSentence french = WordTokenizer.FRENCH.tokenize(sentence.of(text.text()));
      TokenizedSentence english = WordTokenizer.ENGLISH.tokenize(translation);
      if (marked && !WordAligner.isTooLong(french, english)) {
        for (AlignmentLink link : aligner.align(french, english, cancellation)) {
          links.add(
              new AlignmentLink(
                  link.source().shift(sentence.start()),
                  link.target().shift(start),
                  link.strength(),
                  link.probability()));
        }
      } else if (!text.marks().isEmpty() && !translation.isEmpty()) {
        // Nothing stands inside, or it is too long: the sentence as a whole is link enough.
        links.add(
            new AlignmentLink(
                sentence, new TextSpan(start, target.length()), AlignmentLink.Strength.SURE, 1));
      }
    }
    target.append(text.text(), at, text.text().length());
    return MarkupProjection.project(text, target.toString(), links);
  }
}
