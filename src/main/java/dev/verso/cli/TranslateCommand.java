package dev.verso.cli;

import dev.verso.bitext.BitextFormat;
import dev.verso.cli.terminal.ProgressLine;
import dev.verso.cli.terminal.ResultFile;
import dev.verso.decoding.SearchOptions;
import dev.verso.engine.Engine;
import dev.verso.engine.ModelCatalogue;
import dev.verso.file.FileKind;
import dev.verso.file.Glossaries;
import dev.verso.file.TranslatedFile;
import dev.verso.file.TranslationMemories;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.InputException;
import dev.verso.text.InputFormat;
import dev.verso.text.ReadOptions;
import dev.verso.text.UnreadableInputException;
import dev.verso.translation.Glossary;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationMemory;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.TranslationSummary;
import dev.verso.translation.WordLinks;
import dev.verso.usecase.ReadArticle;
import dev.verso.usecase.TranslateArticle;
import dev.verso.usecase.TranslateFile;
import dev.verso.usecase.TranslateTexts;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verso translate}: files, folders or standard input. */
@Command(
    name = "translate",
    mixinStandardHelpOptions = true,
    description = {
      "Translates French articles into English.",
      "",
      "Reads plain text and HTML; comment forms, teasers and the like are left out unless --all.",
      "Files of Word, PowerPoint, Excel and OpenDocument text, Markdown, subtitles (srt, vtt) and",
      "XLIFF come out as what they were; a PDF becomes a side-by-side page.",
      ""
    })
final class TranslateCommand implements Callable<Integer> {

  private static final String SAME = "same";

