package dev.verso.engine;

import dev.verso.model.ModelException;
import dev.verso.model.ModelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Makes sure before a model is used that its files are those its manifest was written for: damaged
 * weights translate, too, but wrongly. Hashes are compared when the name, size or date of a file
 * has changed since they last were, which a file in the data folder remembers.
 *
 * <p>Costs a look at each file's attributes, and reading all of them where one has changed.
 */
public final class VerifiedModels {

  private static final String MEMORY = "verified-models.tsv";

  private final Path folder;

  /**
   * @param folder where it is remembered; where that can't be written, hashes are compared each
   *     time
   */
  public VerifiedModels(Path folder) {
    this.folder = folder;
  }

  /**
   * Verifies a model unless it has not changed since it was verified.
   *
   * @throws ModelException if a file is missing or is not what the manifest says
   */
  public void require(Path directory) {
    if (!ModelFiles.isComplete(directory)) {
      return;
    }
    String line = directory.toAbsolutePath().normalize() + "\t" + state(directory);
    List<String> known = known();
    if (known.contains(line)) {
      return;
    }
    ModelFiles.verify(directory);
    String path = line.substring(0, line.indexOf('\t') + 1);
    List<String> now = new ArrayList<>(known.stream().filter(l -> !l.startsWith(path)).toList());
    now.add(line);
    remember(now);
  }

  private static String state(Path directory) {
    StringBuilder state = new StringBuilder();
    new TreeMap<>(ModelFiles.manifest(directory).sha256())
        .forEach(
            (name, hash) -> {
              Path file = directory.resolve(name);
              try {
                state
                    .append(name)
                    .append(' ')
                    .append(Files.size(file))
                    .append(' ')
                    .append(Files.getLastModifiedTime(file).toMillis())
                    .append(' ')
                    .append(hash)
                    .append(' ');
              } catch (IOException e) {
                throw new ModelException("the model file " + file + " can't be read: " + e, e);
              }
            });
    return state.toString().strip();
  }

  private List<String> known() {
    try {
      return Files.readAllLines(folder.resolve(MEMORY), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return List.of();
    }
  }

  private void remember(List<String> lines) {
    try {
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, MEMORY, ".tmp");
      try {
        Files.write(fresh, lines, StandardCharsets.UTF_8);
        Files.move(
            fresh,
            folder.resolve(MEMORY),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      // A folder that can't be written to, as in a container: the next start compares again.
      return;
    }
  }
}
