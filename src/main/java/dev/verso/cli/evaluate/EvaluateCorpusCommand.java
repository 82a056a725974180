package dev.verso.cli.evaluate;

import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.filter.FixedMargin;
import dev.verso.engine.Engine;
import dev.verso.evaluation.corpus.ClusterTrial;
import dev.verso.evaluation.corpus.CrawlTrial;
import dev.verso.evaluation.corpus.GeneratedDocuments;
import dev.verso.evaluation.corpus.InjectionTrial;
import dev.verso.evaluation.corpus.PairQualityEvaluation;
import dev.verso.evaluation.corpus.PairQualityFitting;
import dev.verso.evaluation.corpus.PairsEvaluation;
import dev.verso.evaluation.corpus.ScaleTrial;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.usecase.corpus.BuildCorpus;
import dev.verso.usecase.corpus.CleanCorpus;
import dev.verso.usecase.corpus.Deduplication;
import dev.verso.usecase.corpus.RefinementOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verso evaluate corpus}: what corpora are worth. */
@Command(
    name = "corpus",
    mixinStandardHelpOptions = true,
    description = "Measures corpora: pairing, filters, scores, growth.",
    synopsisSubcommandLabel = "pairs|quality|injection|crawl|scale|spark",
    subcommands = {
      EvaluateCorpusCommand.Pairs.class,
      EvaluateCorpusCommand.Quality.class,
      EvaluateCorpusCommand.Injection.class,
      EvaluateCorpusCommand.Crawl.class,
      EvaluateCorpusCommand.Scale.class,
      EvaluateCorpusCommand.Spark.class
    })
