package dev.verso.usecase;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.TranslationUnit;
import dev.verso.engine.Engine;
import dev.verso.file.Form;
import dev.verso.file.TagRules;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputFormat;
import dev.verso.text.ReadOptions;
import dev.verso.translation.MarkedText;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.SentenceForm;
import dev.verso.translation.Splitting;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import java.util.List;

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

  private List<String> pieces(
      List<String> texts,
      Form form,
      Manner manner,
      TranslationOptions options,
      Cancellation cancellation) {
    return texts.stream()
        .map(
            text ->
                files.piece(form, manner.tags, text, options, manner.form, cancellation))
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
              cancellation)
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
