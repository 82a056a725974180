package dev.verso.usecase;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextBlock;
import dev.verso.bitext.BitextFormat;
import dev.verso.bitext.TranslationUnit;
import dev.verso.file.FileKind;
import dev.verso.file.FileLimits;
import dev.verso.file.Form;
import dev.verso.file.ReaderProcesses;
import dev.verso.file.Subtitles;
import dev.verso.file.TranslatedFile;
import dev.verso.file.UnitTranslation;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.InputFormat;
import dev.verso.text.ReadOptions;
import dev.verso.translation.MarkedText;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Translates a file into one of the same kind: all that is not text stays as it was, and inline
 * markup goes to the words it belongs to. A PDF, whose text has lost its shape, becomes a
 * side-by-side page.
 *
 * <p>Okapi takes apart and puts together Office, OpenDocument, HTML, Markdown and XLIFF, PDFBox
 * reads PDF, both in processes of their own that can open nothing else; subtitles and plain text
 * are read here. Thread-safe; the desk stays the caller's.
 */
public final class FileTranslation {

  private static final Pattern TITLE = Pattern.compile("\\.[A-Za-z0-9]{1,8}$");

  private final TranslationDesk desk;
  private final ReaderProcesses readers;

  /** With the default limits; all that are made so share their processes. */
  public FileTranslation(TranslationDesk desk) {
    this.desk = desk;
    this.readers = ReaderProcesses.SHARED;
  }

  /** With limits, and with processes, of its own. */
  public FileTranslation(TranslationDesk desk, FileLimits limits) {
    this.desk = desk;
    this.readers = new ReaderProcesses(limits);
  }

  /** How to go about it. */
  private final class Run implements UnitTranslation {
    final String name;
    final TranslationOptions options;
    final Progress progress;
    final Cancellation cancellation;
    final boolean force;
    final LongConsumer counted;
    long characters;

    Run(
        String name,
        TranslationOptions options,
        boolean force,
        Progress progress,
        Cancellation cancellation,
        LongConsumer counted) {
      this.name = name;
      this.options = options;
      this.force = force;
      this.progress = progress;
      this.cancellation = cancellation;
      this.counted = counted;
    }

    /** Tells how much there is to translate, before any of it is. */
    void count(long found) {
      characters = found;
      counted.accept(found);
    }

    @Override
    public List<MarkedText> translate(List<MarkedText> units) {
      String all = units.stream().map(MarkedText::text).collect(Collectors.joining(" "));
      if (all.isBlank()) {
        throw new InputException(name + " holds no text to translate");
      }
      if (!force) {
        desk.requireSourceLanguage(name, all);
      }
      count(all.length());
      return desk.translateMarked(units, options, progress, cancellation);
    }
  }

  /**
   * Translates a file.
   *
   * @param name what the user calls it
   * @param force translate what does not look French too
   * @throws InputException if it is of no kind that is read, damaged, locked, without text, or in
   *     another language; the message names it and the way out
   * @throws dev.verso.text.UnreadableInputException if it is no text
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public TranslatedFile translate(
      String name,
      byte[] content,
      TranslationOptions options,
      boolean force,
      Progress progress,
      Cancellation cancellation) {
    return translate(name, content, options, force, progress, cancellation, characters -> {});
  }

  /**
   * Translates a file whose text is counted before any of it is translated.
   *
   * @param counted told once how many UTF-16 units of text the file holds, when they are found and
   *     nothing is translated yet; what it throws ends the translation and comes out as it is
   * @throws InputException as {@link #translate(String, byte[], TranslationOptions, boolean,
   *     Progress, Cancellation)}
   */
  public TranslatedFile translate(
      String name,
      byte[] content,
      TranslationOptions options,
      boolean force,
      Progress progress,
      Cancellation cancellation,
      LongConsumer counted) {
    FileKind kind = FileKind.of(name, content);
    Run run = new Run(name, options, force, progress, cancellation, counted);
    byte[] translated =
        switch (kind) {
          case TEXT -> text(content, run);
          case SRT, VTT -> Subtitles.translate(name, content, run);
          case PDF -> page(content, run);
          default -> merged(Form.of(kind), content, run);
        };
    FileKind result = kind == FileKind.PDF ? FileKind.HTML : kind;
    return new TranslatedFile(nameOf(name, result), result.mediaType(), translated, run.characters);
  }

