package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusDocument;
import dev.verso.corpus.CorpusProgress;
import dev.verso.text.Cancellation;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** The documents of a run, each read once into its work folder and known by its name. */
final class KnownDocuments {

  private final WorkFolder folder;
  private final int threads;
  private final CorpusProgress progress;
  private final Cancellation cancellation;

  private final Map<String, String> keys = new TreeMap<>(); // document name: key
  private final Map<String, String> dates = new TreeMap<>();

  KnownDocuments(
      WorkFolder folder, int threads, CorpusProgress progress, Cancellation cancellation) {
    this.folder = folder;
    this.threads = threads;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  private record Read(String key, RawDocument raw, DocumentIntake.Outcome outcome) {}

  /** Reads the inputs. */
  void read(CorpusInputs inputs) {
    DocumentIntake intake = new DocumentIntake(cancellation);
    AtomicLong done = new AtomicLong();
    try (OrderedTasks<RawDocument, Read> tasks =
        new OrderedTasks<>(
            threads,
            raw -> {
              cancellation.check();
              String key = raw.key();
              return folder.hasDocument(key)
                  ? new Read(key, raw, DocumentIntake.Outcome.without(""))
                  : new Read(key, raw, intake.read(raw));
            },
            read -> {
              if (!folder.hasDocument(read.key)) {
                folder.put(read.key, read.outcome);
              }
              enter(read.raw, read.key);
              progress.advanced("reading", done.incrementAndGet(), 0);
            })) {
      inputs.forEach(tasks::add);
      tasks.finish();
    }
  }

  /** Of two of the same name the later counts, of two as late the one of the smaller key. */
  private void enter(RawDocument raw, String key) {
    String before = keys.get(raw.id());
    if (before == null || RawDocument.replaces(raw.date(), key, dates.get(raw.id()), before)) {
      keys.put(raw.id(), key);
      dates.put(raw.id(), raw.date());
    }
  }

  /** Their names, in order. */
  Set<String> names() {
    return Collections.unmodifiableSet(keys.keySet());
  }

  /** The key of all that decides on what was read under a name. */
  String key(String name) {
    return keys.get(name);
  }

  /** What was read under a name. */
  DocumentIntake.Outcome outcome(String name) {
    return folder.outcome(keys.get(name));
  }

  /** The document of a name under which one was read. */
  CorpusDocument document(String name) {
    return folder.document(keys.get(name));
  }
}
