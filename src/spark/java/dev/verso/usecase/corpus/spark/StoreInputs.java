package dev.verso.usecase.corpus.spark;

import dev.verso.file.WarcPages;
import dev.verso.text.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Inputs in any store that Hadoop reads, named as on one machine: a file by its path from the
 * folder that holds the input.
 */
final class StoreInputs {

  private final Configuration configuration;
  private final Map<String, FileStatus> files = new TreeMap<>();
  private final List<FileStatus> crawls = new ArrayList<>();
  private final List<FileStatus> lists = new ArrayList<>();
  private final Map<String, String> paired = new TreeMap<>();

  /**
   * @throws InputException if an input is missing
   */
  StoreInputs(List<String> inputs, Configuration configuration) {
    this.configuration = configuration;
    for (String input : inputs) {
      try {
        add(new Path(input));
      } catch (IOException e) {
        throw new InputException("can't read " + input + ": " + e.getMessage(), e);
      }
    }
    crawls.sort(Comparator.comparing(file -> file.getPath().toString()));
    lists.sort(Comparator.comparing(file -> file.getPath().toString()));
  }

  private void add(Path given) throws IOException {
    FileSystem store = given.getFileSystem(configuration);
    Path input = store.makeQualified(given);
    if (!store.exists(input)) {
      throw new InputException("there is no " + given);
    }
    FileStatus status = store.getFileStatus(input);
    Path base = input.getParent() == null ? input : input.getParent();
    String name = input.getName().toLowerCase(Locale.ROOT);
    if (status.isDirectory()) {
      walk(store, status, base);
    } else if (WarcPages.isNamed(name)) {
      crawls.add(status);
    } else if (name.endsWith(".jsonl") || name.endsWith(".parquet")) {
      lists.add(status);
    } else if (name.endsWith(".tsv")) {
      pairs(store, status, base);
    } else {
      put(base, status);
    }
  }

  private void walk(FileSystem store, FileStatus folder, Path base) throws IOException {
    FileStatus[] inside = store.listStatus(folder.getPath());
    Arrays.sort(inside);
    for (FileStatus file : inside) {
      String name = file.getPath().getName();
      if (file.isDirectory()) {
        walk(store, file, base);
      } else if (!name.startsWith(".")) {
        if (WarcPages.isNamed(name.toLowerCase(Locale.ROOT))) {
          crawls.add(file);
        } else {
          put(base, file);
        }
      }
    }
  }

  private String put(Path base, FileStatus file) {
    String whole = file.getPath().toUri().getPath();
    String parent = base.toUri().getPath();
    String id = whole.substring(parent.endsWith("/") ? parent.length() : parent.length() + 1);
    FileStatus other = files.put(id, file);
    if (other != null && !other.getPath().equals(file.getPath())) {
      throw new InputException(
          file.getPath()
              + " and "
              + other.getPath()
              + " would both be called "
              + id
              + ": rename a folder");
    }
    return id;
  }

  private void pairs(FileSystem store, FileStatus list, Path base) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(store.open(list.getPath()), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String where = list.getPath() + ", line " + number + ": ";
        String[] cells = line.split("\t");
        if (cells.length < 2) {
          throw new InputException(where + "wanted are two paths, French TAB English");
        }
        List<String> ids = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
          Path file = new Path(base, cells[side].strip());
          if (!store.exists(file)) {
            throw new InputException(where + "there is no file " + file);
          }
          ids.add(put(base, store.getFileStatus(file)));
        }
        String before = paired.put(ids.get(0), ids.get(1));
        if (before != null && !before.equals(ids.get(1))) {
          throw new InputException(where + ids.get(0) + " was already paired with " + before);
        }
      }
    }
  }

  /** Pairs that a list names: French name to English name. */
  Map<String, String> paired() {
    return Collections.unmodifiableMap(paired);
  }

  /** Bytes of all inputs. */
  long bytes() {
    long bytes = files.values().stream().mapToLong(FileStatus::getLen).sum();
    bytes += crawls.stream().mapToLong(FileStatus::getLen).sum();
    return bytes + lists.stream().mapToLong(FileStatus::getLen).sum();
  }

  /**
   * What tasks read; long lists and tables are split.
   *
   * @param partBytes about how much a task reads
   */
  List<InputPart> parts(long partBytes) {
    List<InputPart> parts = new ArrayList<>();
    List<InputPart.Entry> some = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<String, FileStatus> file : files.entrySet()) {
      String id = file.getKey();
      String language = paired.containsKey(id) ? "fr" : paired.containsValue(id) ? "en" : "";
      some.add(new InputPart.Entry(file.getValue().getPath().toString(), id, language));
      bytes += file.getValue().getLen();
      if (bytes >= partBytes) {
        parts.add(new InputPart(InputPart.Kind.FILES, List.copyOf(some), 0, 0, 0));
        some.clear();
        bytes = 0;
      }
    }
    if (!some.isEmpty()) {
      parts.add(new InputPart(InputPart.Kind.FILES, List.copyOf(some), 0, 0, 0));
    }
    for (FileStatus crawl : crawls) {
      parts.add(new InputPart(InputPart.Kind.CRAWL, named(crawl), 0, 0, 0));
    }
    for (FileStatus list : lists) {
      if (list.getPath().getName().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
        table(list, parts);
      } else {
        for (long start = 0; start < list.getLen(); start += partBytes) {
          long end = Math.min(list.getLen(), start + partBytes);
          parts.add(new InputPart(InputPart.Kind.LIST, named(list), start, end, -1));
        }
      }
    }
    return parts;
  }

  private static List<InputPart.Entry> named(FileStatus file) {
    return List.of(new InputPart.Entry(file.getPath().toString(), file.getPath().getName(), ""));
  }

  private void table(FileStatus list, List<InputPart> parts) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(list, configuration))) {
      long before = 0;
      int group = 0;
      for (BlockMetaData block : reader.getRowGroups()) {
        parts.add(new InputPart(InputPart.Kind.TABLE, named(list), group, group + 1, before));
        before += block.getRowCount();
        group++;
      }
    } catch (IOException e) {
      throw new InputException("can't read " + list.getPath() + ": " + e.getMessage(), e);
    }
  }
}
