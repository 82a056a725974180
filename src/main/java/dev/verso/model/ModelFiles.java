package dev.verso.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model directory that is not loaded: its manifest and the hashes of its files. */
public final class ModelFiles {

  private ModelFiles() {}

  /** Whether the directory has a manifest, which pulling writes last. */
  public static boolean isComplete(Path directory) {
    return Files.isRegularFile(directory.resolve(Manifest.FILE));
  }

  /**
   * The directory's manifest.
   *
   * @throws ModelException if it is missing or malformed
   */
  public static Manifest manifest(Path directory) {
    return Manifest.read(directory);
  }

  /**
   * Compares each file with the hash in the manifest.
   *
   * @return a line for each file, all of them good
   * @throws ModelException if a file is missing or has another hash
   */
  public static List<String> verify(Path directory) {
    List<String> report = new ArrayList<>();
    if (!isComplete(directory)) {
      report.add("no " + Manifest.FILE + ": hashes are not known");
      return report;
    }
    for (Map.Entry<String, String> entry :
        new TreeMap<>(Manifest.read(directory).sha256()).entrySet()) {
      Path file = directory.resolve(entry.getKey());
      try {
        String found = TranslationModel.sha256(file);
        if (!found.equals(entry.getValue())) {
          throw new ModelException(
              file
                  + " is damaged: its SHA-256 is "
                  + found
                  + ", the manifest says "
                  + entry.getValue()
                  + ". Fetch it again");
        }
      } catch (IOException e) {
        throw new ModelException("the model file " + file + " can't be read: " + e, e);
      }
      report.add(entry.getKey() + ": hash as promised");
    }
    return report;
  }
}
