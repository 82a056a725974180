package dev.verso.usecase;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.TranslationUnit;
import dev.verso.decoding.SearchOptions;
import dev.verso.engine.Engine;
import dev.verso.file.Form;
import dev.verso.file.TagRules;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputFormat;
import dev.verso.text.ReadOptions;
import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import dev.verso.translation.MarkedText;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.SentenceForm;
import dev.verso.translation.Splitting;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Strings in, strings out: line breaks, white space and tags are kept.
 *
 * <p>Thread-safe; the engine stays the caller's.
 */
public final class TranslateTexts {

  /** What a string holds. */
  public enum Kind {
    TEXT,
    HTML,
    XML
  }

  /** Sentences that begin and end like their source. */
  private static final SentenceForm ALIKE = new SentenceForm(Splitting.AUTO, true);

  private final Engine engine;
  private final TranslateFile files;

  /** Over an engine, in its lane. */
  public TranslateTexts(Engine engine) {
    this.engine = engine;
    this.files = new TranslateFile(engine);
  }

  /**
   * Translates lines one by one, each as one segment; an empty line stays empty.
   *
   * @return one translation for each line, without word links
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<SegmentTranslation> lines(
      List<String> lines,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    return engine
        .translator()
        .translate(lines, options.withLinks(WordLinks.NONE), progress, cancellation);
  }

  /**
   * What is wanted of strings.
   *
   * @param kind what they hold
   * @param tags what is said about their tags, if they hold any
   * @param form where their sentences end, and what the translations keep of them
   */
  public record Manner(Kind kind, TagRules tags, SentenceForm form) {

    /** Strings of a kind about which nothing else is said. */
    public static Manner of(Kind kind) {
      return new Manner(kind, TagRules.NONE, SentenceForm.DEFAULT);
    }
  }

  /**
   * Translates texts together, so that short ones share batches; what is not text stays.
   *
   * @return the translation of each text
   * @throws dev.verso.text.InputException if XML is not well-formed
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<String> translate(
      List<String> texts, Manner manner, TranslationOptions options, Cancellation cancellation) {
    return switch (manner.kind) {
      case TEXT -> plain(texts, manner.form, options, cancellation);
      case HTML -> pieces(texts, Form.HTML_PIECE, manner, options, cancellation);
      case XML -> pieces(texts, Form.XML_PIECE, manner, options, cancellation);
    };
  }

  /**
   * Other translations of plain texts, best first: of each sentence what the search ranked second,
   * then third and so on. Searched with a beam that is wide enough; what differs only in how a
   * sentence begins or ends is no other translation.
   *
   * @param most how many at most, up to {@link SearchOptions#MAX_BEAM} - 1
   * @param made the translations that there are already, which are no others
   * @return for each text its others, often fewer than {@code most}
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<List<String>> others(
      List<String> texts,
      List<String> made,
      int most,
      TranslationOptions options,
      Cancellation cancellation) {
    int beam = Math.max(options.search().beam(), most + 1);
    TranslationOptions wide = options.withBeam(beam);
    ReadOptions reading = ReadOptions.defaults().withFormat(InputFormat.TEXT);
    List<List<String>> others = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Document document = Documents.read("text", texts.get(i), reading, cancellation);
      List<Segment> segments =
          document.blocks().stream().flatMap(block -> block.segments().stream()).toList();
      List<String> sources = segments.stream().map(Segment::text).toList();
      List<SegmentTranslation> best =
          engine
              .translator()
              .translate(sources, wide.withLinks(WordLinks.NONE), Progress.SILENT, cancellation);
      List<List<String>> ranked = new ArrayList<>();
      List<List<String>> searched = engine.translator().others(sources, most, wide, cancellation);
      for (int k = 0; k < sources.size(); k++) {
        String source = sources.get(k);
        Set<String> different = new LinkedHashSet<>();
        searched.get(k).forEach(one -> different.add(ALIKE.of(source, one)));
        different.remove(ALIKE.of(source, best.get(k).text()));
        ranked.add(List.copyOf(different));
      }
      Set<String> found = new LinkedHashSet<>();
      for (int rank = 0; rank < most; rank++) {
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (int k = 0; k < segments.size(); k++) {
          List<String> of = ranked.get(k);
          TextSpan span = segments.get(k).span();
          out.append(document.text(), copied, span.start());
          out.append(rank < of.size() ? of.get(rank) : best.get(k).text());
          copied = span.end();
        }
        found.add(out.append(document.text().substring(copied)).toString());
      }
      found.remove(made.get(i));
      others.add(List.copyOf(found));
    }
    return others;
  }

  private List<String> pieces(
      List<String> texts,
      Form form,
      Manner manner,
      TranslationOptions options,
      Cancellation cancellation) {
    return texts.stream()
        .map(text -> files.piece(form, manner.tags, text, options, manner.form, cancellation))
        .toList();
  }

  private List<String> plain(
      List<String> texts,
      SentenceForm form,
      TranslationOptions options,
      Cancellation cancellation) {
    if (form.splitting() != Splitting.AUTO) {
      return engine
          .markedTranslator()
          .translate(
              texts.stream().map(MarkedText::plain).toList(),
              options,
              form,
              Progress.SILENT,
              cancellation,
              summary -> {})
          .stream()
          .map(MarkedText::text)
          .toList();
    }
    ReadOptions reading = ReadOptions.defaults().withFormat(InputFormat.TEXT);
    List<Document> documents =
        texts.stream().map(text -> Documents.read("text", text, reading, cancellation)).toList();
    TranslationOptions whole = options.withBoilerplate(true).withLinks(WordLinks.NONE);
    return engine
        .translator()
        .translateAll(documents, whole, Progress.SILENT, cancellation)
        .stream()
        .map(bitext -> inPlace(bitext, form))
        .toList();
  }

  /** The text with each segment replaced by its translation; all between the segments stays. */
  static String inPlace(Bitext bitext) {
    return inPlace(bitext, SentenceForm.DEFAULT);
  }

  private static String inPlace(Bitext bitext, SentenceForm form) {
    String raw = bitext.source().text();
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (TranslationUnit unit : (Iterable<TranslationUnit>) bitext.units()::iterator) {
      out.append(raw, copied, unit.source().span().start());
      out.append(form.of(unit.source().text(), unit.targetText()));
      copied = unit.source().span().end();
    }
    return out.append(raw, copied, raw.length()).toString();
  }
}
