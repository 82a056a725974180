package dev.verso.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.cli.terminal.ResultFile;
import dev.verso.engine.Engine;
import dev.verso.engine.ModelCatalogue;
import dev.verso.quote.check.CheckItem;
import dev.verso.quote.check.CheckedQuote;
import dev.verso.quote.check.Finding;
import dev.verso.quote.check.Judgement;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.text.Json;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.text.TextSpan;
import dev.verso.usecase.CheckQuotes;
import dev.verso.usecase.ReadArticle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verso check}: does the English quote say what the French says? */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks English quotes against the French article: faithful, unfaithful or not in the source.",
      "Exit code 3 if a quote is not faithful; with --jsonl 0 when every item was judged."
    })
final class CheckCommand implements Callable<Integer> {

  static final int NOT_FAITHFUL = 3;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "ARTICLE", description = "The French article.")
  private Path article;

  @Option(names = "--quote", paramLabel = "TEXT", description = "An English quote; repeatable.")
  private List<String> quotes = List.of();

  @Option(
      names = "--speaker",
      paramLabel = "NAME",
      description = "Who is said to have said it; for --quote.")
  private String speaker;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "An English text whose quotes are checked.")
  private Path against;

  @Option(
      names = "--jsonl",
      description =
          "Judge items from standard input, one JSON object a line: id, fr, context_fr, en,"
              + " direct_quote.")
  private boolean jsonl;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text (default), json or html.")
  private String to;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the result goes. Default: standard output.")
  private Path output;

  @Option(
      names = "--model",
      paramLabel = "NAME|DIR",
      description = "A model's name or folder. Default: the one in use.")
  private String model;

  @Override
  public Integer call() throws IOException {
    if (!List.of("text", "json", "html").contains(to)) {
      throw new InputException("--to: no format '" + to + "': use text, json, html");
    }
    if (jsonl) {
      if (article != null || against != null || !quotes.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "--jsonl reads items from standard input, and nothing else");
      }
      return items();
    }
    if (article == null || (quotes.isEmpty() && against == null)) {
      throw new ParameterException(
          spec.commandLine(),
          "name the article and --quote TEXT or --against FILE; or use --jsonl");
    }
    if (quotes.stream().anyMatch(String::isBlank)) {
      throw new InputException("--quote: nothing to check, the quote is blank");
    }
    CheckQuotes.Request request =
        new CheckQuotes.Request(
            ReadArticle.from(article, ReadOptions.defaults()),
            quotes,
            Optional.ofNullable(speaker),
            Optional.ofNullable(against)
                .map(
                    file ->
                        ReadArticle.from(
                            file, ReadOptions.defaults().withLanguage(Language.ENGLISH))));
    CheckQuotes.Result result = checked(request);
    ResultFile.write(output, out -> print(result, out));
    if (!to.equals("text") || output != null) {
      System.err.println("verso: " + result.summary());
    }
    return result.isFaithful() ? 0 : NOT_FAITHFUL;
  }

  private Path directory() {
    return ModelCatalogue.standard().directory(Optional.ofNullable(model));
  }

  private int items() throws IOException {
    int failed = 0;
    try (Engine engine = Engine.open(directory());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      CheckQuotes checks = new CheckQuotes(engine);
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        try {
          JsonNode node = Json.PLAIN.readTree(line);
          CheckItem item =
              new CheckItem(
                  text(node, "fr"),
                  node.path("context_fr").asText(null),
                  text(node, "en"),
                  node.path("direct_quote").asBoolean());
          System.out.println(
              CheckQuotes.json(node.path("id"), checks.judge(item, Cancellation.NONE)));
        } catch (JsonProcessingException | IllegalArgumentException | InputException e) {
          failed++;
          String reason =
              e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.getMessage();
          System.err.println("verso: standard input, line " + number + ": not judged: " + reason);
        }
      }
    }
    return failed == 0 ? 0 : 1;
  }

  private static String text(JsonNode node, String name) {
    if (!node.path(name).isTextual()) {
      throw new IllegalArgumentException("there is no text \"" + name + "\"");
    }
    return node.get(name).asText();
  }

  private CheckQuotes.Result checked(CheckQuotes.Request request) {
    try (Engine engine = Engine.open(directory())) {
      return new CheckQuotes(engine).check(request, Cancellation.NONE);
    }
  }

  private void print(CheckQuotes.Result result, Writer to) throws IOException {
    if (this.to.equals("json")) {
      to.write(result.json() + "\n");
      return;
    }
    if (this.to.equals("html")) {
      result.writePage(to);
      return;
    }
    if (result.checked().isEmpty()) {
      to.write("no quotes found in " + against + "\n");
    }
    for (CheckedQuote quote : result.checked()) {
      Judgement judgement = quote.judgement();
      StringBuilder out = new StringBuilder();
      out.append("“").append(quote.english()).append("”\n");
      out.append(
          String.format(
              Locale.ROOT,
              "  %s (%.0f %% likely faithful): %s%n",
              judgement.label().code().replace('_', ' '),
              100 * judgement.probability(),
              judgement.explanation()));
      if (!quote.speakerNote().isEmpty()) {
        out.append("  ").append(quote.speakerNote()).append('\n');
      }
      for (TextSpan span : quote.passage()) {
        out.append("  ")
            .append(span)
            .append(' ')
            .append(result.article().visible(span))
            .append(result.article().placeOf(span.start()).map(p -> " (" + p + ")").orElse(""))
            .append('\n');
      }
      for (Finding finding : judgement.findings()) {
        out.append("  - ").append(finding.kind().code().replace('_', ' ')).append(", ");
        out.append(finding.severity().name().toLowerCase(Locale.ROOT)).append(": ");
        out.append(finding.message());
        if (finding.source() != null) {
          out.append(" French ").append(finding.source());
        }
        if (finding.target() != null) {
          out.append(" English ").append(finding.target());
        }
        out.append('\n');
      }
      to.write(out.toString());
    }
    if (result.checked().size() > 1) {
      to.write(result.summary() + "\n");
    }
  }
}
