package dev.verso.cli.terminal;

import dev.verso.text.InputException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Where a result goes: standard output, or a file that is written whole or not at all. */
public final class ResultFile {

  /** Prints a result. */
  public interface Body {
    void write(Writer out) throws IOException;
  }

  private ResultFile() {}

  /**
   * Writes to a file, or to standard output if it is null.
   *
   * @throws InputException if the file can't be written
   */
  public static void write(Path file, Body body) throws IOException {
    if (file == null) {
      StringWriter text = new StringWriter();
      body.write(text);
      System.out.print(text);
      System.out.flush();
      return;
    }
    replace(
        file,
        partial -> {
          try (Writer out = Files.newBufferedWriter(partial, StandardCharsets.UTF_8)) {
            body.write(out);
          }
        });
  }

  /**
   * Writes bytes to a file, or to standard output if it is null.
   *
   * @throws InputException if the file can't be written
   */
  public static void write(Path file, byte[] content) throws IOException {
    if (file == null) {
      System.out.write(content);
      System.out.flush();
      return;
    }
    replace(file, partial -> Files.write(partial, content));
  }

  private interface Filling {
    void fill(Path partial) throws IOException;
  }

  private static void replace(Path file, Filling filling) {
    Path parent = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(parent);
      // Not createTempFile, whose files only their owner may read.
      Path partial = parent.resolve(".verso" + UUID.randomUUID() + ".part");
      try {
        filling.fill(partial);
      } catch (IOException | UncheckedIOException e) {
        Files.deleteIfExists(partial);
        throw e;
      }
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InputException("can't write " + file + ": " + e, e);
    }
  }
}
