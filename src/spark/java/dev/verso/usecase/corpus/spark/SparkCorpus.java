package dev.verso.usecase.corpus.spark;

import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.export.CorpusStatistics;
import dev.verso.corpus.export.Datasheet;
import dev.verso.corpus.pairing.DocumentCandidate;
import dev.verso.corpus.pairing.DocumentPair;
import dev.verso.corpus.pairing.DocumentPairing;
import dev.verso.corpus.pairing.DocumentProfile;
import dev.verso.text.InputException;
import dev.verso.usecase.corpus.BuildCorpus;
import dev.verso.usecase.corpus.CorpusCluster;
import dev.verso.usecase.corpus.CorpusSummary;
import dev.verso.usecase.corpus.DocumentReport;
import dev.verso.usecase.corpus.RawDocument;
import dev.verso.usecase.corpus.TranslateCorpus;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * {@link BuildCorpus} on Spark.
 *
 * <p>Documents are read once and stay, with their profiles, on the disks of those that read them;
 * the driver knows of each its name, address and hash, and chooses pairs. Documents go where their
 * pair is aligned, the longest first to whom has least to do; pairs of sentences then go in even
 * portions to those that judge them, so that a long document is shared out.
 */
public final class SparkCorpus implements CorpusCluster {

  /** Rounds of pairing anew, as on one machine. */
  private static final int ROUNDS = 8;

  /** Portions of work for each core: enough that one that takes longer holds nobody up. */
  private static final int PORTIONS = 3;

  private static final long LEAST_PART = 1 << 20;
  private static final long MOST_PART = 32 << 20;

  @Override
  public BuildCorpus.Result build(Request request, CorpusProgress progress) throws IOException {
    try (Session session = new Session(request, progress)) {
      return new Run(session, qualified(request, session)).run();
    }
  }

  @Override
  public TranslateCorpus.Result translate(Request request, int beam, CorpusProgress progress)
      throws IOException {
    try (Session session = new Session(request, progress)) {
      return new Run(session, qualified(request, session)).translate(beam);
    }
  }

  /** With whole addresses: tasks have working folders of their own. */
  private static Request qualified(Request request, Session session) throws IOException {
    String output = whole(request.output(), session);
    return new Request(
        request.master(),
        request.settings(),
        request.inputs(),
        request.output().endsWith("/") ? output + "/" : output,
        whole(request.work(), session),
        request.refinement(),
        request.model().map(folder -> folder.toAbsolutePath()));
  }

  private static String whole(String path, Session session) throws IOException {
    Path given = new Path(path);
    return given
        .getFileSystem(session.spark().hadoopConfiguration())
        .makeQualified(given)
        .toString();
  }

  /** One corpus. */
  private static final class Run {
    private final Session session;
    private final JavaSparkContext spark;
    private final Request request;
    private final String parts;

    private final Map<String, ReadDocument.Known> documents = new TreeMap<>();
    private final Map<String, String> unread = new TreeMap<>();
    private final Map<String, DocumentProfile> profiles = new TreeMap<>();
    private final Map<String, DocumentReport.Aligned> aligned = new HashMap<>();
    private final List<JavaRDD<AlignedPair>> rounds = new ArrayList<>();
    private Map<String, String> copies = Map.of();
    private DocumentAlignment alignment;

    Run(Session session, Request request) {
      this.session = session;
      this.spark = session.spark();
      this.request = request;
      this.parts = request.work() + "/parts";
    }

    BuildCorpus.Result run() throws IOException {
      remove(parts);
      StoreInputs inputs = new StoreInputs(request.inputs(), spark.hadoopConfiguration());
      JavaRDD<ReadDocument> read = read(inputs);
      List<DocumentCandidate> chosen = pair(read, inputs.paired());
      PairJudging judging = new PairJudging(session, request);
      JavaRDD<Chunk> chunks = judging.judge(rounds, chosen, aligned, alignment);
      PairWriting writing = new PairWriting(session, request, parts);
      CorpusStatistics statistics = writing.write(chunks, judging.layout());
      publish(judging.layout(), statistics);
      remove(parts);
      return new BuildCorpus.Result(
          profiles.size(),
          chosen.size(),
          profiles.values().stream().mapToLong(DocumentProfile::characters).sum(),
          CorpusSummary.of(statistics));
    }

    TranslateCorpus.Result translate(int beam) throws IOException {
      remove(parts);
      StoreInputs inputs = new StoreInputs(request.inputs(), spark.hadoopConfiguration());
      JavaRDD<ReadDocument> read = read(inputs);
      List<ReadDocument.Known> french =
          documents.values().stream().filter(DocumentTranslation::isFrench).toList();
      DocumentTranslation.Translated translated =
          new DocumentTranslation(session, request, parts, beam).translate(read, french);
      StringBuilder report = new StringBuilder();
      int next = 0;
      for (ReadDocument.Known one : documents.values()) {
        String line;
        if (DocumentTranslation.isFrench(one)) {
          line = TranslateCorpus.used(one.id(), translated.sentences().get(next++));
        } else if (one.language().isEmpty()) {
          line = TranslateCorpus.unused(one.id(), one.reason());
        } else {
          line = TranslateCorpus.unused(one.id(), TranslateCorpus.NOT_FRENCH);
        }
        report.append(line).append('\n');
      }
      PartFiles.publish(
          stem() + ".documents.jsonl",
          spark.hadoopConfiguration(),
          out -> out.write(report.toString().getBytes(StandardCharsets.UTF_8)));
      publish(DocumentTranslation.LINES, translated.layout());
      remove(parts);
      return new TranslateCorpus.Result(
          french.size(), documents.size() - french.size(), translated.pairs());
    }

