package dev.verso.usecase.corpus.spark;

import dev.verso.corpus.CorpusDocument;
import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.pairing.Profiler;
import dev.verso.model.ModelFiles;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.text.Json;
import dev.verso.usecase.corpus.ClusterProcess;
import dev.verso.usecase.corpus.CorpusCluster;
import dev.verso.usecase.corpus.DocumentIntake;
import dev.verso.usecase.corpus.RawDocument;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** The connection to a cluster: settings, counters, progress, the log of events. */
final class Session implements AutoCloseable {

  private static final long LISTENING_MILLIS = 10_000;

  private final JavaSparkContext spark;
  private final CorpusCluster.Request request;
  private final CorpusProgress progress;
  private final Broadcast<SerializableConfiguration> configuration;
  private volatile String step = "starting";
  private long started = System.nanoTime();
  private final Map<String, LongAccumulator> counters = new LinkedHashMap<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final Progress tasks = new Progress();

  Session(CorpusCluster.Request request, CorpusProgress progress) throws IOException {
    this.request = request;
    this.progress = progress;
    SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "verso corpus");
    if (!request.master().isEmpty()) {
      conf.setMaster(request.master());
    }
    request.settings().forEach(conf::set);
    conf.set("spark.hadoop.fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    boolean local = conf.get("spark.master", "").matches("local(\\[.*])?");
    if (local) {
      conf.setIfMissing("spark.ui.enabled", "false");
      // Its tasks run in this process: with a loader of their own its classes would be there twice.
      conf.set("spark.executor.userClassPathFirst", "false");
    } else if (!conf.contains("spark.jars")) {
      conf.set(
          "spark.jars",
          ClusterProcess.ownParts().stream().map(Path::toString).collect(Collectors.joining(",")));
    }
    if (!local) {
      // Results depend on Verso's versions of what Spark has, too.
      conf.setIfMissing("spark.executor.userClassPathFirst", "true");
      String options = conf.get("spark.executor.extraJavaOptions", "");
      if (!options.contains("-Xss")) {
        String compiler = String.join(" ", ClusterProcess.COMPILER);
        conf.set("spark.executor.extraJavaOptions", (options + " -Xss4m " + compiler).strip());
      }
    }
    if (!conf.contains("spark.eventLog.enabled")) {
      String events = request.work() + "/events";
      Configuration hadoop = SparkHadoopUtil.get().newConfiguration(conf);
      org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(events);
      FileSystem store = folder.getFileSystem(hadoop);
      store.mkdirs(folder);
      conf.set("spark.eventLog.enabled", "true");
      conf.set("spark.eventLog.dir", store.makeQualified(folder).toString());
    }
    spark = started(conf);
    configuration = spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    spark.sc().addSparkListener(tasks);
    request.model().ifPresent(folder -> send(folder, local));
  }

  /** Spark reports a master that does not answer as whatever it had not made yet. */
  private static JavaSparkContext started(SparkConf conf) {
    try {
      return new JavaSparkContext(conf);
    } catch (RuntimeException e) {
      String why = e instanceof NullPointerException ? "nothing answers there" : e.getMessage();
      throw new InputException(
          "Spark can't be started on " + conf.get("spark.master", "its master") + ": " + why, e);
    }
  }

  private void send(Path model, boolean local) {
    if (!local) {
      try (Stream<Path> files = Files.list(model)) {
        files.filter(Files::isRegularFile).forEach(file -> spark.addFile(file.toString()));
      } catch (IOException e) {
        throw new InputException("can't read " + model + ": " + e.getMessage(), e);
      }
    }
  }

