package dev.verso.usecase.corpus;

import dev.verso.alignment.LogLinearAligner;
import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.export.CorpusStatistics;
import dev.verso.corpus.export.Datasheet;
import dev.verso.corpus.filter.FixedMargin;
import dev.verso.corpus.pairing.DocumentCandidate;
import dev.verso.corpus.pairing.DocumentProfile;
import dev.verso.corpus.pairing.PairAligner;
import dev.verso.engine.Engine;
import dev.verso.text.Cancellation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Documents in, a parallel corpus out.
 *
 * <p>Thread-safe; an engine stays the caller's.
 */
public final class BuildCorpus {

  private final Optional<Engine> engine;

  private BuildCorpus(Optional<Engine> engine) {
    this.engine = engine;
  }

  /** Without a neural network. */
  public static BuildCorpus fast() {
    return new BuildCorpus(Optional.empty());
  }

  /** With a model that reads the pairs in doubt. */
  public static BuildCorpus with(Engine engine) {
    return new BuildCorpus(Optional.of(engine));
  }

  /**
   * What is wanted.
   *
   * @param inputs folders, files, crawls, lists
   * @param output the corpus; beside it come {@code .rejected.jsonl}, {@code .documents.jsonl} and
   *     {@code .datasheet.html} and {@code .json}
   * @param work the folder of what is done so far
   * @param threads how many work at once
   * @param refinement what becomes of the pairs
   * @param mostBytes how many bytes all documents may have, as unpacked: a small crawl may unpack
   *     to a thousand times its size
   */
  public record Request(
      List<Path> inputs,
      Path output,
      Path work,
      int threads,
      RefinementOptions refinement,
      long mostBytes) {

    /** Of whatever size. */
    public Request(
        List<Path> inputs, Path output, Path work, int threads, RefinementOptions refinement) {
      this(inputs, output, work, threads, refinement, Long.MAX_VALUE);
    }

    /** Copies the list. */
    public Request {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * What came out.
   *
   * @param documents inputs that were read
   * @param documentPairs pairs of documents
   * @param characters of all documents that were read
   * @param summary of the pairs
   */
  public record Result(int documents, int documentPairs, long characters, CorpusSummary summary) {}

  /**
   * Builds a corpus.
   *
   * @throws dev.verso.text.InputException if an input can't be read, or the result not be written
   * @throws java.util.concurrent.CancellationException if it was cancelled; what was done so far is
   *     kept
   */
  public Result build(Request request, CorpusProgress progress, Cancellation cancellation)
      throws IOException {
    CorpusInputs inputs = new CorpusInputs(request.inputs, request.mostBytes);
    try (WorkFolder folder = new WorkFolder(request.work)) {
      DocumentPairs documents =
          new DocumentPairs(
              folder,
              new PairAligner(LogLinearAligner.shipped()),
              "fast",
              request.threads,
              progress,
              cancellation);
      documents.read(inputs);
      documents.pair(inputs.paired());
      CorpusOutputs outputs = new CorpusOutputs(request.output);
      try (outputs) {
        CorpusStatistics statistics =
            new Refinement(
                    request.refinement,
                    engine.map(model -> new FixedMargin(model.translator().scorer())),
                    request.threads,
                    progress,
                    cancellation)
                .run(
                    documents::forEach,
                    documents.count(),
                    outputs.part(""),
                    outputs.part("rejected.jsonl"),
                    outputs.part("scratch"));
        write(documents, outputs.part("documents.jsonl"));
        Datasheet datasheet =
            new Datasheet(request.output.getFileName().toString(), statistics, settings(request));
        Files.writeString(outputs.part("datasheet.json"), datasheet.json());
        Files.writeString(outputs.part("datasheet.html"), datasheet.html());
        outputs.publish();
        return new Result(
            documents.profiles().size(),
            documents.chosen().size(),
            documents.profiles().values().stream().mapToLong(DocumentProfile::characters).sum(),
            CorpusSummary.of(statistics));
      }
    }
  }

  private Map<String, String> settings(Request request) {
    return settings(request.refinement, engine.map(model -> model.manifest().id()).orElse("none"));
  }

  /** How a corpus was made, for its datasheet: option to value. */
  public static Map<String, String> settings(RefinementOptions refinement, String model) {
    Map<String, String> settings = CleanCorpus.settings(refinement);
    settings.put("aligner", "log-linear, no network");
    settings.put("model", model);
    return settings;
  }

  private static void write(DocumentPairs documents, Path file) throws IOException {
    Map<String, DocumentReport.Aligned> pairs = new HashMap<>();
    for (DocumentCandidate candidate : documents.chosen()) {
      pairs.put(
          candidate.source(), DocumentReport.Aligned.of(candidate, documents.pair(candidate)));
    }
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      new DocumentReport(
              documents.profiles().values(), pairs, documents.copies(), documents.unread())
          .write(out);
    }
  }
}
