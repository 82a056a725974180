package dev.verso.cli.evaluate;

import dev.verso.alignment.AlignmentWeights;
import dev.verso.alignment.GoldAlignment;
import dev.verso.alignment.LogLinearAligner;
import dev.verso.alignment.TextPair;
import dev.verso.alignment.WeightFitting;
import dev.verso.cli.terminal.ProgressLine;
import dev.verso.cli.terminal.ResultFile;
import dev.verso.engine.Engine;
import dev.verso.evaluation.AlignmentRobustness;
import dev.verso.evaluation.SentenceAlignmentEvaluation;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sentence alignment. */
@Command(
    name = "beads",
    mixinStandardHelpOptions = true,
    description = "Strict and lax F1 of sentence alignment; no weight is fitted on what it scores.")
final class EvaluateBeadsCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "GOLD",
      description = "Files of beads (X.fren) beside their texts (X.fr, X.en).")
  private List<Path> gold;

  @Option(names = "--fast", description = "Use no neural network.")
  private boolean fast;

  @Option(
      names = "--translate",
      description = "Weigh the overlap with the model's translation of the source, too.")
  private boolean translate;

  @Option(names = "--ablation", description = "Baselines and each feature removed, too.")
  private boolean ablation;

  @Option(
      names = "--robustness",
      description = {
        "Take runs of 5 to 20 sentences out of either side, 30 % in all, and score what remains;",
        "then document scores of true, unrelated and half related texts. Seeded."
      })
  private boolean robustness;

  @Option(
      names = "--scaling",
      description = {
        "Time and peak heap of aligning the first 1,000, 10,000 and 100,000 lines of two files,",
        "which stand in GOLD's place; lines of the same number are translations. No network."
      })
  private boolean scaling;

  @Option(
      names = "--sizes",
      paramLabel = "N",
      split = ",",
      description = "Other sizes for --scaling, such as 1000,2000.")
  private int[] sizes = {1_000, 10_000, 100_000};

  @Option(
      names = "--fit",
      paramLabel = "FILE",
      description = "Fit weights on all of GOLD and write them.")
  private Path fit;

  @Option(names = "--model", paramLabel = "DIR", description = "A model's folder.")
  private Path model = Engine.shippedModel();

  @Override
  public Integer call() throws IOException {
    if (scaling) {
      if (gold.size() != 2) {
        throw new InputException("--scaling takes two files of parallel lines, FR and EN");
      }
      try {
        AlignmentRobustness.scaling(
                EvaluateCommand.lines(gold.get(0)),
                EvaluateCommand.lines(gold.get(1)),
                LogLinearAligner.shipped(),
                sizes)
            .print(System.out);
      } catch (IllegalArgumentException e) {
        throw new InputException(gold + ": " + e.getMessage(), e);
      }
      return 0;
    }
    List<GoldAlignment> texts = new ArrayList<>();
    for (Path file : gold) {
      if (!Files.isRegularFile(file)) {
        throw new InputException("there is no file " + file);
      }
      texts.add(GoldAlignment.read(file));
    }
    if (fast) {
      print(LogLinearAligner.shipped(), texts);
      return 0;
    }
    try (Engine engine = Engine.open(model);
        ProgressLine translating = new ProgressLine("translating");
        ProgressLine reading = new ProgressLine("reading beads in doubt")) {
      if (translate) {
        texts.replaceAll(
            text ->
                new GoldAlignment(
                    text.name(), translated(text.pair(), engine, translating), text.beads()));
      }
      print(
          LogLinearAligner.shipped().withMargin(engine.margin(reading, Cancellation.NONE)), texts);
    }
    return 0;
  }

  /** The pair with the model's own translations of its source, made greedily. */
  private static TextPair translated(TextPair pair, Engine engine, Progress progress) {
    return pair.withTranslations(
        engine
            .translator()
            .translate(
                pair.source(),
                TranslationOptions.ofBeam(1).withLinks(WordLinks.NONE),
                progress,
                Cancellation.NONE)
            .stream()
            .map(SegmentTranslation::text)
            .toList());
  }

  private void print(LogLinearAligner aligner, List<GoldAlignment> texts) throws IOException {
    try {
      if (fit != null) {
        AlignmentWeights weights = WeightFitting.fit(texts, aligner, Set.of());
        ResultFile.write(fit, weights::write);
      } else if (ablation) {
        SentenceAlignmentEvaluation.ablation(aligner, texts).printTable(System.out);
      } else if (robustness) {
        new SentenceAlignmentEvaluation.Report(
                List.of(AlignmentRobustness.missingPassages(texts, aligner, 0.3, 3)))
            .print(System.out);
        AlignmentRobustness.documentScores(texts, aligner).print(System.out);
      } else {
        SentenceAlignmentEvaluation.evaluate(aligner, texts).print(System.out);
      }
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }
}
