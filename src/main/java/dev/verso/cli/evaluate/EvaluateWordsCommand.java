package dev.verso.cli.evaluate;

import dev.verso.bitext.AlignmentLink;
import dev.verso.engine.Engine;
import dev.verso.evaluation.Bootstrap;
import dev.verso.evaluation.GoldWordPair;
import dev.verso.evaluation.WordAlignmentEvaluation;
import dev.verso.evaluation.WordsEvaluation;
import dev.verso.evaluation.WordsReport;
import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.translation.SegmentTranslation;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.ForcedAttention;
import dev.verso.wordalign.StatisticalAligner;
import dev.verso.wordalign.WordAligner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Word links. */
@Command(
    name = "words",
    mixinStandardHelpOptions = true,
    description = "Alignment error rate of word links on hand-linked pairs.")
final class EvaluateWordsCommand implements Callable<Integer> {

  @Parameters(paramLabel = "GOLD", description = "JSON lines; see evaluation/README.md.")
  private Path gold;

  @Option(names = "--model", paramLabel = "DIR", description = "A model's folder.")
  private Path model = Engine.shippedModel();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "combined",
      description =
          "combined (default: lexicon and the model's attention), lexicon (no network), statistical"
              + " (the HMMs alone) or model (its attention alone).")
  private String method;

  @Option(
      names = "--fit",
      description = "Fit the combined method's weights on GOLD; print them, cross-validated.")
  private boolean fit;

  @Option(
      names = "--lexicon",
      paramLabel = "DIR",
      description = "What 'align --train' wrote there, not what ships with Verso.")
  private Path lexicon;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(gold)) {
      throw new InputException("there is no file " + gold);
    }
    List<GoldWordPair> pairs = GoldWordPair.read(gold);
    if (fit) {
      return fitted(pairs);
    }
    List<List<AlignmentLink>> links;
    StatisticalAligner statistical = lexicon == null ? StatisticalAligner.shipped() : trained();
    CombinedAligner combination = CombinedAligner.shipped().over(statistical);
    if (method.equals("lexicon")) {
      links = align(pairs, combination);
    } else if (method.equals("statistical")) {
      links = align(pairs, statistical);
    } else if (method.equals("combined")) {
      try (Engine engine = Engine.open(model, 1)) {
        links = align(pairs, engine.translator().attentive(combination));
      }
    } else if (method.equals("model")) {
      try (Engine engine = Engine.open(model, 1)) {
        links =
            engine
                .translator()
                .scorer()
                .score(
                    pairs.stream().map(GoldWordPair::french).toList(),
                    pairs.stream().map(GoldWordPair::english).toList(),
                    Cancellation.NONE)
                .stream()
                .map(SegmentTranslation::links)
                .toList();
      }
    } else {
      throw new InputException(
          "--method " + method + ": known are combined, lexicon, statistical, model");
    }
    WordsReport report = WordsEvaluation.run(gold.toString(), pairs, links, Bootstrap.DEFAULT);
    if (json) {
      System.out.println(report.toJson());
    } else {
      report.print(System.out);
    }
    return 0;
  }

  private int fitted(List<GoldWordPair> pairs) throws IOException {
    if (!method.equals("combined")) {
      throw new InputException("--fit fits the weights of --method combined");
    }
    try (TranslationModel network = TranslationModel.load(model)) {
      CombinedAligner aligner =
          CombinedAligner.shipped().withAttention(new ForcedAttention(network));
      System.out.printf(
          Locale.ROOT,
          "# AER %.3f, each fifth of %d pairs under weights fitted on the others%n",
          WordAlignmentEvaluation.crossValidated(aligner, pairs).errorRate(),
          pairs.size());
      WordAlignmentEvaluation.fit(aligner, pairs).write(System.out);
    }
    return 0;
  }

  private StatisticalAligner trained() {
    try {
      return StatisticalAligner.load(lexicon);
    } catch (IOException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  private static List<List<AlignmentLink>> align(List<GoldWordPair> pairs, WordAligner aligner) {
    return pairs.stream().map(pair -> aligner.align(pair.french(), pair.english())).toList();
  }
}