    private String stem() {
      return request.output().replaceFirst("(\\.jsonl|/+)$", "");
    }

    private void remove(String folder) throws IOException {
      Path path = new Path(folder);
      path.getFileSystem(spark.hadoopConfiguration()).delete(path, true);
    }

    /** Reads and profiles. */
    private JavaRDD<ReadDocument> read(StoreInputs inputs) throws IOException {
      session.step("reading");
      List<InputPart> all = session.numbered(sized(inputs));
      JavaRDD<ReadDocument> read = session.readDocuments(all).persist(StorageLevel.DISK_ONLY());
      List<ReadDocument.Known> known =
          read.mapPartitionsWithIndex(
                  (partition, elements) -> {
                    List<ReadDocument.Known> some = new ArrayList<>();
                    for (int k = 0; elements.hasNext(); k++) {
                      some.add(elements.next().known(partition, k));
                    }
                    return some.iterator();
                  },
                  true)
              .collect();
      for (ReadDocument.Known one : known) {
        if (one.id().isEmpty()) {
          throw new InputException(one.reason());
        }
        ReadDocument.Known before = documents.get(one.id());
        if (before == null
            || RawDocument.replaces(one.date(), one.key(), before.date(), before.key())) {
          documents.put(one.id(), one);
        }
      }
      documents.forEach(
          (id, one) -> {
            if (one.language().isEmpty()) {
              unread.put(id, one.reason());
            } else {
              profiles.put(id, one.profile());
            }
          });
      return read;
    }

    /** Parts as large as gives each core some, within bounds. */
    private List<InputPart> sized(StoreInputs inputs) {
      long each = inputs.bytes() / ((long) session.cores() * PORTIONS);
      return inputs.parts(Math.max(LEAST_PART / 4, Math.min(MOST_PART, each)));
    }

    /** Pairs and aligns until all pairs hold; see {@code DocumentPairs}. */
    private List<DocumentCandidate> pair(JavaRDD<ReadDocument> read, Map<String, String> given) {
      session.step("pairing");
      copies = new TreeMap<>(DocumentPairing.copies(profiles.values()));
      Set<String> settled = new HashSet<>(given.keySet());
      settled.addAll(given.values());
      List<DocumentCandidate> fixed = DocumentPairing.settled(given, profiles.keySet());
      settled.forEach(copies::remove);
      Map<String, ReadDocument.Known> open = new TreeMap<>(documents);
      open.keySet().retainAll(profiles.keySet());
      open.keySet().removeAll(settled);
      List<DocumentCandidate> candidates = new CandidateSearch(spark, read, open).run();
      alignment = new DocumentAlignment(session, read, documents);
      Set<DocumentCandidate> refused = new HashSet<>();
      for (int round = 1; ; round++) {
        List<DocumentCandidate> assigned = new ArrayList<>(fixed);
        assigned.addAll(DocumentPairing.assigned(candidates, refused));
        assigned.sort(
            Comparator.comparing(DocumentCandidate::source)
                .thenComparing(DocumentCandidate::target));
        session.step("aligning");
        alignment.align(assigned, rounds);
        List<DocumentCandidate> failed =
            assigned.stream()
                .filter(one -> alignment.of(one).kind() == DocumentPair.Kind.UNRELATED)
                .toList();
        assigned.removeAll(failed);
        if (!refused.addAll(failed) || round == ROUNDS) {
          assigned.forEach(one -> aligned.put(one.source(), alignment.of(one)));
          return assigned;
        }
      }
    }

    private void publish(Layout layout, CorpusStatistics statistics) throws IOException {
      session.step("writing");
      String stem = stem();
      String name = new Path(request.output()).getName();
      var configuration = spark.hadoopConfiguration();
      PartFiles.publish(
          stem + ".documents.jsonl",
          configuration,
          out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            new DocumentReport(profiles.values(), aligned, copies, unread).write(writer);
            writer.flush();
          });
      Datasheet datasheet =
          new Datasheet(
              name, statistics, BuildCorpus.settings(request.refinement(), session.modelName()));
      PartFiles.publish(
          stem + ".datasheet.json",
          configuration,
          out -> out.write(datasheet.json().getBytes(StandardCharsets.UTF_8)));
      PartFiles.publish(
          stem + ".datasheet.html",
          configuration,
          out -> out.write(datasheet.html().getBytes(StandardCharsets.UTF_8)));
      PartFiles.publish(
          stem + ".rejected.jsonl",
          configuration,
          out -> {
            PartFiles.join(parts + "/" + PairWriting.REJECTED, layout, out, configuration);
            PartFiles.join(parts + "/" + PairWriting.REPEATED, layout, out, configuration);
          });
      publish(PairWriting.CORPUS, layout);
    }

    /** Gives the corpus its name. */
    private void publish(String lines, Layout layout) throws IOException {
      String output = request.output();
      var configuration = spark.hadoopConfiguration();
      if (output.endsWith("/")) {
        remove(output);
        Path whole = new Path(output);
        FileSystem store = whole.getFileSystem(configuration);
        if (!store.rename(new Path(parts, lines), whole)) {
          throw new InputException("can't write " + output);
        }
      } else {
        PartFiles.publish(
            output,
            configuration,
            out -> PartFiles.join(parts + "/" + lines, layout, out, configuration));
      }
    }
  }
}
