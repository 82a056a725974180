package dev.verso.cli;

import dev.verso.cli.terminal.ResultFile;
import dev.verso.quote.QuoteWriter;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.InputException;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.usecase.FindQuotes;
import dev.verso.usecase.ReadArticle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verso quotes}: what is quoted in a text, and who said it. */
@Command(
    name = "quotes",
    mixinStandardHelpOptions = true,
    description = "Finds the quotes of a French or English text and who said them.")
final class QuotesCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|-",
      description =
          "Text, HTML, docx, odt, pptx, pdf, srt, vtt, xliff; - for standard input (the default).")
  private String input = "-";

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      defaultValue = "fr",
      description = "fr (default) or en.")
  private String language;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      defaultValue = "json",
      description = "json (default), jsonld, tsv, html or text.")
  private String to;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the result goes. Default: standard output.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    Language spoken =
        Language.of(language)
            .orElseThrow(() -> new InputException("--lang " + language + ": known are fr and en"));
    QuoteWriter writer;
    try {
      writer = QuoteWriter.of(to);
    } catch (IllegalArgumentException e) {
      throw new InputException("--to: " + e.getMessage(), e);
    }
    byte[] bytes = input.equals("-") ? System.in.readAllBytes() : ReadArticle.bytes(Path.of(input));
    Document document =
        ReadArticle.from(
            input, bytes, ReadOptions.defaults().withLanguage(spoken), Cancellation.NONE);
    FindQuotes.Result found =
        new FindQuotes().find(new FindQuotes.Request(document, spoken), Cancellation.NONE);
    ResultFile.write(output, out -> found.write(writer, out));
    return 0;
  }
}
