package dev.verso.cli.evaluate;

import dev.verso.evaluation.GoldQuotes;
import dev.verso.evaluation.QuoteEvaluation;
import dev.verso.evaluation.QuoteScores;
import dev.verso.quote.QuoteExtractor;
import dev.verso.text.InputException;
import dev.verso.text.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Quotes and their speakers. */
@Command(
    name = "quotes",
    mixinStandardHelpOptions = true,
    description = "F1 of the quotes found and accuracy of their speakers.")
final class EvaluateQuotesCommand implements Callable<Integer> {

  @Parameters(paramLabel = "GOLD", description = "JSON lines; see evaluation/README.md.")
  private Path gold;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(gold)) {
      throw new InputException("there is no file " + gold);
    }
    QuoteExtractor extractor = QuoteExtractor.of(Language.FRENCH);
    QuoteScores scores =
        QuoteEvaluation.run(gold.toString(), GoldQuotes.read(gold), extractor::report);
    if (json) {
      System.out.println(scores.toJson());
    } else {
      scores.print(System.out);
    }
    return 0;
  }
}
