package dev.verso.usecase;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextFormat;
import dev.verso.engine.Engine;
import dev.verso.file.ExtractedText;
import dev.verso.file.FileKind;
import dev.verso.file.FileLimits;
import dev.verso.file.Form;
import dev.verso.file.ReaderProcesses;
import dev.verso.file.Subtitles;
import dev.verso.file.TagRules;
import dev.verso.file.TranslatedFile;
import dev.verso.text.Cancellation;
import dev.verso.text.DecodedInput;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.InputFormat;
import dev.verso.text.Place;
import dev.verso.text.ReadOptions;
import dev.verso.text.TextSpan;
import dev.verso.translation.MarkedText;
import dev.verso.translation.Progress;
import dev.verso.translation.SentenceForm;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.TranslationSummary;
import dev.verso.translation.WordLinks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file in, a file of the same kind out: all that is not text stays as it was, and inline markup
 * goes to the words it belongs to. A PDF, whose text has lost its shape, becomes a side-by-side
 * page.
 *
 * <p>Okapi takes apart and puts together Office, OpenDocument, HTML, Markdown and XLIFF, PDFBox
 * reads PDF, both in processes of their own that can open nothing else; subtitles and plain text
 * are read here. Thread-safe; the engine stays the caller's.
 */
public final class TranslateFile {

  private static final Pattern TITLE = Pattern.compile("\\.[A-Za-z0-9]{1,10}$");

  private final Engine engine;
  private final ReaderProcesses readers;

  /** With the default limits; all that are made so share their processes. */
  public TranslateFile(Engine engine) {
    this.engine = engine;
    this.readers = ReaderProcesses.SHARED;
  }

  /** With limits, and with processes, of its own. */
  public TranslateFile(Engine engine, FileLimits limits) {
    this.engine = engine;
    this.readers = new ReaderProcesses(limits);
  }

  /**
   * What is wanted.
   *
   * @param name what the user calls the file
   * @param content its bytes; the caller does not change them
   * @param options how its text is translated
   * @param force whether to translate what does not look French
   * @param counted told once how many UTF-16 units of text the file holds, when they are found and
   *     nothing is translated yet; what it throws ends the translation and comes out as it is
   */
  // As large as they are, the bytes are not copied.
  @SuppressWarnings("ArrayRecordComponent")
  public record Request(
      String name,
      byte[] content,
      TranslationOptions options,
      boolean force,
      LongConsumer counted) {

    /** Of a file whose text nobody counts. */
    public Request(String name, byte[] content, TranslationOptions options, boolean force) {
      this(name, content, options, force, characters -> {});
    }
  }

  /**
   * Translates a file.
   *
   * @throws InputException if it is of no kind that is read, damaged, locked, without text, or in
   *     another language; the message names it and the way out
   * @throws dev.verso.text.UnreadableInputException if it is not text
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public TranslatedFile translate(Request request, Progress progress, Cancellation cancellation) {
    FileKind kind = FileKind.of(request.name, request.content);
    Run run = new Run(request, progress, cancellation);
    byte[] translated =
        switch (kind) {
          case TEXT -> run.text();
          case SRT, VTT -> Subtitles.translate(request.name, run.decoded(kind), run::translated);
          case PDF -> run.page();
          case DOCX, PPTX, XLSX, ODT, XLIFF -> run.merged(Form.of(kind), request.content);
          default -> run.merged(Form.of(kind), run.decoded(kind));
        };
    FileKind result = resultOf(kind);
    return new TranslatedFile(
        nameOf(request.name, result),
        result.mediaType(),
        kind.isBinary() ? translated : withLineEnds(request.content, translated),
        run.characters,
        run.notices,
        run.summary);
  }

  /** The kind of file that the translation of one becomes. */
  public static FileKind resultOf(FileKind kind) {
    return kind == FileKind.PDF ? FileKind.HTML : kind;
  }

  /**
   * A piece of markup, such as a request's; all its text is taken for content.
   *
   * @param form {@link Form#HTML_PIECE} or {@link Form#XML_PIECE}
   */
  String piece(
      Form form,
      TagRules tags,
      String markup,
      TranslationOptions options,
      SentenceForm sentences,
      Cancellation cancellation) {
    if (markup.isBlank()) {
      return markup;
    }
    byte[] content = markup.getBytes(StandardCharsets.UTF_8);
    String name = "the text";
    List<MarkedText> texts = readers.texts(form, tags, name, content, cancellation);
    if (texts.stream().allMatch(text -> text.text().isBlank())) {
      return markup;
    }
    List<MarkedText> translations =
        engine
            .markedTranslator()
            .translate(texts, options, sentences, Progress.SILENT, cancellation, summary -> {});
    byte[] merged = readers.merged(form, tags, name, content, translations, cancellation);
    return new String(merged, StandardCharsets.UTF_8);
  }

