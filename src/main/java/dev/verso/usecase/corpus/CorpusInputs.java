package dev.verso.usecase.corpus;

import dev.verso.file.WarcPages;
import dev.verso.text.InputException;
import dev.verso.text.LineFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a corpus is built from: folders and files, crawls, lists of paired files, lists of
 * documents.
 *
 * <p>A file's name in the corpus is its path from the folder that holds the input; a page's is its
 * address, a list's documents are named by the list.
 */
final class CorpusInputs {

  private final Map<String, Path> files = new TreeMap<>();
  private final List<Path> crawls = new ArrayList<>();
  private final List<Path> lists = new ArrayList<>();
  private final Map<String, String> paired = new TreeMap<>();

  private final long mostBytes;

  /**
   * @param mostBytes that all documents together may have
   * @throws InputException if an input is missing, or two different files have the same name
   */
  CorpusInputs(List<Path> inputs, long mostBytes) {
    this.mostBytes = mostBytes;
    if (inputs.isEmpty()) {
      throw new InputException(
          "name what to build from: folders, .warc(.gz), .tsv, .jsonl or .parquet");
    }
    for (Path input : inputs) {
      add(input);
    }
    Collections.sort(crawls);
    Collections.sort(lists);
  }

  private void add(Path input) {
    if (!Files.exists(input)) {
      throw new InputException("there is no " + input);
    }
    String name = input.getFileName().toString().toLowerCase(Locale.ROOT);
    Path base = Optional.ofNullable(input.toAbsolutePath().normalize().getParent()).orElse(input);
    if (Files.isDirectory(input)) {
      try (Stream<Path> all = Files.walk(input)) {
        for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
          String inside = file.getFileName().toString();
          if (inside.startsWith(".")) {
            continue;
          }
          if (WarcPages.isNamed(inside.toLowerCase(Locale.ROOT))) {
            crawls.add(file);
          } else {
            put(base, file);
          }
        }
      } catch (IOException e) {
        throw new InputException("can't read the folder " + input + ": " + e.getMessage(), e);
      }
    } else if (WarcPages.isNamed(name)) {
      crawls.add(input);
    } else if (name.endsWith(".jsonl") || isTable(input)) {
      lists.add(input);
    } else if (name.endsWith(".tsv")) {
      pairs(input);
    } else {
      put(base, input);
    }
  }

  private static boolean isTable(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  private String put(Path base, Path file) {
    Path whole = file.toAbsolutePath().normalize();
    String id = base.relativize(whole).toString().replace('\\', '/');
    Path other = files.put(id, whole);
    if (other != null && !other.equals(whole)) {
      throw new InputException(
          whole + " and " + other + " would both be called " + id + ": rename a folder");
    }
    return id;
  }

  /** A list of paired files: French TAB English, paths as seen from the list. */
  private void pairs(Path list) {
    List<String> lines;
    try {
      lines = LineFile.read(list);
    } catch (IOException e) {
      throw new InputException(e.getMessage(), e);
    }
    Path base = list.toAbsolutePath().normalize().getParent();
    for (int k = 0; k < lines.size(); k++) {
      if (lines.get(k).isBlank() || lines.get(k).startsWith("#")) {
        continue;
      }
      String[] cells = lines.get(k).split("\t");
      String where = list + ", line " + (k + 1) + ": ";
      if (cells.length < 2) {
        throw new InputException(where + "wanted are two paths, French TAB English");
      }
      List<String> ids = new ArrayList<>();
      for (int side = 0; side < 2; side++) {
        Path file = base.resolve(cells[side].strip());
        if (!Files.isRegularFile(file)) {
          throw new InputException(where + "there is no file " + file);
        }
        ids.add(put(base, file));
      }
      String before = paired.put(ids.get(0), ids.get(1));
      if (before != null && !before.equals(ids.get(1))) {
        throw new InputException(where + ids.get(0) + " was already paired with " + before);
      }
    }
  }

  /** Pairs that a list names: French name to English name. */
  Map<String, String> paired() {
    return Collections.unmodifiableMap(paired);
  }

  /** Whether a document's language is settled by a list of pairs: its tag, or empty. */
  private String languageInPairs(String id) {
    return paired.containsKey(id) ? "fr" : paired.containsValue(id) ? "en" : "";
  }

  /**
   * Hands out all documents, files by name, then crawls, then lists.
   *
   * @throws InputException if they are more than they may be
   */
  void forEach(Consumer<RawDocument> wanted) {
    long[] read = new long[1];
    Consumer<RawDocument> documents =
        document -> {
          read[0] += document.content().length;
          if (read[0] > mostBytes) {
            throw new InputException(
                "the documents have more than "
                    + mostBytes
                    + " bytes when they are unpacked, the most that is taken here; send fewer, or"
                    + " build with 'verso corpus build'");
          }
          wanted.accept(document);
        };
    files.forEach(
        (id, file) -> {
          try {
            documents.accept(RawDocument.ofFile(id, languageInPairs(id), Files.readAllBytes(file)));
          } catch (IOException e) {
            throw new InputException("can't read " + file + ": " + e.getMessage(), e);
          }
        });
    for (Path crawl : crawls) {
      WarcPages.read(crawl, page -> documents.accept(RawDocument.ofPage(page)));
    }
    for (Path list : lists) {
      listed(list, documents);
    }
  }

  private static void listed(Path list, Consumer<RawDocument> documents) {
    if (isTable(list)) {
      ParquetList.read(list, documents);
      return;
    }
    try (BufferedReader reader = Files.newBufferedReader(list)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        documents.accept(RawDocument.ofLine(list.toString(), number, line));
      }
    } catch (IOException e) {
      throw new InputException("can't read " + list + ": " + e, e);
    }
  }
}