final class EvaluateCorpusCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to measure, such as 'verso evaluate corpus pairs FOLDER'");
  }

  /** Pairs of documents and of sentences against gold. */
  @Command(
      name = "pairs",
      mixinStandardHelpOptions = true,
      description = "Builds a corpus of FOLDER/documents and compares it with FOLDER/gold.jsonl.")
  static final class Pairs implements Callable<Integer> {
    @Parameters(
        paramLabel = "FOLDER",
        arity = "0..1",
        description = "Default: Verso's own, evaluation/laws.")
    private Path folder = Path.of(System.getProperty("verso.home", "."), "evaluation", "laws");

    @Option(names = "--corpus", description = "Compare this corpus instead of building one.")
    private Path corpus;

    @Override
    public Integer call() throws IOException {
      if (!Files.isRegularFile(folder.resolve("gold.jsonl"))) {
        throw new InputException("there is no " + folder.resolve("gold.jsonl"));
      }
      Path built = corpus;
      if (built == null) {
        Path work = Files.createTempDirectory("verso-corpus");
        built = work.resolve("corpus.jsonl");
        BuildCorpus.fast()
            .build(
                new BuildCorpus.Request(
                    List.of(folder.resolve("documents")),
                    built,
                    work.resolve("work"),
                    Runtime.getRuntime().availableProcessors(),
                    RefinementOptions.DEFAULT.withDeduplication(Deduplication.NONE)),
                CorpusProgress.SILENT,
                Cancellation.NONE);
      }
      System.out.print(PairsEvaluation.score(built, folder).report());
      return 0;
    }
  }

  /** The score of a pair against judges. */
  @Command(
      name = "quality",
      mixinStandardHelpOptions = true,
      description = "ROC AUC of the score of pairs against judgements, and what thresholds keep.")
  static final class Quality implements Callable<Integer> {
    @Parameters(
        paramLabel = "GOLD",
        arity = "0..1",
        description = "Lines of {\"fr\",\"en\",\"first\":{\"tag\"},\"second\":{\"tag\"}}.")
    private Path gold;

    @Option(names = "--fast", description = "Ask no model.")
    private boolean fast;

    @Option(
        names = "--plot",
        paramLabel = "FILE.svg",
        description = "Also draw what share of each judgement each threshold keeps.")
    private Path plot;

    @Option(
        names = "--fit",
        paramLabel = "TRAINING",
        description = {
          "Fit the weights, and the order of words, on this TSV of translations; -o says where",
          "they go."
        })
    private Path training;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "DIR")
    private Path output;

    @Override
    public Integer call() throws IOException {
      if (fast) {
        run(Optional.empty());
      } else {
        try (Engine engine = Engine.open(Engine.shippedModel())) {
          run(Optional.of(new FixedMargin(engine.translator().scorer())));
        }
      }
      return 0;
    }

    private void run(Optional<FixedMargin> margin) throws IOException {
      if (training != null) {
        if (output == null) {
          throw new InputException("--fit needs -o DIR, where the weights go");
        }
        PairQualityFitting.fit(training, margin, output);
        return;
      }
      if (gold == null) {
        throw new InputException("name the judgements: 'verso evaluate corpus quality GOLD.jsonl'");
      }
      PairQualityEvaluation.run(gold, margin, System.out);
      if (plot != null) {
        Files.writeString(plot, PairQualityEvaluation.plot(gold, margin));
      }
    }
  }

  /** Bad pairs put into a clean corpus. */
  @Command(
      name = "injection",
      mixinStandardHelpOptions = true,
      description =
          "Puts bad pairs of every kind into clean ones and counts those that are caught.")
  static final class Injection implements Callable<Integer> {
    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "FR",
        description = "Clean sentences, one a line. Default: evaluation/mt/flores-dev.fr.")
    private Path french =
        Path.of(System.getProperty("verso.home", "."), "evaluation", "mt", "flores-dev.fr");

    @Parameters(index = "1", arity = "0..1", paramLabel = "EN", description = "Their English.")
    private Path english =
        Path.of(System.getProperty("verso.home", "."), "evaluation", "mt", "flores-dev.en");

    @Option(names = "--fast", description = "Ask no model.")
    private boolean fast;

    @Option(
        names = "--runs",
        paramLabel = "N",
        defaultValue = "5",
        description = "How often, each time with another seed (default: 5).")
    private int runs;

    @Override
    public Integer call() throws IOException {
      List<String> from = EvaluateCommand.lines(french);
      List<String> to = EvaluateCommand.lines(english);
      if (from.size() != to.size() || from.size() < 10) {
        throw new InputException("wanted are two files of as many lines, 10 or more");
      }
      if (fast) {
        InjectionTrial.run(from, to, runs, CleanCorpus.fast(), System.out);
      } else {
        try (Engine engine = Engine.open(Engine.shippedModel())) {
          InjectionTrial.run(from, to, runs, CleanCorpus.with(engine), System.out);
        }
      }
      return 0;
    }
  }

  /** A crawl made for the purpose. */
  @Command(
      name = "crawl",
      mixinStandardHelpOptions = true,
      description = "Makes a crawl of 200 pages of flores-dev, pairs its pages and counts.")
  static final class Crawl implements Callable<Integer> {
    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "1",
        description = "Of all that is chosen (default: 1).")
    private long seed;

    @Option(
        names = "--keep",
        paramLabel = "DIR",
        description = "Where the crawl and the corpus go. Default: a temporary folder.")
    private Path keep;

    @Override
    public Integer call() throws IOException {
      Path sets = Path.of(System.getProperty("verso.home", "."), "evaluation", "mt");
      Path folder = keep == null ? Files.createTempDirectory("verso-crawl") : keep;
      Files.createDirectories(folder);
      CrawlTrial.Score score =
          CrawlTrial.run(
              sets.resolve("flores-dev.fr"), sets.resolve("flores-dev.en"), seed, folder);
      System.out.print(score.report());
      return 0;
    }
  }

  /** Time and memory as a corpus grows. */
  @Command(
      name = "scale",
      mixinStandardHelpOptions = true,
      description = "Filters, deduplicates and exports the first pairs of a corpus, more and more.")
  static final class Scale implements Callable<Integer> {
    @Parameters(paramLabel = "CORPUS", description = "Any corpus, .jsonl or .tsv.")
    private Path corpus;

    @Option(
        names = "--pairs",
        paramLabel = "N",
        split = ",",
        defaultValue = "10000,100000,1000000",
        description = "How many (default: 10000,100000,1000000).")
    private List<Integer> pairs;

    @Override
    public Integer call() throws IOException {
      ScaleTrial.run(corpus, pairs, System.out);
      return 0;
    }
  }

  /** The same corpus on Spark. */
  @Command(
      name = "spark",
      mixinStandardHelpOptions = true,
      description = {
        "Builds the same corpus in one process and on Spark and compares results and rates.",
        "'corpus build --spark' must have run once: it fetches Spark."
      })
  static final class Spark implements Callable<Integer> {
    @Parameters(
        paramLabel = "INPUT",
        arity = "0..*",
        description = "What from. Default: generated documents.")
    private List<Path> inputs = List.of();

    @Option(
        names = "--documents",
        paramLabel = "N",
        defaultValue = "20000",
        description = "How many documents are generated (default: 20000).")
    private int documents;

    @Option(
        names = "--text",
        paramLabel = "TSV",
        description = "What they are made of, French TAB English. Default: flores-dev.")
    private Path text;

    @Option(
        names = "--master",
        paramLabel = "MASTER",
        defaultValue = "local[2]",
        description = "Spark's (default: local[2]); local-cluster[2,1,2048] starts two executors.")
    private String master;

    @Option(
        names = "--threads",
        paramLabel = "N",
        defaultValue = "2",
        description = "Of the one process (default: 2).")
    private int threads;

    @Option(
        names = "--kill",
        paramLabel = "N",
        defaultValue = "0",
        description = "Executors to kill on the way, one after the other; not in local[N].")
    private int kills;

    @Option(
        names = "--heap",
        paramLabel = "SIZE",
        defaultValue = "3g",
        description = "Of either (default: 3g).")
    private String heap;

    @Option(
        names = "--dedup",
        paramLabel = "none|exact|near",
        defaultValue = "near",
        description = "As in 'corpus build'.")
    private Deduplication deduplication;

    @Option(
        names = "--keep",
        paramLabel = "DIR",
        description = "Where everything goes. Default: a temporary folder.")
    private Path keep;

    @Override
    public Integer call() throws IOException {
      Path folder = keep == null ? Files.createTempDirectory("verso-spark") : keep;
      Files.createDirectories(folder);
      List<Path> from = inputs;
      if (from.isEmpty()) {
        Path list = folder.resolve("documents.jsonl");
        long characters = GeneratedDocuments.write(sentences(), documents, 1, list);
        System.out.printf("%d documents, %d characters%n", documents, characters);
        from = List.of(list);
      }
      ClusterTrial.Score score =
          ClusterTrial.run(
              from,
              master,
              threads,
              kills,
              List.of("--dedup", deduplication.name()),
              "-Xmx" + heap,
              folder,
              System.out);
      return score.same() ? 0 : 1;
    }

    private GeneratedDocuments.Sentences sentences() throws IOException {
      if (text != null) {
        return GeneratedDocuments.Sentences.ofTable(text, Integer.MAX_VALUE);
      }
      Path sets = Path.of(System.getProperty("verso.home", "."), "evaluation", "mt");
      return new GeneratedDocuments.Sentences(
          EvaluateCommand.lines(sets.resolve("flores-dev.fr")),
          EvaluateCommand.lines(sets.resolve("flores-dev.en")));
    }
  }
}
