package dev.verso.desk.file;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextBlock;
import dev.verso.bitext.BitextFormat;
import dev.verso.bitext.TranslationUnit;
import dev.verso.desk.InputException;
import dev.verso.desk.TranslationDesk;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputFormat;
import dev.verso.text.ReadOptions;
import dev.verso.translation.MarkedText;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Translates a file into one of the same kind: all that is not text stays as it was, and inline
 * markup goes to the words it belongs to. A PDF, whose text has lost its shape, becomes a
 * side-by-side page.
 *
 * <p>Okapi takes apart and puts together Office, OpenDocument, HTML, Markdown and XLIFF, PDFBox
 * reads PDF, subtitles are read here. Thread-safe; the desk stays the caller's.
 */
public final class FileTranslation {

  private static final Pattern TITLE = Pattern.compile("\\.[A-Za-z0-9]{1,8}$");

  private final TranslationDesk desk;

  public FileTranslation(TranslationDesk desk) {
    this.desk = desk;
  }

  /** How to go about it. */
  private final class Run implements UnitTranslation {
    final String name;
    final TranslationOptions options;
    final Progress progress;
    final Cancellation cancellation;
    final boolean force;
    long characters;

    Run(
        String name,
        TranslationOptions options,
        boolean force,
        Progress progress,
        Cancellation cancellation) {
      this.name = name;
      this.options = options;
      this.force = force;
      this.progress = progress;
      this.cancellation = cancellation;
    }

    @Override
    public List<MarkedText> translate(List<MarkedText> units) {
      String all = String.join(" ", units.stream().map(MarkedText::text).toList());
      if (all.isBlank()) {
        throw new InputException(name + " holds no text to translate");
      }
      if (!force) {
        desk.requireSourceLanguage(name, all);
      }
      characters += all.length();
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
    FileKind kind = FileKind.of(name, content);
    Run run = new Run(name, options, force, progress, cancellation);
    byte[] translated =
        switch (kind) {
          case TEXT -> text(content, run);
          case SRT, VTT -> Subtitles.translate(name, content, run);
          case PDF -> page(content, run);
          default -> OkapiFile.translate(kind, name, content, run);
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
    return fragment(FileKind.HTML, html, options, progress, cancellation);
  }

  /**
   * Translates a piece of XML, its tags kept; all its text is taken for content.
   *
   * @throws InputException as {@link #translate}, and if it is not well-formed
   */
  public String translateXml(
      String xml, TranslationOptions options, Progress progress, Cancellation cancellation) {
    return fragment(null, xml, options, progress, cancellation);
  }

  private String fragment(
      FileKind kind,
      String markup,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    Run run = new Run("the text", options, true, progress, cancellation);
    UnitTranslation lenient =
        units -> units.stream().allMatch(u -> u.text().isBlank()) ? units : run.translate(units);
    String translated = OkapiFile.translateFragment(kind, markup, lenient);
    return run.characters == 0 ? markup : translated;
  }

  /** Everything between the sentences stays. */
  private byte[] text(byte[] content, Run run) {
    ReadOptions reading = ReadOptions.defaults().withFormat(InputFormat.TEXT);
    Document document = Documents.read(run.name, content, reading, run.cancellation);
    if (!run.force) {
      desk.requireSourceLanguage(document);
    }
    Bitext bitext =
        desk.translate(document, run.options.withBoilerplate(), run.progress, run.cancellation);
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (BitextBlock block : bitext.blocks()) {
      for (TranslationUnit unit : block.units()) {
        out.append(document.text(), at, unit.source().span().start()).append(unit.targetText());
        at = unit.source().span().end();
        run.characters += unit.source().text().length();
      }
    }
    out.append(document.text(), at, document.text().length());
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] page(byte[] content, Run run) {
    String text = PdfText.of(run.name, content);
    ReadOptions reading = ReadOptions.defaults().withFormat(InputFormat.TEXT);
    Document document = Documents.read(run.name, text, reading, run.cancellation);
    if (!run.force) {
      desk.requireSourceLanguage(document);
    }
    run.characters += text.length();
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
