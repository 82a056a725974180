package dev.verso.usecase.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.alignment.LogLinearAligner;
import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.export.CorpusStatistics;
import dev.verso.corpus.export.Datasheet;
import dev.verso.corpus.filter.FixedMargin;
import dev.verso.corpus.pairing.DocumentCandidate;
import dev.verso.corpus.pairing.DocumentPair;
import dev.verso.corpus.pairing.DocumentProfile;
import dev.verso.corpus.pairing.PairAligner;
import dev.verso.engine.Engine;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
    Map<String, String> settings = CleanCorpus.settings(request.refinement);
    settings.put("aligner", "log-linear, no network");
    settings.put("model", engine.map(model -> model.manifest().id()).orElse("none"));
    return settings;
  }

  /** What became of each document. */
  private static void write(DocumentPairs documents, Path file) throws IOException {
    Map<String, ObjectNode> lines = new TreeMap<>();
    Set<String> paired = new HashSet<>();
    for (DocumentCandidate candidate : documents.chosen()) {
      DocumentPair pair = documents.pair(candidate);
      ObjectNode line = line(candidate.source());
      line.put("language", "fr");
      line.put("partner", candidate.target());
      line.put("kind", pair.kind().label());
      line.put("score", rounded(candidate.score()));
      line.put("cosine", rounded(candidate.cosine()));
      line.put("linked", candidate.linked());
      line.put("addressed", candidate.addressed());
      line.put("related", rounded(pair.related()));
      line.put("sourceShare", rounded(pair.sourceShare()));
      line.put("targetShare", rounded(pair.targetShare()));
      line.put("pairs", pair.pairs().size());
      lines.put(candidate.source(), line);
      paired.add(candidate.source());
      paired.add(candidate.target());
    }
    for (DocumentProfile profile : documents.profiles().values()) {
      if (!paired.contains(profile.id())) {
        ObjectNode line = line(profile.id());
        line.put("language", profile.language().tag());
        String original = documents.copies().get(profile.id());
        if (original == null) {
          line.put("kind", "alone");
        } else {
          line.put("kind", "copy");
          line.put("of", original);
        }
        lines.put(profile.id(), line);
      }
    }
    documents
        .unread()
        .forEach(
            (id, reason) -> {
              ObjectNode line = line(id);
              line.put("kind", "unused");
              line.put("reason", reason);
              lines.put(id, line);
            });
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (String id : new TreeSet<>(lines.keySet())) {
        try {
          out.write(Json.PLAIN.writeValueAsString(lines.get(id)));
        } catch (JsonProcessingException e) {
          throw new IllegalStateException(e);
        }
        out.write('\n');
      }
    }
  }

  private static ObjectNode line(String id) {
    return Json.PLAIN.createObjectNode().put("document", id);
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
