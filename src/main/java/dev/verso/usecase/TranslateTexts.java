package dev.verso.usecase;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.TranslationUnit;
import dev.verso.engine.Engine;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputFormat;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
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
   * Translates texts together, so that short ones share batches; what is not text stays.
   *
   * @return the translation of each text
   * @throws dev.verso.text.InputException if XML is not well-formed
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<String> translate(
      List<String> texts, Kind kind, TranslationOptions options, Cancellation cancellation) {
    return switch (kind) {
      case TEXT -> plain(texts, options, cancellation);
      case HTML ->
          texts.stream().map(text -> files.htmlPiece(text, options, cancellation)).toList();
      case XML -> texts.stream().map(text -> files.xmlPiece(text, options, cancellation)).toList();
    };
  }

  private List<String> plain(
      List<String> texts, TranslationOptions options, Cancellation cancellation) {
    ReadOptions reading = ReadOptions.defaults().withFormat(InputFormat.TEXT);
    List<Document> documents =
        texts.stream().map(text -> Documents.read("text", text, reading, cancellation)).toList();
    TranslationOptions whole = options.withBoilerplate(true).withLinks(WordLinks.NONE);
    return engine
        .translator()
        .translateAll(documents, whole, Progress.SILENT, cancellation)
        .stream()
        .map(TranslateTexts::inPlace)
        .toList();
  }

  /** The text with each segment replaced by its translation; all between the segments stays. */
  static String inPlace(Bitext bitext) {
    String raw = bitext.source().text();
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (TranslationUnit unit : (Iterable<TranslationUnit>) bitext.units()::iterator) {
      out.append(raw, copied, unit.source().span().start()).append(unit.targetText());
      copied = unit.source().span().end();
    }
    return out.append(raw, copied, raw.length()).toString();
  }
}