  /**
   * Translates a piece of HTML, such as a request's, its tags kept.
   *
   * @throws InputException as {@link #translate}
   */
  public String translateHtml(
      String html, TranslationOptions options, Progress progress, Cancellation cancellation) {
    return piece(Form.HTML_PIECE, html, options, progress, cancellation);
  }

  /**
   * Translates a piece of XML, its tags kept; all its text is taken for content.
   *
   * @throws InputException as {@link #translate}, and if it is not well-formed
   */
  public String translateXml(
      String xml, TranslationOptions options, Progress progress, Cancellation cancellation) {
    return piece(Form.XML_PIECE, xml, options, progress, cancellation);
  }

  private String piece(
      Form form,
      String markup,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    if (markup.isBlank()) {
      return markup;
    }
    byte[] content = markup.getBytes(StandardCharsets.UTF_8);
    Run run = new Run("the text", options, true, progress, cancellation, characters -> {});
    List<MarkedText> texts = readers.texts(form, run.name, content, cancellation);
    if (texts.stream().allMatch(text -> text.text().isBlank())) {
      return markup;
    }
    List<MarkedText> translations = run.translate(texts);
    byte[] merged = readers.merged(form, run.name, content, translations, cancellation);
    return new String(merged, StandardCharsets.UTF_8);
  }

  private byte[] merged(Form form, byte[] content, Run run) {
    List<MarkedText> texts = readers.texts(form, run.name, content, run.cancellation);
    List<MarkedText> translations = run.translate(texts);
    return readers.merged(form, run.name, content, translations, run.cancellation);
  }

  /** Everything between the sentences stays. */
  private byte[] text(byte[] content, Run run) {
    ReadOptions reading = ReadOptions.defaults().withFormat(InputFormat.TEXT);
    Document document = Documents.read(run.name, content, reading, run.cancellation);
    if (!run.force) {
      desk.requireSourceLanguage(document);
    }
    run.count(
        document.blocks().stream()
            .flatMap(block -> block.segments().stream())
            .mapToLong(segment -> segment.text().length())
            .sum());
    Bitext bitext =
        desk.translate(document, run.options.withBoilerplate(), run.progress, run.cancellation);
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (BitextBlock block : bitext.blocks()) {
      for (TranslationUnit unit : block.units()) {
        out.append(document.text(), at, unit.source().span().start()).append(unit.targetText());
        at = unit.source().span().end();
      }
    }
    out.append(document.text(), at, document.text().length());
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] page(byte[] content, Run run) {
    String text =
        readers.texts(Form.PDF, run.name, content, run.cancellation).stream()
            .map(MarkedText::text)
            .collect(Collectors.joining());
    ReadOptions reading = ReadOptions.defaults().withFormat(InputFormat.TEXT);
    Document document = Documents.read(run.name, text, reading, run.cancellation);
    if (!run.force) {
      desk.requireSourceLanguage(document);
    }
    run.count(text.length());
    Bitext bitext = desk.translate(document, run.options, run.progress, run.cancellation);
    StringWriter page = new StringWriter();
    try {
      BitextFormat.HTML.writer().write(bitext, page);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** {@code folder/rapport.docx} becomes {@code rapport.en.docx}. */
  private static String nameOf(String name, FileKind kind) {
    String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String title = TITLE.matcher(file).replaceFirst("");
    return (title.isBlank() ? "translation" : title) + ".en." + kind.extension();
  }
}
