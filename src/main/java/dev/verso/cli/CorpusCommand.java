package dev.verso.cli;

import dev.verso.cli.terminal.RateLine;
import dev.verso.corpus.filter.FilterOptions;
import dev.verso.corpus.filter.PersonalData;
import dev.verso.decoding.SearchOptions;
import dev.verso.engine.Engine;
import dev.verso.engine.ModelCatalogue;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.usecase.corpus.BuildCorpus;
import dev.verso.usecase.corpus.CleanCorpus;
import dev.verso.usecase.corpus.ClusterProcess;
import dev.verso.usecase.corpus.CorpusCluster;
import dev.verso.usecase.corpus.CorpusSummary;
import dev.verso.usecase.corpus.Deduplication;
import dev.verso.usecase.corpus.ExportCorpus;
import dev.verso.usecase.corpus.RefinementOptions;
import dev.verso.usecase.corpus.TranslateCorpus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verso corpus}: from piles of documents to training data and translation memories. */
@Command(
    name = "corpus",
    mixinStandardHelpOptions = true,
    description = "Parallel corpora: built from documents, cleaned, exported.",
    synopsisSubcommandLabel = "build|clean|translate|export|spark-jars",
    subcommands = {
      CorpusCommand.Build.class,
      CorpusCommand.Clean.class,
      CorpusCommand.Translate.class,
      CorpusCommand.Export.class,
      CorpusCommand.SparkJars.class
    })
