package dev.verso.cli.evaluate;

import dev.verso.cli.terminal.ProgressLine;
import dev.verso.engine.Engine;
import dev.verso.evaluation.Chrf;
import dev.verso.evaluation.QualityEvaluation;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The quality estimate. */
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    description = "Correlation of the quality estimate with sentence chrF.")
final class EvaluateQualityCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "SOURCE", description = "French, one segment a line.")
  private Path source;

  @Parameters(index = "1", paramLabel = "REFERENCE", description = "English, line by line.")
  private Path reference;

  @Option(names = "--model", paramLabel = "DIR", description = "A model's folder.")
  private Path model = Engine.shippedModel();

  @Option(
      names = "--fit",
      description = "Fit the estimate's weights on the even lines and print them.")
  private boolean fit;

  @Override
  public Integer call() throws IOException {
    List<String> sources = EvaluateCommand.lines(source);
    List<String> references = EvaluateCommand.lines(reference);
    if (sources.size() != references.size()) {
      throw new InputException(source + " and " + reference + " differ in their number of lines");
    }
    List<QualityEvaluation.Item> items = new ArrayList<>();
    try (Engine engine = Engine.open(model);
        ProgressLine progress = new ProgressLine("translating")) {
      List<SegmentTranslation> translations =
          engine
              .translator()
              .translate(
                  sources,
                  TranslationOptions.DEFAULT.withLinks(WordLinks.NONE),
                  progress,
                  Cancellation.NONE);
      Chrf chrf = new Chrf();
      for (int i = 0; i < sources.size(); i++) {
        SegmentTranslation translation = translations.get(i);
        if (!translation.signals().isEmpty()) {
          items.add(
              new QualityEvaluation.Item(
                  translation.quality(),
                  translation.signals(),
                  chrf.sentence(translation.text(), references.get(i)) / 100));
        }
      }
    }
    try {
      QualityEvaluation evaluation = new QualityEvaluation(items);
      evaluation.print(System.out);
      if (fit) {
        evaluation.fit(System.out);
      }
    } catch (IllegalArgumentException e) {
      throw new InputException(source + ": " + e.getMessage(), e);
    }
    return 0;
  }
}
