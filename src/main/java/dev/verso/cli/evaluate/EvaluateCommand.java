package dev.verso.cli.evaluate;

import dev.verso.alignment.AlignmentWeights;
import dev.verso.alignment.GoldAlignment;
import dev.verso.alignment.LogLinearAligner;
import dev.verso.alignment.WeightFitting;
import dev.verso.bitext.AlignmentLink;
import dev.verso.cli.ProgressLine;
import dev.verso.cli.ResultFile;
import dev.verso.cli.TrainedWords;
import dev.verso.decoding.SearchOptions;
import dev.verso.evaluation.AlignmentRobustness;
import dev.verso.evaluation.Bootstrap;
import dev.verso.evaluation.CheckEvaluation;
import dev.verso.evaluation.Chrf;
import dev.verso.evaluation.ComplaintEvaluation;
import dev.verso.evaluation.GoldCheck;
import dev.verso.evaluation.GoldQuotes;
import dev.verso.evaluation.GoldWordPair;
import dev.verso.evaluation.LineFile;
import dev.verso.evaluation.MtEvaluation;
import dev.verso.evaluation.MtEvaluation.Lines;
import dev.verso.evaluation.MtReport;
import dev.verso.evaluation.QualityEvaluation;
import dev.verso.evaluation.QuoteEvaluation;
import dev.verso.evaluation.QuoteScores;
import dev.verso.evaluation.SegmentationEvaluation;
import dev.verso.evaluation.SentenceAlignmentEvaluation;
import dev.verso.evaluation.WordAlignmentEvaluation;
import dev.verso.evaluation.WordsEvaluation;
import dev.verso.evaluation.WordsReport;
import dev.verso.quote.QuoteExtractor;
import dev.verso.quote.check.CheckWeights;
import dev.verso.text.Cancellation;
import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationOptions;
import dev.verso.usecase.AlignmentDesk;
import dev.verso.usecase.CheckDesk;
import dev.verso.usecase.TranslationDesk;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.ForcedAttention;
import dev.verso.wordalign.StatisticalAligner;
import dev.verso.wordalign.WordAligner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verso evaluate}: measures, one subcommand for each kind of gold. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measures Verso against references and gold files; see evaluation/README.md.",
    synopsisSubcommandLabel = "KIND",
    subcommands = {
      EvaluateCommand.Mt.class,
      EvaluateCommand.Words.class,
      EvaluateCommand.Segmentation.class,
      EvaluateCommand.Quality.class,
      EvaluateCommand.Quotes.class,
      EvaluateCommand.Check.class,
      EvaluateCommand.Beads.class,
      EvaluateCommand.Complaints.class,
      EvaluateServiceCommand.class,
      EvaluateMarkupCommand.class,
      EvaluateTermsCommand.class
    })
