package dev.verso.evaluation.corpus;

import dev.verso.evaluation.TextTable;
import dev.verso.text.InputException;
import dev.verso.usecase.corpus.ClusterProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The same corpus built by one process and on Spark, each in a virtual machine of its own: whether
 * it is the same, and at what rate. Executors can be killed on the way.
 */
public final class ClusterTrial {

  private static final long LOOK_MILLIS = 200;
  private static final int LEAST_EXECUTOR_SECONDS = 10;
  private static final List<String> FILES =
      List.of("jsonl", "rejected.jsonl", "documents.jsonl", "datasheet.json");

  private ClusterTrial() {}

  /**
   * What came out.
   *
   * @param same whether both corpora, and what lies beside them, are the same
   * @param killed executors that were killed
   * @param localSeconds of the one process
   * @param clusterSeconds of Spark
   * @param localProcessor seconds of the processor
   * @param clusterProcessor seconds of the processor, its executors' counted
   * @param pairs in the corpus
   */
  public record Score(
      boolean same,
      int killed,
      double localSeconds,
      double clusterSeconds,
      double localProcessor,
      double clusterProcessor,
      long pairs) {}

  /**
   * Builds both.
   *
   * @param inputs what from
   * @param master Spark's
   * @param threads of the one process
   * @param kills how many executors are killed, some seconds apart
   * @param options further ones of {@code corpus build}
   * @param heap of either, such as {@code -Xmx3g}
   * @param folder where the corpora go
   */
  public static Score run(
      List<Path> inputs,
      String master,
      int threads,
      int kills,
      List<String> options,
      String heap,
      Path folder,
      Appendable out)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("corpus", "build"));
    inputs.forEach(input -> words.add(input.toString()));
    words.addAll(options);
    List<String> local = new ArrayList<>(words);
    Path ofLocal = folder.resolve("corpus.jsonl");
    Path ofCluster = Files.createDirectories(folder.resolve("spark")).resolve("corpus.jsonl");
    local.addAll(List.of("--threads", String.valueOf(threads), "-o", ofLocal.toString(), "--work"));
    local.add(folder.resolve("local.work").toString());
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(List.of("-Xss4m", heap, "-Dfile.encoding=UTF-8"));
    java.addAll(ClusterProcess.COMPILER);
    java.add("-Dverso.home=" + System.getProperty("verso.home", "."));
    java.add("-cp");
    java.add(System.getProperty("java.class.path"));
    java.add("dev.verso.cli.Main");
    java.addAll(local);
    Run one = run(new ProcessBuilder(java), 0, folder.resolve("local.log"));
    List<String> cluster = new ArrayList<>(words);
    cluster.addAll(List.of("--spark", master, "-o", ofCluster.toString(), "--work"));
    cluster.add(folder.resolve("spark.work").toString());
    Run other =
        run(ClusterProcess.start(cluster, List.of(heap)), kills, folder.resolve("spark.log"));
    boolean same = true;
    for (String ending : FILES) {
      long differs =
          Files.mismatch(
              folder.resolve("corpus." + ending), ofCluster.resolveSibling("corpus." + ending));
      if (differs >= 0) {
        same = false;
        out.append("corpus." + ending + " differs from byte " + differs + " on\n");
      }
    }
    long pairs;
    try (var lines = Files.lines(ofLocal)) {
      pairs = lines.count();
    }
    Score score =
        new Score(
            same, other.killed, one.seconds, other.seconds, one.processor, other.processor, pairs);
    TextTable.print(
        List.of(
            List.of("", "seconds", "processor seconds", "pairs/s"),
            row("one process", one, pairs),
            row("Spark " + master, other, pairs),
            List.of(
                "share",
                decimal(one.seconds / other.seconds),
                decimal(one.processor / other.processor),
                "")),
        out);
    out.append(same ? "the corpora are the same" : "THE CORPORA DIFFER");
    out.append("; " + pairs + " pairs; executors killed: " + other.killed + "\n");
    out.append(Files.readString(folder.resolve("spark.log")));
    return score;
  }

  private static List<String> row(String name, Run run, long pairs) {
    return List.of(
        name, decimal(run.seconds), decimal(run.processor), decimal(pairs / run.seconds));
  }

  private record Run(double seconds, double processor, int killed) {}

  private static Run run(ProcessBuilder builder, int kills, Path log) throws IOException {
    File file = log.toFile();
    long start = System.nanoTime();
    Process process =
        builder.redirectErrorStream(true).redirectOutput(file).redirectInput(none()).start();
    Map<Long, Duration> used = new HashMap<>();
    int killed = 0;
    long next = 0;
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        note(process.toHandle(), used);
        process.descendants().forEach(one -> note(one, used));
        List<ProcessHandle> executors =
            process
                .children()
                .filter(
                    one ->
                        used.getOrDefault(one.pid(), Duration.ZERO).toSeconds()
                            >= LEAST_EXECUTOR_SECONDS)
                .toList();
        if (killed < kills && !executors.isEmpty() && System.nanoTime() > next) {
          executors.get(killed % executors.size()).destroyForcibly();
          killed++;
          next = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEAST_EXECUTOR_SECONDS);
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (process.exitValue() != 0) {
      throw new InputException("a run failed: " + Files.readString(log));
    }
    double processor = used.values().stream().mapToDouble(time -> time.toMillis() / 1e3).sum();
    return new Run((System.nanoTime() - start) / 1e9, processor, killed);
  }

  private static File none() {
    return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
  }

  private static void note(ProcessHandle process, Map<Long, Duration> used) {
    process.info().totalCpuDuration().ifPresent(time -> used.put(process.pid(), time));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
