package dev.verso.cli.evaluate;

import dev.verso.engine.Engine;
import dev.verso.evaluation.CheckEvaluation;
import dev.verso.evaluation.GoldCheck;
import dev.verso.quote.check.CheckWeights;
import dev.verso.text.InputException;
import dev.verso.usecase.CheckQuotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The quote check. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Recall and false alarms of the quote check, by kind, cross-validated; what each signal"
            + " adds.")
final class EvaluateCheckCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "GOLD",
      description = "JSON lines; see evaluation/README.md. Default: evaluation/check/cases.jsonl.")
  private List<Path> gold = List.of();

  @Option(names = "--model", paramLabel = "DIR", description = "A model's folder.")
  private Path model = Engine.shippedModel();

  @Option(names = "--fit", description = "Fit the weights on the items and print them.")
  private boolean fit;

  @Override
  public Integer call() throws IOException {
    List<Path> files =
        gold.isEmpty()
            ? List.of(
                Path.of(System.getProperty("verso.home", "."), "evaluation/check/cases.jsonl"))
            : gold;
    List<GoldCheck> items = new ArrayList<>();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new InputException("there is no file " + file);
      }
      items.addAll(GoldCheck.read(file));
    }
    try (Engine engine = Engine.open(model)) {
      CheckQuotes checks = new CheckQuotes(engine);
      CheckEvaluation evaluation = new CheckEvaluation(items, gold -> checks.look(gold.item()));
      if (fit) {
        evaluation.fit().write(System.out);
      } else {
        evaluation.print(CheckWeights.shipped(), System.out);
      }
    }
    return 0;
  }
}