  /** One file on its way. */
  private final class Run {
    private final Request request;
    private final Progress progress;
    private final Cancellation cancellation;
    private long characters;
    private List<String> notices = List.of();
    private TranslationSummary summary = TranslationSummary.NONE;

    Run(Request request, Progress progress, Cancellation cancellation) {
      this.request = request;
      this.progress = progress;
      this.cancellation = cancellation;
    }

    /** Reports how much there is to translate, before any of it is. */
    private void count(long found) {
      characters = found;
      request.counted.accept(found);
    }

    List<MarkedText> translated(List<MarkedText> units) {
      String all = units.stream().map(MarkedText::text).collect(Collectors.joining(" "));
      if (all.isBlank()) {
        throw new InputException(request.name + " holds no text to translate");
      }
      if (!request.force) {
        SourceLanguage.require(engine, request.name, all);
      }
      count(all.length());
      return engine
          .markedTranslator()
          .translate(
              units,
              request.options,
              SentenceForm.DEFAULT,
              progress,
              cancellation,
              made -> summary = summary.plus(made));
    }

    byte[] merged(Form form, byte[] content) {
      List<MarkedText> texts = readers.texts(form, request.name, content, cancellation);
      List<MarkedText> translations = translated(texts);
      return readers.merged(form, request.name, content, translations, cancellation);
    }

    /** The file in UTF-8, whatever it was in. */
    byte[] decoded(FileKind kind) {
      boolean declares = kind == FileKind.HTML || kind == FileKind.ANDROID;
      DecodedInput input = Documents.decoded(request.name, request.content, declares);
      notices = input.notices();
      return input.text().getBytes(StandardCharsets.UTF_8);
    }

    /** Everything between the sentences stays. */
    byte[] text() {
      ReadOptions reading = ReadOptions.defaults().withFormat(InputFormat.TEXT);
      Document document = Documents.read(request.name, request.content, reading, cancellation);
      if (!request.force) {
        SourceLanguage.require(engine, document);
      }
      notices = document.notices();
      count(
          document.blocks().stream()
              .flatMap(block -> block.segments().stream())
              .mapToLong(segment -> segment.text().length())
              .sum());
      TranslationOptions whole = request.options.withBoilerplate(true).withLinks(WordLinks.NONE);
      Bitext bitext = engine.translator().translate(document, whole, progress, cancellation);
      summary = TranslationSummary.of(bitext);
      return TranslateTexts.inPlace(bitext).getBytes(StandardCharsets.UTF_8);
    }

    byte[] page() {
      ExtractedText extracted =
          ExtractedText.of(FileKind.PDF, request.name, request.content, readers, cancellation);
      ReadOptions reading = ReadOptions.defaults().withFormat(InputFormat.TEXT);
      StringBuilder undivided = new StringBuilder();
      List<Place> pages = new ArrayList<>();
      for (Place page : extracted.places()) {
        int start = undivided.length();
        undivided.append(engine.translator().undivided(page.span().of(extracted.text())));
        TextSpan span = new TextSpan(start, undivided.length());
        pages.add(new Place(span, page.kind(), page.number(), page.label()));
      }
      String whole = undivided.toString();
      Document document =
          Documents.read(request.name, whole, reading, cancellation)
              .takenFrom(request.content, pages);
      TranslateArticle articles = new TranslateArticle(engine);
      TranslateArticle.Request page =
          new TranslateArticle.Request(document, request.options, request.force, BitextFormat.HTML);
      articles.requireFrench(page);
      count(whole.length());
      TranslateArticle.Result result = articles.translate(page, progress, cancellation);
      summary = TranslationSummary.of(result.bitext());
      return result.printed().getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Some filters write one kind of line end whatever they have read. */
  private static byte[] withLineEnds(byte[] given, byte[] translated) {
    String before = new String(given, StandardCharsets.ISO_8859_1);
    String after = new String(translated, StandardCharsets.ISO_8859_1);
    boolean lost = before.contains("\r\n") && !after.contains("\r\n");
    return lost ? after.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1) : translated;
  }

  /** {@code folder/rapport.docx} becomes {@code rapport.en.docx}. */
  private static String nameOf(String name, FileKind kind) {
    String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String title = TITLE.matcher(file).replaceFirst("");
    return (title.isBlank() ? "translation" : title) + ".en." + kind.extension();
  }
}
