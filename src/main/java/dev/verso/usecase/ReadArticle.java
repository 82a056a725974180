package dev.verso.usecase;

import dev.verso.file.ExtractedText;
import dev.verso.file.FileKind;
import dev.verso.file.ReaderProcesses;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.InputFormat;
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
    return from(file.toString(), bytes(file), options, Cancellation.NONE);
  }

  /**
   * Reads what came as bytes: text and HTML as they are, of Word, PowerPoint, Excel, OpenDocument,
   * PDF, subtitles and XLIFF the running text, with its places in the file.
   *
   * @param name what the user calls it
   * @throws InputException if it cannot be read, or holds a program's messages, which are no prose
   * @throws dev.verso.text.UnreadableInputException if it is not text
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public static Document from(
      String name, byte[] content, ReadOptions options, Cancellation cancellation) {
    if (options.lines() || options.format() != InputFormat.AUTO) {
      return Documents.read(name, content, options, cancellation);
    }
    FileKind kind = FileKind.of(name, content);
    if (kind.holdsMessages()) {
      throw new InputException(
          name
              + " holds a program's messages ("
              + kind.extension()
              + "), no prose: 'verso translate' translates them in their own format; --format text"
              + " reads them as they are");
    }
    if (!ExtractedText.isFor(kind)) {
      return Documents.read(name, content, options, cancellation);
    }
    ExtractedText extracted =
        ExtractedText.of(kind, name, content, ReaderProcesses.SHARED, cancellation);
    return Documents.read(
            name, extracted.text(), options.withFormat(InputFormat.TEXT), cancellation)
        .takenFrom(content, extracted.places());
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