  /** Tells how many tasks of a stage are done. */
  private final class Progress extends SparkListener {
    private final Map<Integer, long[]> stages = new TreeMap<>(); // tasks done, tasks
    private final Map<Integer, String> steps = new TreeMap<>();
    private final Map<String, long[]> costs = new TreeMap<>(); // nanoseconds, bytes, tasks, failed

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      stages.put(stage.stageInfo().stageId(), new long[] {0, stage.stageInfo().numTasks()});
      steps.put(
          stage.stageInfo().stageId(),
          stage.properties().getProperty("spark.job.description", "starting"));
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted stage) {
      stages.remove(stage.stageInfo().stageId());
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      TaskMetrics metrics = task.taskMetrics();
      synchronized (costs) {
        long[] cost =
            costs.computeIfAbsent(steps.getOrDefault(task.stageId(), step), x -> new long[4]);
        if (metrics != null) {
          cost[0] += metrics.executorCpuTime() + metrics.executorDeserializeCpuTime();
          cost[1] += metrics.shuffleWriteMetrics().bytesWritten();
        }
        cost[task.taskInfo().successful() ? 2 : 3]++;
      }
      long[] counts = stages.get(task.stageId());
      if (counts != null && task.taskInfo().successful()) {
        progress.advanced(step, Math.min(++counts[0], counts[1]), counts[1]);
      }
    }
  }

  JavaSparkContext spark() {
    return spark;
  }

  int cores() {
    return Math.max(1, spark.defaultParallelism());
  }

  Broadcast<SerializableConfiguration> configuration() {
    return configuration;
  }

  /** A counter that is in Spark's page and in the log of events. */
  LongAccumulator counter(String name) {
    return counters.computeIfAbsent(name, x -> spark.sc().longAccumulator(x));
  }

  /** Says what is done from here on. */
  void step(String name) {
    long now = System.nanoTime();
    seconds.merge(step, (now - started) / 1e9, Double::sum);
    started = now;
    step = name;
    spark.setJobDescription(name);
  }

  String modelName() {
    return request.model().isEmpty() ? "none" : ModelFiles.manifest(request.model().get()).id();
  }

  /** Parts of lists with the number of lines before them, where there are several of a list. */
  List<InputPart> numbered(List<InputPart> parts) {
    Map<String, Long> pieces =
        parts.stream()
            .filter(part -> part.kind() == InputPart.Kind.LIST)
            .collect(
                Collectors.groupingBy(
                    part -> part.files().get(0).path(), TreeMap::new, Collectors.counting()));
    List<InputPart> split =
        parts.stream()
            .filter(
                part ->
                    part.kind() == InputPart.Kind.LIST
                        && pieces.get(part.files().get(0).path()) > 1)
            .toList();
    if (split.isEmpty()) {
      return parts;
    }
    Broadcast<SerializableConfiguration> store = configuration;
    List<Long> counts =
        spark
            .parallelize(split, split.size())
            .map(part -> PartReader.lines(part, store.value().value()))
            .collect();
    Map<InputPart, Long> before = new HashMap<>();
    String list = "";
    long lines = 0;
    for (int k = 0; k < split.size(); k++) {
      String path = split.get(k).files().get(0).path();
      lines = path.equals(list) ? lines : 0;
      list = path;
      before.put(split.get(k), lines);
      lines += counts.get(k);
    }
    return parts.stream()
        .map(
            part ->
                before.containsKey(part)
                    ? new InputPart(
                        part.kind(), part.files(), part.start(), part.end(), before.get(part))
                    : part)
        .toList();
  }

  /** Reads parts; what can't be read at all is a document without a name, with the reason. */
  JavaRDD<ReadDocument> readDocuments(List<InputPart> parts) {
    Broadcast<SerializableConfiguration> store = configuration;
    LongAccumulator counter = counter("documents read");
    return spark
        .parallelize(parts, Math.max(1, parts.size()))
        .mapPartitions(some -> read(some, store.value().value(), counter));
  }

  private static Iterator<ReadDocument> read(
      Iterator<InputPart> parts, Configuration store, LongAccumulator counter) throws IOException {
    DocumentIntake intake = new DocumentIntake(Cancellation.NONE);
    Profiler profiler = Profiler.shipped();
    List<ReadDocument> read = new ArrayList<>();
    while (parts.hasNext()) {
      try {
        PartReader.read(
            parts.next(),
            store,
            raw -> {
              read.add(read(raw, intake, profiler));
              counter.add(1);
            });
      } catch (InputException e) {
        read.add(ReadDocument.unread("", "", "", e.getMessage()));
      }
    }
    return read.iterator();
  }

  private static ReadDocument read(RawDocument raw, DocumentIntake intake, Profiler profiler) {
    DocumentIntake.Outcome outcome = intake.read(raw);
    if (outcome.document().isEmpty()) {
      return ReadDocument.unread(raw.id(), raw.date(), raw.key(), outcome.reason());
    }
    CorpusDocument document = outcome.document().get();
    try {
      return ReadDocument.of(
          raw.date(),
          raw.key(),
          profiler.profile(document),
          Json.PLAIN.writeValueAsBytes(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    step("done");
    report(System.err);
    spark.close();
  }

  /** What each step took: the same is in the log of events, task by task. */
  private void report(PrintStream out) {
    try {
      spark.sc().listenerBus().waitUntilEmpty(LISTENING_MILLIS);
    } catch (TimeoutException e) {
      out.println("verso: Spark is slow to tell of the last tasks; they are missing here");
    }
    out.printf("verso: on Spark:%n");
    out.printf(
        "%16s%10s%12s%14s%8s%8s%n", "step", "seconds", "processor", "moved MB", "tasks", "failed");
    synchronized (tasks.costs) {
      seconds.forEach(
          (name, time) -> {
            long[] cost = tasks.costs.getOrDefault(name, new long[4]);
            out.printf(
                Locale.ROOT,
                "%16s%10.1f%12.1f%14.1f%8d%8d%n",
                name,
                time,
                cost[0] / 1e9,
                cost[1] / 1e6,
                cost[2],
                cost[3]);
          });
    }
    counters.forEach((name, counter) -> out.printf("%16d %s%n", counter.value(), name));
  }
}