  private static final List<String> EXTENSIONS =
      List.of(
          ".txt",
          ".html",
          ".htm",
          ".xhtml",
          ".md",
          ".text",
          ".docx",
          ".pptx",
          ".xlsx",
          ".odt",
          ".srt",
          ".vtt",
          ".xlf",
          ".xliff",
          ".po",
          ".pot",
          ".json",
          ".properties",
          ".yaml",
          ".yml",
          ".pdf");

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|DIR|-",
      description = "Files, folders (with -o DIR), or - for standard input (the default).")
  private List<String> inputs = List.of("-");

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description =
          "text (default), json, html (a side-by-side page), jsonld (its quotes, linked to the"
              + " French), tsv, xliff or tmx (for post-editing, with quality and notes), or same:"
              + " the input's own format, its shape and markup kept (default for all but plain text"
              + " and HTML).")
  private String to;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|DIR",
      description = "Where the result goes; a folder for several inputs. Default: standard output.")
  private Path output;

  @Option(
      names = "--beam",
      paramLabel = "N",
      defaultValue = "4",
      description = "Hypotheses kept for each sentence, 1 to 64; 1 is greedy search. Default: 4.")
  private int beam;

  @Option(names = "--all", description = "Translate comment forms, teasers and the like too.")
  private boolean all;

  @Option(
      names = "--lines",
      description = "Each line is a segment; prints one line for each, blank lines included.")
  private boolean lines;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      description = "What the input is: auto (default), text or html.")
  private InputFormat format;

  @Option(
      names = "--encoding",
      paramLabel = "CHARSET",
      description = "The input's encoding, where it is neither UTF-8 nor declared in the input.")
  private Charset encoding;

  @Option(
      names = "--target",
      paramLabel = "LANGUAGE",
      defaultValue = "en",
      description = "The language to translate into; English (en) is the only one.")
  private String target;

  @Option(names = "--force", description = "Translate even what doesn't look French.")
  private boolean force;

  @Option(
      names = "--model",
      paramLabel = "NAME|DIR",
      description = "A model's name or folder. Default: the one in use, see 'verso models'.")
  private String model;

  @Option(
      names = "--glossary",
      paramLabel = "FILE",
      description =
          "Terms to use: lines of French, a tab, English, or the same as .csv; further columns are"
              + " passed over.")
  private Path glossary;

  @Option(
      names = "--memory",
      paramLabel = "FILE",
      description = "TMX or XLIFF whose segments keep the translation that they have there.")
  private Path memory;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Batches decoded side by side. Default: one for each core.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException {
    boolean same = SAME.equalsIgnoreCase(to);
    BitextFormat bitextFormat = to == null || same ? BitextFormat.TEXT : checkedFormat();
    if (same && lines) {
      throw new InputException("--lines prints lines; leave out --to same");
    }
    TranslationOptions options = checkedOptions();
    ReadOptions reading = ReadOptions.defaults().withFormat(format).withLines(lines);
    if (encoding != null) {
      reading = reading.withEncoding(encoding);
    }
    List<Source> sources = sources();
    boolean many = sources.size() > 1 || sources.stream().anyMatch(s -> s.root != null);
    if (many && output == null) {
      throw new InputException(
          sources.size() + " inputs need a folder for the results: add -o DIR");
    }
    Path directory = ModelCatalogue.standard().directory(Optional.ofNullable(model));
    try (Engine engine = Engine.open(directory, threads)) {
      int failures = 0;
      for (Source source : sources) {
        try {
          byte[] bytes =
              source.file == null ? System.in.readAllBytes() : ReadArticle.bytes(source.file);
          if (same || isFile(source, bytes)) {
            translateFile(engine, source, bytes, options, many);
          } else {
            translate(engine, source, bytes, reading, options, bitextFormat, many);
          }
        } catch (InputException | UnreadableInputException e) {
          if (!many) {
            throw e;
          }
          failures++;
          System.err.println("verso: " + e.getMessage());
        }
      }
      if (failures > 0) {
        System.err.printf("verso: %d of %d inputs failed%n", failures, sources.size());
        return ExitCode.SOFTWARE;
      }
    }
    return ExitCode.OK;
  }

  private BitextFormat checkedFormat() {
    try {
      return BitextFormat.of(to);
    } catch (IllegalArgumentException e) {
      throw new InputException("--to: " + e.getMessage(), e);
    }
  }

  private TranslationOptions checkedOptions() {
    if (!target.equalsIgnoreCase("en")
        && !target.toLowerCase(java.util.Locale.ROOT).startsWith("en-")) {
      throw new InputException(
          "--target " + target + ": Verso translates into English (en) and no other language");
    }
    if (threads < 1) {
      throw new InputException("--threads " + threads + ": at least 1 is needed");
    }
    if (beam < 1 || beam > SearchOptions.MAX_BEAM) {
      throw new InputException(
          "--beam " + beam + ": a beam holds 1 to " + SearchOptions.MAX_BEAM + " hypotheses");
    }
    if (lines && format == InputFormat.HTML) {
      throw new InputException("--lines reads plain text; leave out --format html");
    }
    return new TranslationOptions(
        SearchOptions.ofBeam(beam),
        all,
        checkedGlossary(),
        memory == null
            ? TranslationMemory.EMPTY
            : new TranslationMemory(
                TranslationMemories.read(memory.toString(), ReadArticle.bytes(memory))),
        WordLinks.WORDS);
  }

  private Glossary checkedGlossary() {
    if (glossary == null) {
      return Glossary.EMPTY;
    }
    String text = new String(ReadArticle.bytes(glossary), StandardCharsets.UTF_8);
    try {
      return glossary.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".csv")
          ? Glossaries.of(Glossaries.csv(glossary.toString(), text))
          : Glossary.parse(glossary.toString(), text);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /**
   * One input.
   *
   * @param name as the user gave it
   * @param file null for standard input
   * @param root the folder it was found in, or null
   */
  private record Source(String name, Path file, Path root) {}

  private List<Source> sources() throws IOException {
    List<Source> sources = new ArrayList<>();
    for (String input : inputs) {
      if (input.equals("-")) {
        sources.add(new Source("-", null, null));
        continue;
      }
      Path path = Path.of(input);
      if (!Files.exists(path)) {
        throw new InputException("there is no file or folder " + input);
      }
      if (!Files.isDirectory(path)) {
        sources.add(new Source(input, path, null));
        continue;
      }
      int before = sources.size();
      try (Stream<Path> walk = Files.walk(path)) {
        walk.filter(Files::isRegularFile)
            .filter(file -> EXTENSIONS.stream().anyMatch(file.toString()::endsWith))
            .sorted()
            .forEach(file -> sources.add(new Source(file.toString(), file, path)));
      }
      if (sources.size() == before) {
        throw new InputException(
            "the folder "
                + input
                + " holds no file of a kind that is read: "
                + String.join(", ", EXTENSIONS));
      }
    }
    return sources;
  }

  /** Whether the input keeps its own shape unless another is asked for. */
  private boolean isFile(Source source, byte[] bytes) {
    if (lines || format != InputFormat.AUTO) {
      return false;
    }
    FileKind kind = FileKind.of(source.name, bytes);
    if (kind == FileKind.TEXT || kind == FileKind.HTML) {
      return false;
    }
    if (to != null && kind.holdsMessages()) {
      throw new InputException(
          source.name
              + ": a "
              + kind.extension()
              + " file holds a program's messages, which make sense in their own format only;"
              + " leave out --to");
    }
    return to == null;
  }

  private void translateFile(
      Engine engine, Source source, byte[] bytes, TranslationOptions options, boolean many)
      throws IOException {
    boolean binary = FileKind.of(source.name, bytes).isBinary();
    if (binary && output == null) {
      throw new InputException(source.name + ": name a file for the result with -o FILE");
    }
    TranslationSummary summary;
    try (ProgressLine progress = new ProgressLine(source.name)) {
      TranslatedFile translated =
          new TranslateFile(engine)
              .translate(
                  new TranslateFile.Request(source.name, bytes, options, force),
                  progress,
                  Cancellation.NONE);
      for (String notice : translated.notices()) {
        System.err.println("verso: " + source.name + ": " + notice);
      }
      Path file = output;
      if (many) {
        Path relative =
            source.root == null ? null : source.root.relativize(source.file).getParent();
        Path folder = relative == null ? output : output.resolve(relative);
        file = folder.resolve(translated.name());
      }
      ResultFile.write(file, translated.content());
      summary = translated.summary();
    }
    summarize(summary);
  }

  private void translate(
      Engine engine,
      Source source,
      byte[] bytes,
      ReadOptions reading,
      TranslationOptions options,
      BitextFormat bitextFormat,
      boolean many)
      throws IOException {
    Document document = ReadArticle.from(source.name, bytes, reading, Cancellation.NONE);
    for (String notice : document.notices()) {
      System.err.println("verso: " + source.name + ": " + notice);
    }
    TranslateArticle.Request request =
        new TranslateArticle.Request(document, options, force, bitextFormat);
    Path file = many ? resultFile(source, bitextFormat) : output;
    TranslateArticle.Result result;
    try (ProgressLine progress = new ProgressLine(source.name)) {
      if (lines && bitextFormat == BitextFormat.TEXT) {
        new TranslateArticle(engine).requireFrench(request);
        List<SegmentTranslation> translations =
            new TranslateTexts(engine)
                .lines(lines(document.text()), options, progress, Cancellation.NONE);
        ResultFile.write(
            file,
            out -> {
              for (SegmentTranslation translation : translations) {
                out.write(translation.text().replaceAll("\\s*[\\n\\r]\\s*", " "));
                out.write('\n');
              }
            });
        return;
      }
      result = new TranslateArticle(engine).translate(request, progress, Cancellation.NONE);
      ResultFile.write(file, result::write);
    }
    if (bitextFormat == BitextFormat.TEXT) {
      summarize(TranslationSummary.of(result.bitext()));
    }
  }

  /** What a reader of the text alone would not see, and how to see it. */
  private static void summarize(TranslationSummary summary) {
    System.err.println(
        "verso: "
            + summary
            + (summary.doubtful() + summary.notes() == 0
                ? ""
                : "; --to html shows which, --to json says why"));
  }

  /** What stands between line feeds; a carriage return before one belongs to the line's end. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    lines.replaceAll(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    return lines;
  }

  private Path resultFile(Source source, BitextFormat bitextFormat) {
    Path relative =
        source.file == null
            ? Path.of("stdin")
            : source.root == null ? source.file.getFileName() : source.root.relativize(source.file);
    return output.resolve(relative + ".en." + bitextFormat.extension());
  }
}
