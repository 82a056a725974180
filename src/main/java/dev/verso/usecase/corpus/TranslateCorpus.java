package dev.verso.usecase.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.verso.corpus.CorpusDocument;
import dev.verso.corpus.CorpusProgress;
import dev.verso.engine.Engine;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import dev.verso.text.Language;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * French documents in, a corpus of their sentences and machine translations out, each pair with its
 * estimated quality and a note that says what it is.
 *
 * <p>Documents in other languages are named as unused. Thread-safe; the engine stays the caller's.
 */
public final class TranslateCorpus {

  /** Why a document in English is not used. */
  public static final String NOT_FRENCH = "not French";

  private final Engine engine;

  /** With a model. */
  public TranslateCorpus(Engine engine) {
    this.engine = engine;
  }

  /**
   * What is wanted.
   *
   * @param inputs folders, files, crawls, lists
   * @param output the corpus; beside it comes {@code .documents.jsonl}
   * @param work the folder of what is done so far
   * @param threads how many pieces are on their way at once
   * @param beam hypotheses kept
   */
  public record Request(List<Path> inputs, Path output, Path work, int threads, int beam) {

    /** Copies the list. */
    public Request {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * What came out.
   *
   * @param documents that were translated
   * @param unused documents that were not
   * @param pairs of sentences
   */
  public record Result(int documents, int unused, long pairs) {}

  private record Piece(int order, int first, String key, CorpusDocument part) {}

  /** A piece and whether it was translated only now. */
  private record Done(Piece piece, TranslatedPiece translated, boolean fresh) {}

  /**
   * Translates documents.
   *
   * @throws dev.verso.text.InputException if an input can't be read, or the result not be written
   * @throws java.util.concurrent.CancellationException if it was cancelled; what was done so far is
   *     kept
   */
  public Result translate(Request request, CorpusProgress progress, Cancellation cancellation)
      throws IOException {
    CorpusInputs inputs = new CorpusInputs(request.inputs, Long.MAX_VALUE);
    CorpusOutputs outputs = new CorpusOutputs(request.output);
    try (outputs;
        WorkFolder folder = new WorkFolder(request.work)) {
      KnownDocuments documents =
          new KnownDocuments(folder, request.threads, progress, cancellation);
      documents.read(inputs);
      Run run = new Run(request, folder, documents, progress, cancellation);
      try (BufferedWriter lines = Files.newBufferedWriter(outputs.part(""));
          BufferedWriter report = Files.newBufferedWriter(outputs.part("documents.jsonl"))) {
        run.translate(lines, report);
      }
      outputs.publish();
      return new Result(run.translated, run.unused, run.pairs);
    }
  }

  /** What decides on a translation beside the text. */
  private String suffix(int beam) {
    String model = engine.manifest().id() + engine.manifest().sha256();
    return DocumentIntake.sha256((model + beam).getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /** One corpus. */
  private final class Run {
    private final Request request;
    private final WorkFolder folder;
    private final KnownDocuments documents;
    private final CorpusProgress progress;
    private final Cancellation cancellation;
    private int translated;
    private int unused;
    private long pairs;
    private int order = -1;
    private int offset;

    Run(
        Request request,
        WorkFolder folder,
        KnownDocuments documents,
        CorpusProgress progress,
        Cancellation cancellation) {
      this.request = request;
      this.folder = folder;
      this.documents = documents;
      this.progress = progress;
      this.cancellation = cancellation;
    }

    void translate(BufferedWriter lines, BufferedWriter report) throws IOException {
      String suffix = suffix(request.beam);
      AtomicLong done = new AtomicLong();
      try (OrderedTasks<Piece, Done> tasks =
          new OrderedTasks<>(
              request.threads,
              this::translated,
              one -> {
                keep(one, lines);
                progress.advanced(
                    "translating", done.addAndGet(one.translated.targets().size()), 0);
              })) {
        int next = 0;
        for (String name : documents.names()) {
          DocumentIntake.Outcome outcome = documents.outcome(name);
          if (outcome.document().isEmpty()) {
            report.write(unused(name, outcome.reason()) + "\n");
            unused++;
          } else if (outcome.document().get().language() != Language.FRENCH) {
            report.write(unused(name, NOT_FRENCH) + "\n");
            unused++;
          } else {
            CorpusDocument document = outcome.document().get();
            report.write(used(name, document.sentences().size()) + "\n");
            for (int at = 0; at < document.sentences().size(); at += TranslatedPiece.SENTENCES) {
              String key = documents.key(name) + suffix + ":" + at;
              tasks.add(new Piece(next, at, key, TranslatedPiece.cut(document, at)));
            }
            next++;
            translated++;
          }
        }
        tasks.finish();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    private Done translated(Piece piece) {
      cancellation.check();
      if (folder.hasTranslations(piece.key)) {
        WorkFolder.Translations known = folder.translations(piece.key);
        return new Done(
            piece,
            TranslatedPiece.of(
                piece.order, piece.first, piece.part, known.targets(), known.qualities()),
            false);
      }
      return new Done(
          piece,
          TranslatedPiece.of(
              piece.order, piece.first, piece.part, engine, request.beam, cancellation),
          true);
    }

    private void keep(Done done, BufferedWriter lines) {
      TranslatedPiece piece = done.translated;
      if (done.fresh) {
        folder.put(done.piece.key, new WorkFolder.Translations(piece.targets(), piece.qualities()));
      }
      offset = piece.order() == order ? offset : 0;
      order = piece.order();
      try {
        for (String line : piece.lines(offset)) {
          lines.write(line);
          lines.write('\n');
          pairs++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      offset += piece.length();
    }
  }

  /** What is said of a document that was translated, as a line of JSON. */
  public static String used(String name, int sentences) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("document", name);
    line.put("kind", "translated");
    line.put("sentences", sentences);
    return json(line);
  }

  /** What is said of a document that was not, as a line of JSON. */
  public static String unused(String name, String reason) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("document", name);
    line.put("kind", "unused");
    line.put("reason", reason);
    return json(line);
  }

  private static String json(Map<String, Object> line) {
    try {
      return Json.PLAIN.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
