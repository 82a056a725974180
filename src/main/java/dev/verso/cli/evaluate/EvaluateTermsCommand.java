package dev.verso.cli.evaluate;

import dev.verso.engine.Engine;
import dev.verso.evaluation.TermEvaluation;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.translation.Glossary;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verso evaluate terms}: does a glossary's term appear, and at what cost? */
@Command(
    name = "terms",
    mixinStandardHelpOptions = true,
    description = "How often a glossary's term appears, and what it does to quality.")
final class EvaluateTermsCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "TERMS", description = "Line, French, English, by tabs.")
  private Path terms;

  @Parameters(index = "1", paramLabel = "SOURCE", description = "French, one segment a line.")
  private Path source;

  @Parameters(index = "2", paramLabel = "REFERENCE", description = "English, line by line.")
  private Path reference;

  @Option(names = "--model", paramLabel = "DIR", description = "A model's folder.")
  private Path model = Engine.shippedModel();

  @Override
  public Integer call() throws IOException {
    for (Path file : List.of(terms, source, reference)) {
      if (!Files.isRegularFile(file)) {
        throw new InputException("there is no file " + file);
      }
    }
    List<String> sources = Files.readAllLines(source);
    List<String> references = Files.readAllLines(reference);
    List<TermEvaluation.Case> cases =
        TermEvaluation.read(terms, Math.min(sources.size(), references.size()));
    List<String> without = new ArrayList<>();
    List<String> with = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    try (Engine engine = Engine.open(model, 1)) {
      for (TermEvaluation.Case one : cases) {
        String text = sources.get(one.line() - 1);
        wanted.add(references.get(one.line() - 1));
        without.add(translated(engine, text, TranslationOptions.DEFAULT));
        Glossary glossary = new Glossary(List.of(one.term()));
        with.add(translated(engine, text, TranslationOptions.DEFAULT.withGlossary(glossary)));
      }
    }
    new TermEvaluation(cases, wanted).print(without, with, System.out);
    return ExitCode.OK;
  }

  private static String translated(Engine engine, String text, TranslationOptions options) {
    return engine
        .translator()
        .translate(
            List.of(text), options.withLinks(WordLinks.NONE), Progress.SILENT, Cancellation.NONE)
        .get(0)
        .text();
  }
}
