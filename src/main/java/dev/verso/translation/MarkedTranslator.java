package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Cancellation;
import dev.verso.text.Language;
import dev.verso.text.LineWrapping;
import dev.verso.text.SentenceSegmenter;
import dev.verso.text.Space;
import dev.verso.text.TextSpan;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.WordAligner;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
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
    return translate(texts, options, SentenceForm.DEFAULT, progress, cancellation, summary -> {});
  }

  /**
   * Translates texts like {@link #translate(List, TranslationOptions, Progress, Cancellation)}.
   *
   * @param form where their sentences end, and what the translations keep of them
   * @param summarized told once what a reader should know of all of them
   */
  public List<MarkedText> translate(
      List<MarkedText> texts,
      TranslationOptions options,
      SentenceForm form,
      Progress progress,
      Cancellation cancellation,
      Consumer<TranslationSummary> summarized) {
    List<List<TextSpan>> sentences =
        texts.stream().map(text -> sentences(text, form.splitting(), cancellation)).toList();
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      for (TextSpan sentence : sentences.get(i)) {
        inputs.add(onOneLine(read(sentence.of(texts.get(i).text()))));
      }
    }
    List<SegmentTranslation> translations =
        translator.translate(inputs, options.withLinks(WordLinks.NONE), progress, cancellation);
    summarized.accept(TranslationSummary.of(translations));
    List<MarkedText> translated = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < texts.size(); i++) {
      cancellation.check();
      int end = next + sentences.get(i).size();
      translated.add(
          joined(
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

  /**
   * Sentences of a text; a break separates them too, unless the line clearly runs on behind it or
   * nothing does.
   */
  private static List<TextSpan> sentences(
      MarkedText text, Splitting splitting, Cancellation cancellation) {
    if (splitting == Splitting.NONE) {
      TextSpan all = Space.trim(text.text(), 0, text.text().length());
      return all.isEmpty() ? List.of() : List.of(all);
    }
    SentenceSegmenter segmenter = SentenceSegmenter.of(Language.FRENCH);
    String read = read(text.text());
    TreeSet<Integer> ends = new TreeSet<>();
    for (MarkedText.Mark mark : text.marks()) {
      boolean line = mark.position() > 0 && isLine(text.text(), mark.position());
      if (mark.kind() == MarkedText.Kind.BREAK && !(line && splitting == Splitting.PUNCTUATION)) {
        ends.add(mark.position());
      }
    }
    for (int at = read.indexOf('\n');
        at >= 0 && splitting == Splitting.LINES;
        at = read.indexOf('\n', at + 1)) {
      ends.add(at);
    }
    List<TextSpan> sentences = new ArrayList<>();
    List<TextSpan> group = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      TextSpan line = Space.trim(read, from, end);
      if (!line.isEmpty()) {
        group.add(line);
      }
      boolean mayRunOn = splitting != Splitting.LINES && isLine(text.text(), end);
      if (line.isEmpty() || !mayRunOn) {
        segment(read, group, segmenter, cancellation, sentences);
      }
      from = end;
    }
    TextSpan last = Space.trim(read, from, read.length());
    if (!last.isEmpty()) {
      group.add(last);
    }
    segment(read, group, segmenter, cancellation, sentences);
    return sentences;
  }

  /** Whether a line break stands before {@code position}, which may only wrap the text. */
  private static boolean isLine(String text, int position) {
    return position > 0 && text.charAt(position - 1) == MarkedText.LINE;
  }

  /** The sentences of consecutive lines, which are removed from {@code group}. */
  private static void segment(
      String text,
      List<TextSpan> group,
      SentenceSegmenter segmenter,
      Cancellation cancellation,
      List<TextSpan> sentences) {
    for (TextSpan line : group.isEmpty() ? group : LineWrapping.join(text, group)) {
      sentences.addAll(segmenter.segment(text, line, cancellation));
    }
    group.clear();
  }

  /** The text as the model reads it: separators are spaces. */
  private static String read(String text) {
    return text.replace(MarkedText.LINE, ' ').replace(MarkedText.HARD, ' ');
  }

  /**
   * The translation of a text, each part between breaks put together for itself, so that nothing
   * gets across a break.
   */
  private MarkedText joined(
      MarkedText text,
      List<TextSpan> sentences,
      List<SegmentTranslation> translations,
      SentenceForm form,
      Cancellation cancellation) {
    StringBuilder target = new StringBuilder();
    List<MarkedText.Mark> marks = new ArrayList<>();
    int from = 0;
    int firstMark = 0;
    int firstSentence = 0;
    int open = 0;
    for (int m = 0; m <= text.marks().size(); m++) {
      boolean last = m == text.marks().size();
      MarkedText.Mark mark = last ? null : text.marks().get(m);
      if (!last && mark.kind() != MarkedText.Kind.BREAK) {
        open += mark.kind() == MarkedText.Kind.OPEN ? 1 : 0;
        open -= mark.kind() == MarkedText.Kind.CLOSE ? 1 : 0;
        continue;
      }
      int to = last ? text.text().length() : mark.position();
      if (!last && (open > 0 || sentences.stream().anyMatch(s -> s.start() < to && to < s.end()))) {
        continue;
      }
      int begin = from;
      int next = firstSentence;
      while (next < sentences.size() && sentences.get(next).end() <= to) {
        next++;
      }
      MarkedText part =
          assembled(
              new MarkedText(
                  text.text().substring(from, to),
                  text.marks().subList(firstMark, m).stream()
                      .map(one -> one.shift(-begin))
                      .toList()),
              sentences.subList(firstSentence, next).stream().map(s -> s.shift(-begin)).toList(),
              translations.subList(firstSentence, next),
              form,
              cancellation);
      part.marks().forEach(one -> marks.add(one.shift(target.length())));
      target.append(part.text());
      if (!last) {
        marks.add(new MarkedText.Mark(mark.kind(), mark.id(), target.length()));
      }
      from = to;
      firstMark = m + 1;
      firstSentence = next;
    }
    return new MarkedText(target.toString(), marks);
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
      TokenizedSentence french = WordTokenizer.FRENCH.tokenize(read(sentence.of(text.text())));
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