public final class EvaluateCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to evaluate, such as 'verso evaluate mt SOURCE REFERENCE'");
  }

  private static List<String> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException("there is no file " + file);
    }
    return LineFile.read(file);
  }

  /** Translation quality. */
  @Command(
      name = "mt",
      mixinStandardHelpOptions = true,
      description = "BLEU and chrF (sacreBLEU's) of our translation, beside those of peers.")
  static final class Mt implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SOURCE", description = "French, one segment a line.")
    private Path source;

    @Parameters(index = "1", paramLabel = "REFERENCE", description = "English, line by line.")
    private Path reference;

    @Option(names = "--peer", paramLabel = "FILE", description = "A peer's output; repeatable.")
    private List<Path> peers = List.of();

    @Option(
        names = "--model",
        paramLabel = "DIR",
        description = "A model's folder; repeatable. Default: the model that ships with Verso.")
    private List<Path> models = List.of(TranslationDesk.shippedModel());

    @Option(
        names = "--beam",
        paramLabel = "N",
        defaultValue = "4",
        description = "Beam of our translation. Default: 4.")
    private int beam;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--output", paramLabel = "FILE", description = "Keep our translation.")
    private Path output;

    @Override
    public Integer call() throws IOException {
      Lines sources = new Lines(source.toString(), read(source));
      Lines references = new Lines(reference.toString(), read(reference));
      List<Lines> systems = new ArrayList<>();
      try {
        MtEvaluation evaluation = new MtEvaluation(sources, references, Bootstrap.DEFAULT);
        for (Path peer : peers) {
          systems.add(new Lines(peer.getFileName().toString(), read(peer)));
        }
        int ours = 0;
        for (Path model : models) {
          systems.add(ours++, translate(model, sources.lines()));
        }
        MtReport report = evaluation.run(systems);
        if (json) {
          System.out.println(report.toJson());
        } else {
          report.print(System.out);
        }
      } catch (IllegalArgumentException e) {
        throw new InputException(e.getMessage(), e);
      }
      return 0;
    }

    private Lines translate(Path model, List<String> lines) throws IOException {
      TranslationOptions options = new TranslationOptions(SearchOptions.ofBeam(beam), false);
      try (TranslationDesk desk =
              TranslationDesk.open(model, Runtime.getRuntime().availableProcessors());
          ProgressLine progress = new ProgressLine("translating")) {
        List<String> translated =
            desk.translateLines(lines, options, progress, Cancellation.NONE).stream()
                .map(SegmentTranslation::text)
                .toList();
        if (output != null) {
          Files.write(output, translated);
        }
        return new Lines(desk.model().manifest().id() + " beam " + beam, translated);
      }
    }
  }

  /** Word links. */
  @Command(
      name = "words",
      mixinStandardHelpOptions = true,
      description = "Alignment error rate of word links on hand-linked pairs.")
  static final class Words implements Callable<Integer> {

    @Parameters(paramLabel = "GOLD", description = "JSON lines; see evaluation/README.md.")
    private Path gold;

    @Option(names = "--model", paramLabel = "DIR", description = "A model's folder.")
    private Path model = TranslationDesk.shippedModel();

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
      StatisticalAligner statistical =
          lexicon == null ? StatisticalAligner.shipped() : TrainedWords.load(lexicon);
      CombinedAligner combination = CombinedAligner.shipped().over(statistical);
      if (method.equals("lexicon")) {
        links = align(pairs, combination);
      } else if (method.equals("statistical")) {
        links = align(pairs, statistical);
      } else if (method.equals("combined")) {
        try (TranslationDesk desk = TranslationDesk.open(model, 1)) {
          links = align(pairs, combination.withAttention(new ForcedAttention(desk.model())));
        }
      } else if (method.equals("model")) {
        try (TranslationDesk desk = TranslationDesk.open(model, 1)) {
          links =
              desk
                  .readTranslations(
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
      try (TranslationDesk desk = TranslationDesk.open(model, 1)) {
        CombinedAligner aligner =
            CombinedAligner.shipped().withAttention(new ForcedAttention(desk.model()));
        System.out.printf(
            Locale.ROOT,
            "# AER %.3f, each fifth of %d pairs under weights fitted on the others%n",
            WordAlignmentEvaluation.crossValidated(aligner, pairs).errorRate(),
            pairs.size());
        WordAlignmentEvaluation.fit(aligner, pairs).write(System.out);
      }
      return 0;
    }
  }

  /** Sentence alignment. */
  @Command(
      name = "beads",
      mixinStandardHelpOptions = true,
      description =
          "Strict and lax F1 of sentence alignment; no weight is fitted on what it scores.")
  static final class Beads implements Callable<Integer> {

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
    private Path model = TranslationDesk.shippedModel();

    @Override
    public Integer call() throws IOException {
      if (scaling) {
        if (gold.size() != 2) {
          throw new InputException("--scaling takes two files of parallel lines, FR and EN");
        }
        try {
          AlignmentRobustness.scaling(
                  read(gold.get(0)), read(gold.get(1)), LogLinearAligner.shipped(), sizes)
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
      try (TranslationDesk desk =
              TranslationDesk.open(model, Runtime.getRuntime().availableProcessors());
          ProgressLine translating = new ProgressLine("translating");
          ProgressLine reading = new ProgressLine("reading beads in doubt")) {
        if (translate) {
          texts.replaceAll(
              text ->
                  new GoldAlignment(
                      text.name(),
                      AlignmentDesk.translated(text.pair(), desk, translating),
                      text.beads()));
        }
        print(LogLinearAligner.shipped().withMargin(AlignmentDesk.margin(desk, reading)), texts);
      }
      return 0;
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

  /** Quotes and their speakers. */
  @Command(
      name = "quotes",
      mixinStandardHelpOptions = true,
      description = "F1 of the quotes found and accuracy of their speakers.")
  static final class Quotes implements Callable<Integer> {

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

  /** The quote check. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Recall and false alarms of the quote check, by kind, cross-validated; what each signal"
              + " adds.")
  static final class Check implements Callable<Integer> {

    @Parameters(
        arity = "0..*",
        paramLabel = "GOLD",
        description =
            "JSON lines; see evaluation/README.md. Default: evaluation/check/cases.jsonl.")
    private List<Path> gold = List.of();

    @Option(names = "--model", paramLabel = "DIR", description = "A model's folder.")
    private Path model = TranslationDesk.shippedModel();

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
      try (CheckDesk desk = CheckDesk.open(model)) {
        CheckEvaluation evaluation = new CheckEvaluation(items, gold -> desk.look(gold.item()));
        if (fit) {
          evaluation.fit().write(System.out);
        } else {
          evaluation.print(CheckWeights.shipped(), System.out);
        }
      }
      return 0;
    }
  }

  /** What users complain of. */
  @Command(
      name = "complaints",
      mixinStandardHelpOptions = true,
      description = "How many of the inputs that users complain about come out right.")
  static final class Complaints implements Callable<Integer> {

    @Parameters(
        arity = "0..1",
        paramLabel = "FILE",
        description = "The set. Default: evaluation/complaints/complaints.tsv.")
    private Path file =
        Path.of(System.getProperty("verso.home", "."), "evaluation/complaints/complaints.tsv");

    @Option(names = "--model", paramLabel = "DIR", description = "A model's folder.")
    private Path model = TranslationDesk.shippedModel();

    @Override
    public Integer call() throws IOException {
      List<ComplaintEvaluation.Complaint> complaints;
      try {
        complaints = read(file).stream().map(ComplaintEvaluation.Complaint::parse).toList();
      } catch (IllegalArgumentException e) {
        throw new InputException(file + ": " + e.getMessage(), e);
      }
      try (TranslationDesk desk =
          TranslationDesk.open(model, Runtime.getRuntime().availableProcessors())) {
        List<String> translations = new ArrayList<>();
        for (ComplaintEvaluation.Complaint complaint : complaints) {
          translations.add(
              desk.translate(
                      Documents.read("complaint", complaint.french(), ReadOptions.defaults()),
                      new TranslationOptions(TranslationOptions.DEFAULT.search(), true),
                      Progress.SILENT,
                      Cancellation.NONE)
                  .targetText());
        }
        new ComplaintEvaluation(complaints, translations).print(System.out);
      }
      return 0;
    }
  }

  private static List<List<AlignmentLink>> align(List<GoldWordPair> pairs, WordAligner aligner) {
    return pairs.stream().map(pair -> aligner.align(pair.french(), pair.english())).toList();
  }

  /** The quality estimate. */
  @Command(
      name = "quality",
      mixinStandardHelpOptions = true,
      description = "Correlation of the quality estimate with sentence chrF.")
  static final class Quality implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SOURCE", description = "French, one segment a line.")
    private Path source;

    @Parameters(index = "1", paramLabel = "REFERENCE", description = "English, line by line.")
    private Path reference;

    @Option(names = "--model", paramLabel = "DIR", description = "A model's folder.")
    private Path model = TranslationDesk.shippedModel();

    @Option(
        names = "--fit",
        description = "Fit the estimate's weights on the even lines and print them.")
    private boolean fit;

    @Override
    public Integer call() throws IOException {
      List<String> sources = read(source);
      List<String> references = read(reference);
      if (sources.size() != references.size()) {
        throw new InputException(source + " and " + reference + " differ in their number of lines");
      }
      List<QualityEvaluation.Item> items = new ArrayList<>();
      try (TranslationDesk desk =
              TranslationDesk.open(model, Runtime.getRuntime().availableProcessors());
          ProgressLine progress = new ProgressLine("translating")) {
        List<SegmentTranslation> renderings =
            desk.translateLines(sources, TranslationOptions.DEFAULT, progress, Cancellation.NONE);
        Chrf chrf = new Chrf();
        for (int i = 0; i < sources.size(); i++) {
          SegmentTranslation rendering = renderings.get(i);
          if (!rendering.signals().isEmpty()) {
            items.add(
                new QualityEvaluation.Item(
                    rendering.quality(),
                    rendering.signals(),
                    chrf.sentence(rendering.text(), references.get(i)) / 100));
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

  /** Sentence boundaries. */
  @Command(
      name = "segmentation",
      mixinStandardHelpOptions = true,
      description = "F1 of sentence boundaries: joins a file's sentences and parts them again.")
  static final class Segmentation implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "One sentence a line.")
    private Path file;

    @Option(
        names = "--lang",
        paramLabel = "LANGUAGE",
        defaultValue = "fr",
        description = "fr (default) or en.")
    private String language;

    @Override
    public Integer call() throws IOException {
      Language rules =
          Language.of(language)
              .orElseThrow(
                  () -> new InputException("--lang " + language + ": known are fr and en"));
      if (!Files.isRegularFile(file)) {
        throw new InputException("there is no file " + file);
      }
      SegmentationEvaluation.run(file, rules, System.out);
      return 0;
    }
  }
}
