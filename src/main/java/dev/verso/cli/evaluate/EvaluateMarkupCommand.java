package dev.verso.cli.evaluate;

import dev.verso.engine.Engine;
import dev.verso.evaluation.GoldWordPair;
import dev.verso.evaluation.MarkupEvaluation;
import dev.verso.model.TranslationModel;
import dev.verso.text.InputException;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.ForcedAttention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verso evaluate markup}: does inline markup land on the right words? */
@Command(
    name = "markup",
    mixinStandardHelpOptions = true,
    description = "How often inline markup lands on the right words, on hand-linked pairs.")
final class EvaluateMarkupCommand implements Callable<Integer> {

  @Parameters(paramLabel = "GOLD", description = "JSON lines; see evaluation/README.md.")
  private Path gold;

  @Option(names = "--model", paramLabel = "DIR", description = "A model's folder.")
  private Path model = Engine.shippedModel();

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(gold)) {
      throw new InputException("there is no gold file " + gold);
    }
    try (TranslationModel loaded = TranslationModel.load(model)) {
      MarkupEvaluation.print(
          MarkupEvaluation.evaluate(
              GoldWordPair.read(gold),
              CombinedAligner.shipped().competing().withAttention(new ForcedAttention(loaded))),
          System.out);
    }
    return ExitCode.OK;
  }
}
