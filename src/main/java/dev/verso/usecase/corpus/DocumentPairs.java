package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusDocument;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.pairing.DocumentCandidate;
import dev.verso.corpus.pairing.DocumentPair;
import dev.verso.corpus.pairing.DocumentPairing;
import dev.verso.corpus.pairing.DocumentProfile;
import dev.verso.corpus.pairing.PairAligner;
import dev.verso.corpus.pairing.Profiler;
import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * From inputs to aligned pairs of documents: reads, pairs, aligns; pairs that turn out to be
 * unrelated are taken apart and their documents paired anew, until all chosen pairs hold.
 *
 * <p>What is done is kept in the work folder as soon as it is done.
 */
final class DocumentPairs {

  /** Rounds of pairing anew. */
  private static final int ROUNDS = 8;

  private final WorkFolder folder;
  private final PairAligner aligner;
  private final String alignerName;
  private final int threads;
  private final CorpusProgress progress;
  private final Cancellation cancellation;

  private final KnownDocuments documents;
  private final Map<String, String> unread = new TreeMap<>(); // document name: reason
  private final Map<String, DocumentProfile> profiles = new TreeMap<>();
  private List<DocumentCandidate> chosen = List.of();
  private Map<String, String> copies = Map.of();

  DocumentPairs(
      WorkFolder folder,
      PairAligner aligner,
      String alignerName,
      int threads,
      CorpusProgress progress,
      Cancellation cancellation) {
    this.folder = folder;
    this.aligner = aligner;
    this.alignerName = alignerName;
    this.threads = threads;
    this.progress = progress;
    this.cancellation = cancellation;
    this.documents = new KnownDocuments(folder, threads, progress, cancellation);
  }

  /** Reads the inputs. */
  void read(CorpusInputs inputs) {
    documents.read(inputs);
    profile();
  }

  private void profile() {
    Profiler profiler = Profiler.shipped();
    AtomicLong done = new AtomicLong();
    record Profiled(String id, DocumentIntake.Outcome outcome, DocumentProfile profile) {}
    try (OrderedTasks<String, Profiled> tasks =
        new OrderedTasks<>(
            threads,
            id -> {
              cancellation.check();
              DocumentIntake.Outcome outcome = documents.outcome(id);
              return new Profiled(
                  id, outcome, outcome.document().map(profiler::profile).orElse(null));
            },
            profiled -> {
              if (profiled.profile == null) {
                unread.put(profiled.id, profiled.outcome.reason());
              } else {
                profiles.put(profiled.id, profiled.profile);
              }
              progress.advanced("profiling", done.incrementAndGet(), documents.names().size());
            })) {
      documents.names().forEach(tasks::add);
      tasks.finish();
    }
  }

  /**
   * Pairs and aligns.
   *
   * @param given pairs that are settled, French name to English name
   */
  void pair(Map<String, String> given) {
    copies = new TreeMap<>(DocumentPairing.copies(profiles.values()));
    Set<String> settled = new HashSet<>(given.keySet());
    settled.addAll(given.values());
    List<DocumentCandidate> fixed = DocumentPairing.settled(given, profiles.keySet());
    settled.forEach(copies::remove);
    List<DocumentCandidate> candidates =
        DocumentPairing.candidates(
            profiles.values().stream().filter(profile -> !settled.contains(profile.id())).toList());
    Set<DocumentCandidate> refused = new HashSet<>();
    for (int round = 1; ; round++) {
      List<DocumentCandidate> assigned = new ArrayList<>(fixed);
      assigned.addAll(DocumentPairing.assigned(candidates, refused));
      assigned.sort(
          Comparator.comparing(DocumentCandidate::source).thenComparing(DocumentCandidate::target));
      align(assigned);
      List<DocumentCandidate> failed =
          assigned.stream()
              .filter(candidate -> pair(candidate).kind() == DocumentPair.Kind.UNRELATED)
              .toList();
      assigned.removeAll(failed);
      chosen = List.copyOf(assigned);
      if (!refused.addAll(failed) || round == ROUNDS) {
        return;
      }
    }
  }

  private String key(DocumentCandidate candidate) {
    return WorkFolder.key(
        documents.key(candidate.source()), documents.key(candidate.target()), alignerName);
  }

  DocumentPair pair(DocumentCandidate candidate) {
    return folder.pair(key(candidate));
  }

  private void align(List<DocumentCandidate> assigned) {
    List<DocumentCandidate> missing =
        assigned.stream().filter(candidate -> !folder.hasPair(key(candidate))).toList();
    AtomicLong done = new AtomicLong();
    record Aligned(DocumentCandidate candidate, DocumentPair pair) {}
    try (OrderedTasks<DocumentCandidate, Aligned> tasks =
        new OrderedTasks<>(
            threads,
            candidate -> {
              CorpusDocument source = documents.document(candidate.source());
              CorpusDocument target = documents.document(candidate.target());
              return new Aligned(candidate, aligner.align(source, target, cancellation));
            },
            aligned -> {
              folder.put(key(aligned.candidate), aligned.pair);
              progress.advanced("aligning", done.incrementAndGet(), missing.size());
            })) {
      missing.forEach(tasks::add);
      tasks.finish();
    }
  }

  /** The pairs of documents that hold, by the French name. */
  List<DocumentCandidate> chosen() {
    return chosen;
  }

  /** Names of copies, with the document that stands for each. */
  Map<String, String> copies() {
    return Collections.unmodifiableMap(copies);
  }

  /** Names of inputs that were not used, with the reason. */
  Map<String, String> unread() {
    return Collections.unmodifiableMap(unread);
  }

  /** All documents that were read. */
  Map<String, DocumentProfile> profiles() {
    return Collections.unmodifiableMap(profiles);
  }

  /** Number of pairs of sentences. */
  long count() {
    return chosen.stream().mapToLong(candidate -> pair(candidate).pairs().size()).sum();
  }

  /** Hands out all pairs of sentences in the order of their documents. */
  void forEach(Consumer<CorpusPair> pairs) {
    for (DocumentCandidate candidate : chosen) {
      cancellation.check();
      pair(candidate).pairs().forEach(pairs);
    }
  }
}
