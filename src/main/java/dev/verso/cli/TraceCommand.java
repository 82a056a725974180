package dev.verso.cli;

import dev.verso.bitext.Bitext;
import dev.verso.cli.terminal.ProgressLine;
import dev.verso.cli.terminal.ResultFile;
import dev.verso.engine.Engine;
import dev.verso.engine.ModelCatalogue;
import dev.verso.quote.trace.Trace;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.text.ReadOptions;
import dev.verso.text.TextSpan;
import dev.verso.usecase.ReadArticle;
import dev.verso.usecase.TraceExcerpts;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verso trace}: show me the original. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the French that an English excerpt renders, of our translation or anybody's.",
      "Exit code 3 if no passage of the article is similar enough."
    })
final class TraceCommand implements Callable<Integer> {

  static final int NOT_FOUND = 3;

  @Parameters(paramLabel = "ARTICLE", description = "The French article.")
  private Path article;

  @Option(
      names = "--english",
      required = true,
      paramLabel = "TEXT",
      description = "The English excerpt; repeatable.")
  private List<String> excerpts;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text (default), json (a line for each excerpt) or html.")
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
    TraceExcerpts.Request request =
        new TraceExcerpts.Request(
            ReadArticle.from(article, ReadOptions.defaults()), excerpts, false);
    TraceExcerpts.Result result = traced(request);
    ResultFile.write(output, out -> print(result, out));
    if (!to.equals("text") || output != null) {
      System.err.println("verso: " + result.summary());
    }
    return result.isFound() ? 0 : NOT_FOUND;
  }

  private TraceExcerpts.Result traced(TraceExcerpts.Request request) {
    Path directory = ModelCatalogue.standard().directory(Optional.ofNullable(model));
    try (Engine engine = Engine.open(directory);
        ProgressLine progress = new ProgressLine(article.toString())) {
      return new TraceExcerpts(engine).trace(request, progress, Cancellation.NONE);
    }
  }

  private void print(TraceExcerpts.Result result, Writer out) throws IOException {
    if (to.equals("html")) {
      result.writePage(out);
      return;
    }
    for (int i = 0; i < result.traced().size(); i++) {
      TraceExcerpts.Traced traced = result.traced().get(i);
      out.write(
          to.equals("json")
              ? result.json().get(i)
              : text(result.bitext(), traced.excerpt(), traced.trace()));
      out.write('\n');
    }
    if (to.equals("text") && result.traced().size() > 1) {
      out.write(result.summary() + "\n");
    }
  }

  private static String text(Bitext bitext, String excerpt, Trace trace) {
    StringBuilder out = new StringBuilder("“" + excerpt + "”\n");
    if (trace.match() == Trace.Match.NOT_FOUND) {
      return out.append("  no passage of the article says this\n").toString();
    }
    for (TextSpan span : trace.source()) {
      out.append("  ").append(span).append(" ").append(bitext.source().visible(span));
      bitext.source().placeOf(span.start()).ifPresent(p -> out.append(" (" + p + ")"));
      out.append('\n');
    }
    out.append(
        trace.match() == Trace.Match.EXACT
            ? "  the very words of our translation\n"
            : String.format(
                Locale.ROOT,
                "  our translation: %s (similarity %.2f)%n",
                trace.target().of(bitext.targetText()),
                trace.similarity()));
    return out.toString();
  }
}
