package dev.verso.usecase.corpus;

import dev.verso.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A corpus's files while they are written: under other names, until all are whole. What a killed
 * run left under such names is overwritten by the next.
 */
final class CorpusOutputs implements AutoCloseable {

  private final Path output;
  private final Map<Path, Path> parts = new TreeMap<>(); // final name: name while it is written

  /**
   * @throws InputException if the folder can't be made
   */
  CorpusOutputs(Path output) {
    this.output = output.toAbsolutePath();
    try {
      Files.createDirectories(Optional.ofNullable(this.output.getParent()).orElse(this.output));
    } catch (IOException e) {
      throw new InputException("can't write " + output + ": " + e.getMessage(), e);
    }
  }

  /** A file beside the corpus, or with an empty name the corpus itself. */
  Path part(String name) {
    Path whole = name.isEmpty() ? output : output.resolveSibling(stem(output) + "." + name);
    return parts.computeIfAbsent(
        whole, file -> file.resolveSibling("." + file.getFileName() + ".part"));
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\.jsonl$", "");
  }

  /** Gives all files their names, the corpus last. */
  void publish() throws IOException {
    for (Map.Entry<Path, Path> part : parts.entrySet()) {
      if (!part.getKey().equals(output) && Files.exists(part.getValue())) {
        Files.move(part.getValue(), part.getKey(), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.move(parts.get(output), output, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    for (Path part : parts.values()) {
      Files.deleteIfExists(part);
    }
  }
}
