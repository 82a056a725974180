package dev.verso.usecase.corpus.spark;

import dev.verso.text.InputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;

/**
 * The parts of a result while tasks write them: each attempt writes under a name of its own, and
 * the first that is whole gets the part's name, so that neither a task that fails nor one that is
 * run twice leaves anything double or half.
 */
final class PartFiles {

  private static final int BUFFER = 1 << 16;

  private PartFiles() {}

  /** Writes a part. */
  static void write(String folder, int part, byte[] content, Configuration configuration)
      throws IOException {
    Path whole = new Path(folder, name(part));
    FileSystem store = whole.getFileSystem(configuration);
    long attempt = TaskContext.get().taskAttemptId();
    Path mine = new Path(folder, "." + name(part) + "." + attempt);
    try (OutputStream out = store.create(mine, true)) {
      out.write(content);
    }
    if (!store.rename(mine, whole)) {
      // Another attempt was first; what it wrote is the same.
      store.delete(mine, false);
      if (!store.exists(whole)) {
        throw new IOException("can't rename " + mine + " to " + whole);
      }
    }
  }

  static String name(int part) {
    return String.format(Locale.ROOT, "part-%06d", part);
  }

  /**
   * Writes the parts of a folder one after the other.
   *
   * @throws IOException if one is missing
   */
  static void join(String folder, Layout layout, OutputStream out, Configuration configuration)
      throws IOException {
    for (int part = layout.earlierHomes(); part < layout.homes(); part++) {
      Path file = new Path(folder, name(part));
      try (InputStream in = file.getFileSystem(configuration).open(file)) {
        in.transferTo(out);
      }
    }
  }

  /** What writes a stream. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Writes a file whole or not at all. */
  static void publish(String file, Configuration configuration, Content content) {
    Path whole = new Path(file);
    Path part = new Path(whole.getParent(), "." + whole.getName() + ".part");
    try {
      FileSystem store = whole.getFileSystem(configuration);
      try (OutputStream out = new BufferedOutputStream(store.create(part, true), BUFFER)) {
        content.write(out);
      }
      store.delete(whole, false);
      if (!store.rename(part, whole)) {
        throw new IOException("can't rename " + part);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("can't write " + file + ": " + e.getMessage(), e);
    }
  }
}