final class CorpusCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to do, such as 'verso corpus build FOLDER -o OUT.jsonl'");
  }

  /** What becomes of the pairs. */
  static final class Refining {
    @Option(
        names = "--dedup",
        paramLabel = "none|exact|near",
        defaultValue = "near",
        description = {
          "Which repeated pairs go: none, the same but for case and punctuation, or also those",
          "that differ in a word or so (default)."
        })
    private Deduplication deduplication;

    @Option(names = "--no-filter", description = "Keep every pair, whatever it looks like.")
    private boolean unfiltered;

    @Option(
        names = "--min-quality",
        paramLabel = "P",
        description = "The least probability, 0 to 1, of being a translation. Default: 0.2.")
    private Double quality;

    @Option(
        names = "--personal-data",
        paramLabel = "keep|mask|drop",
        defaultValue = "keep",
        description = "What happens to e-mail addresses, telephone numbers and IBANs.")
    private PersonalData.Mode personalData;

    @Option(
        names = "--exclude",
        paramLabel = "FILE",
        arity = "1..*",
        description = "Held-out sets (a sentence a line, or .jsonl, .tsv) that must not be in it.")
    private List<Path> exclude = new ArrayList<>();

    @Option(
        names = "--against",
        paramLabel = "FILE",
        arity = "1..*",
        description = "Other corpora whose pairs must not be in it again.")
    private List<Path> against = new ArrayList<>();

    @Option(
        names = "--margin",
        description = "Have the model read the pairs in doubt; slower by far, and more exact.")
    private boolean margin;

    @Option(
        names = "--model",
        paramLabel = "NAME|DIR",
        description = "With --margin: a model's name or folder. Default: the one in use.")
    private String model;

    @Option(names = "--threads", paramLabel = "N", description = "Default: one for each core.")
    private Integer threads;

    RefinementOptions options() {
      FilterOptions filters = FilterOptions.DEFAULT.withPersonalData(personalData);
      if (quality != null) {
        if (!(quality >= 0 && quality <= 1)) {
          throw new InputException("--min-quality " + quality + ": wanted is 0 to 1");
        }
        filters = filters.withQuality(quality);
      }
      return new RefinementOptions(filters, !unfiltered, deduplication, exclude, against);
    }

    int threads() {
      if (threads != null && threads < 1) {
        throw new InputException("--threads " + threads + ": wanted is 1 or more");
      }
      return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    Engine engine() {
      return Engine.open(ModelCatalogue.standard().directory(Optional.ofNullable(model)));
    }
  }

  /** Where a corpus goes, and where the work is done. */
  static final class Running {
    @Option(
        names = {"-o", "--output"},
        required = true,
        paramLabel = "OUT.jsonl",
        description = "Where the corpus goes; it is written whole or not at all.")
    private String output;

    @Option(
        names = "--work",
        paramLabel = "DIR",
        description = {
          "Where it is kept what is done so far: the same command goes on after a stop, and with",
          "more inputs does what is new. Default: OUT.work."
        })
    private String work;

    @Option(
        names = "--spark",
        paramLabel = "MASTER",
        description = {
          "Run on Apache Spark, with the same result: local[N], spark://HOST:PORT, yarn and so on.",
          "Spark runs in a process of its own; see the docs on scale for clusters."
        })
    private String spark;

    @Option(
        names = "--spark-set",
        paramLabel = "KEY=VALUE",
        description = "With --spark: a setting of Spark, such as spark.executor.memory=8g.")
    private Map<String, String> settings = new LinkedHashMap<>();

    private String work() {
      return work == null ? output.replaceFirst("(\\.jsonl|/+)$", "") + ".work" : work;
    }

    private CorpusCluster.Request request(
        List<String> inputs, RefinementOptions refinement, Optional<Path> model) {
      return new CorpusCluster.Request(spark, settings, inputs, output, work(), refinement, model);
    }

    /** Runs the command in a process that has Spark. */
    private static int elsewhere(CommandSpec spec) throws IOException {
      // How much memory this process was given is meant for the one that does the work.
      List<String> heap =
          ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
              .filter(option -> option.startsWith("-Xmx"))
              .toList();
      return ClusterProcess.run(spec.root().commandLine().getParseResult().originalArgs(), heap);
    }

    private static CorpusCluster cluster() {
      return CorpusCluster.here()
          .orElseThrow(
              () -> new InputException("target/spark/verso-spark.jar is not on the class path"));
    }
  }

  /** {@code verso corpus build}. */
  @Command(
      name = "build",
      mixinStandardHelpOptions = true,
      description = {
        "Builds a corpus: pairs French and English documents, aligns their sentences, filters.",
        "Beside OUT.jsonl come OUT.rejected.jsonl, OUT.documents.jsonl, OUT.datasheet.html."
      })
  static final class Build implements Callable<Integer> {
    @Parameters(
        paramLabel = "INPUT",
        arity = "1..*",
        description = {
          "Folders and files of any format that Verso reads, in mixed languages; crawls (.warc,",
          ".warc.gz); .tsv of paired files, French TAB English; .jsonl or .parquet of",
          "{id,url,lang,licence,text}. With --spark also addresses such as hdfs://host/folder."
        })
    private List<String> inputs;

    @Mixin private Running running;

    @Mixin private Refining refining;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      if (running.spark != null) {
        return onCluster();
      }
      BuildCorpus.Request request =
          new BuildCorpus.Request(
              inputs.stream().map(Path::of).toList(),
              Path.of(running.output),
              Path.of(running.work()),
              refining.threads(),
              refining.options());
      BuildCorpus.Result result;
      try (RateLine progress = new RateLine()) {
        if (refining.margin) {
          try (Engine engine = refining.engine()) {
            result = BuildCorpus.with(engine).build(request, progress, Cancellation.NONE);
          }
        } else {
          result = BuildCorpus.fast().build(request, progress, Cancellation.NONE);
        }
      }
      return done(result);
    }

    /** In this process if it has Spark, else in one that has. */
    private int onCluster() throws IOException {
      if (!ClusterProcess.isInside()) {
        return Running.elsewhere(spec);
      }
      CorpusCluster.Request request =
          running.request(
              inputs,
              refining.options(),
              refining.margin
                  ? Optional.of(
                      ModelCatalogue.standard().directory(Optional.ofNullable(refining.model)))
                  : Optional.empty());
      try (RateLine progress = new RateLine()) {
        return done(Running.cluster().build(request, progress));
      }
    }

    private static int done(BuildCorpus.Result result) {
      System.err.printf(
          "verso: %d documents, %d pairs of documents%n",
          result.documents(), result.documentPairs());
      report(result.summary());
      return 0;
    }
  }

  private static void report(CorpusSummary summary) {
    System.err.printf("verso: %d pairs", summary.pairs());
    if (!summary.rejected().isEmpty()) {
      System.err.print("; left out: ");
      System.err.print(
          String.join(
              ", ",
              summary.rejected().entrySet().stream()
                  .map(entry -> entry.getValue() + " " + entry.getKey())
                  .toList()));
    }
    System.err.println();
  }

  /** {@code verso corpus clean}. */
  @Command(
      name = "clean",
      mixinStandardHelpOptions = true,
      description = "Filters and deduplicates corpora that exist already.")
  static final class Clean implements Callable<Integer> {
    @Parameters(
        paramLabel = "CORPUS",
        arity = "1..*",
        description = "What 'corpus build' wrote, or .tsv of French TAB English.")
    private List<Path> inputs;

    @Option(
        names = {"-o", "--output"},
        required = true,
        paramLabel = "OUT.jsonl",
        description = "Where the corpus goes; it is written whole or not at all.")
    private Path output;

    @Mixin private Refining refining;

    @Override
    public Integer call() throws IOException {
      CleanCorpus.Request request =
          new CleanCorpus.Request(inputs, output, refining.threads(), refining.options());
      CorpusSummary summary;
      try (RateLine progress = new RateLine()) {
        if (refining.margin) {
          try (Engine engine = refining.engine()) {
            summary = CleanCorpus.with(engine).clean(request, progress, Cancellation.NONE);
          }
        } else {
          summary = CleanCorpus.fast().clean(request, progress, Cancellation.NONE);
        }
      }
      report(summary);
      return 0;
    }
  }

  /** {@code verso corpus translate}. */
  @Command(
      name = "translate",
      mixinStandardHelpOptions = true,
      description = {
        "Translates piles of French documents into a corpus of sentences and their machine",
        "translations. OUT.documents.jsonl says what became of each document."
      })
  static final class Translate implements Callable<Integer> {
    @Parameters(
        paramLabel = "INPUT",
        arity = "1..*",
        description = "What 'corpus build' reads; documents that are not French are passed over.")
    private List<String> inputs;

    @Mixin private Running running;

    @Option(
        names = "--beam",
        paramLabel = "N",
        defaultValue = "4",
        description = "Hypotheses kept (default: 4); 1 is fastest.")
    private int beam;

    @Option(
        names = "--model",
        paramLabel = "NAME|DIR",
        description = "A model's name or folder. Default: the one in use.")
    private String model;

    @Option(names = "--threads", paramLabel = "N", description = "Default: one for each core.")
    private Integer threads;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      if (beam < 1 || beam > SearchOptions.MAX_BEAM) {
        throw new InputException(
            "--beam " + beam + ": a beam holds 1 to " + SearchOptions.MAX_BEAM + " hypotheses");
      }
      if (threads != null && threads < 1) {
        throw new InputException("--threads " + threads + ": wanted is 1 or more");
      }
      Path folder = ModelCatalogue.standard().directory(Optional.ofNullable(model));
      if (running.spark != null) {
        if (!ClusterProcess.isInside()) {
          return Running.elsewhere(spec);
        }
        CorpusCluster.Request request =
            running.request(inputs, RefinementOptions.DEFAULT, Optional.of(folder));
        try (RateLine progress = new RateLine()) {
          return done(Running.cluster().translate(request, beam, progress));
        }
      }
      int side = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
      TranslateCorpus.Request request =
          new TranslateCorpus.Request(
              inputs.stream().map(Path::of).toList(),
              Path.of(running.output),
              Path.of(running.work()),
              side,
              beam);
      try (Engine engine = Engine.open(folder, side);
          RateLine progress = new RateLine()) {
        return done(new TranslateCorpus(engine).translate(request, progress, Cancellation.NONE));
      }
    }

    private static int done(TranslateCorpus.Result result) {
      System.err.printf(
          "verso: %d documents translated, %d passed over, %d pairs%n",
          result.documents(), result.unused(), result.pairs());
      return 0;
    }
  }

  /** {@code verso corpus export}. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes a corpus in other formats, as a whole or parted by document.")
  static final class Export implements Callable<Integer> {
    @Parameters(paramLabel = "CORPUS", description = "What 'corpus build' or 'clean' wrote.")
    private Path corpus;

    @Option(
        names = {"-o", "--output"},
        required = true,
        paramLabel = "NAME",
        description = "Files are called NAME.tmx, NAME.train.tmx and so on.")
    private Path output;

    @Option(
        names = "--to",
        paramLabel = "FORMAT",
        split = ",",
        required = true,
        description = "tmx, xliff, moses, tsv, jsonl or parquet; several with commas.")
    private List<ExportCorpus.Format> formats;

    @Option(
        names = "--split",
        paramLabel = "DEV,TEST",
        split = ",",
        description = {
          "Shares of the pairs, such as 0.01,0.01, that become NAME.dev and NAME.test; the rest is",
          "NAME.train. No document is in two of them."
        })
    private List<Double> split = List.of();

    @Override
    public Integer call() throws IOException {
      ExportCorpus.Request request =
          new ExportCorpus.Request(corpus, output, formats, ExportCorpus.Shares.of(split));
      try (RateLine progress = new RateLine()) {
        new ExportCorpus()
            .export(request, progress, Cancellation.NONE)
            .forEach((file, pairs) -> System.err.printf("verso: %s: %d pairs%n", file, pairs));
      }
      return 0;
    }
  }

  /** {@code verso corpus spark-jars}. */
  @Command(
      name = "spark-jars",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the jars of libraries that 'spark-submit --jars' has to send along with",
        "target/spark/verso-spark.jar; see the docs on scale."
      })
  static final class SparkJars implements Callable<Integer> {
    @Override
    public Integer call() {
      List<Path> parts = ClusterProcess.ownParts();
      System.out.println(String.join(",", parts.stream().skip(1).map(Path::toString).toList()));
      return 0;
    }
  }
}
