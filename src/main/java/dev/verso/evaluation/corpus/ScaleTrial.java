package dev.verso.evaluation.corpus;

import dev.verso.corpus.CorpusProgress;
import dev.verso.evaluation.TextTable;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.usecase.corpus.CleanCorpus;
import dev.verso.usecase.corpus.CorpusSummary;
import dev.verso.usecase.corpus.ExportCorpus;
import dev.verso.usecase.corpus.RefinementOptions;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How time and memory grow with a corpus: the first pairs of one, filtered without a model,
 * deduplicated exactly and nearly, and exported as TMX, Moses files and JSON lines. Each size runs
 * after a run of a thousand pairs that loads what has to be loaded.
 */
public final class ScaleTrial {

  private static final int WARM = 1000;
  private static final double MEGABYTE = 1e6;

  private ScaleTrial() {}

  /** Runs all sizes and prints a row for each. */
  public static void run(Path corpus, List<Integer> sizes, Appendable out) throws IOException {
    Path folder = Files.createTempDirectory("verso-scale");
    once(corpus, WARM, folder);
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "pairs",
            "kept",
            "filter+dedup s",
            "pairs/s",
            "export s",
            "all s",
            "growth",
            "CPU s",
            "growth",
            "MB"));
    double before = 0;
    double processorBefore = 0;
    for (int size : sizes) {
      Run run = once(corpus, size, folder);
      double all = run.clean + run.export;
      rows.add(
          List.of(
              String.valueOf(run.pairs),
              String.valueOf(run.kept),
              decimal(run.clean),
              decimal(run.pairs / run.clean),
              decimal(run.export),
              decimal(all),
              before == 0 ? "" : decimal(all / before),
              decimal(run.processor),
              processorBefore == 0 ? "" : decimal(run.processor / processorBefore),
              decimal(run.megabytes)));
      before = all;
      processorBefore = run.processor;
    }
    TextTable.print(rows, out);
    out.append("\nheap at most ")
        .append(decimal(Runtime.getRuntime().maxMemory() / MEGABYTE))
        .append(" MB; MB: the greatest use of it\n");
  }

  private record Run(
      long pairs, long kept, double clean, double export, double processor, double megabytes) {}

  private static Run once(Path corpus, int size, Path folder) throws IOException {
    String name = corpus.getFileName().toString();
    Path part = folder.resolve("part" + name.substring(name.lastIndexOf('.')));
    int lines = 0;
    try (BufferedReader reader = Files.newBufferedReader(corpus);
        BufferedWriter writer = Files.newBufferedWriter(part)) {
      for (String line = reader.readLine();
          line != null && lines < size;
          line = reader.readLine()) {
        writer.write(line);
        writer.write('\n');
        lines++;
      }
    }
    if (lines < size) {
      throw new InputException(corpus + " holds " + lines + " lines, not " + size);
    }
    System.gc();
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
    Path clean = folder.resolve("clean.jsonl");
    double used = processor();
    long start = System.nanoTime();
    CorpusSummary summary =
        CleanCorpus.fast()
            .clean(
                new CleanCorpus.Request(
                    List.of(part),
                    clean,
                    Runtime.getRuntime().availableProcessors(),
                    RefinementOptions.DEFAULT),
                CorpusProgress.SILENT,
                Cancellation.NONE);
    long middle = System.nanoTime();
    new ExportCorpus()
        .export(
            new ExportCorpus.Request(
                clean,
                folder.resolve("export"),
                List.of(
                    ExportCorpus.Format.TMX, ExportCorpus.Format.MOSES, ExportCorpus.Format.JSONL),
                new ExportCorpus.Shares(0, 0)),
            CorpusProgress.SILENT,
            Cancellation.NONE);
    long end = System.nanoTime();
    double peak = pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    return new Run(
        lines,
        summary.pairs(),
        (middle - start) / 1e9,
        (end - middle) / 1e9,
        processor() - used,
        peak / MEGABYTE);
  }

  /** Seconds of the processor that this process has used: what else runs here does not count. */
  private static double processor() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(duration -> duration.toMillis() / 1e3)
        .orElse(0.0);
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
