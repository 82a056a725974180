package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.export.CorpusStatistics;
import dev.verso.corpus.export.Datasheet;
import dev.verso.corpus.filter.FixedMargin;
import dev.verso.engine.Engine;
import dev.verso.text.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Pairs in, the good ones out: filters, deduplicates and describes corpora that exist already.
 *
 * <p>Thread-safe; an engine stays the caller's.
 */
public final class CleanCorpus {

  private final Optional<Engine> engine;

  private CleanCorpus(Optional<Engine> engine) {
    this.engine = engine;
  }

  /** Without a neural network. */
  public static CleanCorpus fast() {
    return new CleanCorpus(Optional.empty());
  }

  /** With a model that reads the pairs in doubt. */
  public static CleanCorpus with(Engine engine) {
    return new CleanCorpus(Optional.of(engine));
  }

  /**
   * What is wanted.
   *
   * @param inputs corpora: our JSON lines, or French TAB English
   * @param output the corpus; beside it what was rejected, and its datasheet
   * @param threads how many work at once
   * @param refinement what becomes of the pairs
   */
  public record Request(List<Path> inputs, Path output, int threads, RefinementOptions refinement) {

    /** Copies the list. */
    public Request {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * Cleans corpora.
   *
   * @throws dev.verso.text.InputException if an input can't be read, or the result not be written
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public CorpusSummary clean(Request request, CorpusProgress progress, Cancellation cancellation)
      throws IOException {
    List<Path> inOrder = request.inputs.stream().sorted().toList();
    try (CorpusOutputs outputs = new CorpusOutputs(request.output)) {
      CorpusStatistics statistics =
          new Refinement(
                  request.refinement,
                  engine.map(model -> new FixedMargin(model.translator().scorer())),
                  request.threads,
                  progress,
                  cancellation)
              .run(
                  pairs -> inOrder.forEach(file -> CorpusFile.read(file, pairs)),
                  0,
                  outputs.part(""),
                  outputs.part("rejected.jsonl"),
                  outputs.part("scratch"));
      Map<String, String> settings = settings(request.refinement);
      settings.put("model", engine.map(model -> model.manifest().id()).orElse("none"));
      Datasheet datasheet =
          new Datasheet(request.output.getFileName().toString(), statistics, settings);
      Files.writeString(outputs.part("datasheet.json"), datasheet.json());
      Files.writeString(outputs.part("datasheet.html"), datasheet.html());
      outputs.publish();
      return CorpusSummary.of(statistics);
    }
  }

  static Map<String, String> settings(RefinementOptions options) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("deduplication", lower(options.deduplication()));
    settings.put("filters", options.filtered() ? "on" : "off");
    if (options.filtered()) {
      settings.put("least quality", String.valueOf(options.filters().quality()));
      settings.put("least posterior", String.valueOf(options.filters().posterior()));
      settings.put("longest side, characters", String.valueOf(options.filters().longest()));
      settings.put("personal data", lower(options.filters().personalData()));
    }
    settings.put("held-out sets", names(options.exclude()));
    settings.put("without the pairs of", names(options.against()));
    return settings;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static String names(List<Path> files) {
    return files.isEmpty()
        ? "none"
        : files.stream()
            .map(file -> file.getFileName().toString())
            .sorted()
            .collect(Collectors.joining(", "));
  }
}
