package dev.verso.cli;

import dev.verso.bitext.Bitext;
import dev.verso.cli.terminal.ProgressLine;
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
      description = "text (default) or json.")
  private String to;

  @Option(
      names = "--model",
      paramLabel = "NAME|DIR",
      description = "A model's name or folder. Default: the one in use.")
  private String model;

  @Override
  public Integer call() throws IOException {
    if (!to.equals("text") && !to.equals("json")) {
      throw new InputException("--to: no format '" + to + "': use text, json");
    }
    TraceExcerpts.Request request =
        new TraceExcerpts.Request(
            ReadArticle.from(article, ReadOptions.defaults()), excerpts, false);
    TraceExcerpts.Result result;
    Path directory = ModelCatalogue.standard().directory(Optional.ofNullable(model));
    try (Engine engine = Engine.open(directory);
        ProgressLine progress = new ProgressLine(article.toString())) {
      result = new TraceExcerpts(engine).trace(request, progress, Cancellation.NONE);
    }
    int exit = 0;
    for (int i = 0; i < excerpts.size(); i++) {
      TraceExcerpts.Traced traced = result.traced().get(i);
      if (traced.trace().match() == Trace.Match.NOT_FOUND) {
        exit = NOT_FOUND;
      }
      System.out.println(
          to.equals("json")
              ? result.json().get(i)
              : text(result.bitext(), traced.excerpt(), traced.trace()));
    }
    return exit;
  }

  private static String text(Bitext bitext, String excerpt, Trace trace) {
    StringBuilder out = new StringBuilder("“" + excerpt + "”\n");
    if (trace.match() == Trace.Match.NOT_FOUND) {
      return out.append("  no passage of the article says this\n").toString();
    }
    for (TextSpan span : trace.source()) {
      out.append("  ").append(span).append(" ").append(bitext.source().visible(span)).append('\n');
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
