package dev.verso.usecase.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.verso.corpus.CorpusDocument;
import dev.verso.corpus.pairing.DocumentPair;
import dev.verso.text.InputException;
import dev.verso.text.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run has read, aligned and translated so far, in a folder: whoever runs again with the same
 * folder does only what is missing. Everything is found by the content it was made from, so nothing
 * stale is ever used. One run at a time.
 */
final class WorkFolder implements AutoCloseable {

  private final RandomAccessFile lockFile;
  private final FileLock lock;
  private final RecordLog documents;
  private final RecordLog aligned;
  private final RecordLog translated;

  /**
   * @throws InputException if another run uses the folder, or it can't be written
   */
  WorkFolder(Path folder) {
    try {
      Files.createDirectories(folder);
      lockFile = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
      FileLock taken;
      try {
        taken = lockFile.getChannel().tryLock();
      } catch (OverlappingFileLockException e) {
        taken = null;
      }
      if (taken == null) {
        lockFile.close();
        throw new InputException("another run is working in " + folder + "; wait for it");
      }
      lock = taken;
    } catch (IOException e) {
      throw new InputException("can't write into " + folder + ": " + e.getMessage(), e);
    }
    documents = new RecordLog(folder.resolve("documents.log"));
    aligned = new RecordLog(folder.resolve("aligned.log"));
    translated = new RecordLog(folder.resolve("translated.log"));
  }

  boolean hasDocument(String key) {
    return documents.contains(key);
  }

  void put(String key, DocumentIntake.Outcome outcome) {
    documents.add(
        key, outcome.document().map(WorkFolder::json).orElseGet(() -> json(outcome.reason())));
  }

  DocumentIntake.Outcome outcome(String key) {
    String value = documents.get(key);
    if (value.startsWith("\"")) {
      return DocumentIntake.Outcome.without(read(value, String.class));
    }
    return new DocumentIntake.Outcome(Optional.of(read(value, CorpusDocument.class)), "");
  }

  CorpusDocument document(String key) {
    return read(documents.get(key), CorpusDocument.class);
  }

  /** The key of a pair of documents, aligned in some way. */
  static String key(String source, String target, String aligner) {
    return source + target + aligner;
  }

  boolean hasPair(String key) {
    return aligned.contains(key);
  }

  void put(String key, DocumentPair pair) {
    aligned.add(key, json(pair));
  }

  DocumentPair pair(String key) {
    return read(aligned.get(key), DocumentPair.class);
  }

  /**
   * Translations of a piece of a document.
   *
   * @param targets a sentence each
   * @param qualities of each
   */
  record Translations(List<String> targets, List<Double> qualities) {}

  boolean hasTranslations(String key) {
    return translated.contains(key);
  }

  void put(String key, Translations translations) {
    translated.add(key, json(translations));
  }

  Translations translations(String key) {
    return read(translated.get(key), Translations.class);
  }

  private static String json(Object value) {
    try {
      return Json.PLAIN.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T read(String value, Class<T> type) {
    try {
      return Json.PLAIN.readValue(value, type);
    } catch (JsonProcessingException e) {
      throw new InputException(
          "the work folder is damaged: remove it and run again (" + e.getOriginalMessage() + ")",
          e);
    }
  }

  @Override
  public void close() {
    documents.close();
    aligned.close();
    translated.close();
    try {
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw new InputException("can't close the work folder: " + e.getMessage(), e);
    }
  }
}
