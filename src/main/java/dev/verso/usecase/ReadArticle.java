package dev.verso.usecase;

import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.LineFile;
import dev.verso.text.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file in, a document out. Stateless. */
public final class ReadArticle {

  private ReadArticle() {}

  /**
   * Reads a file.
   *
   * @throws InputException if the file is missing or cannot be read
   * @throws dev.verso.text.UnreadableInputException if it is not text
   */
  public static Document from(Path file, ReadOptions options) {
    return Documents.read(file.toString(), bytes(file), options);
  }

  /**
   * The lines of a file of one segment a line.
   *
   * @throws InputException if the file is missing
   * @throws IOException if it is not UTF-8; the message names it
   */
  public static List<String> lines(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException("there is no file " + file);
    }
    return LineFile.read(file);
  }

  /**
   * The bytes of a file.
   *
   * @throws InputException if the file is missing or cannot be read
   */
  public static byte[] bytes(Path file) {
    if (!Files.exists(file)) {
      throw new InputException("there is no file " + file);
    }
    if (Files.isDirectory(file)) {
      throw new InputException(file + " is a folder; name a file");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException("can't read " + file + ": " + e.getMessage(), e);
    }
  }
}
