package dev.verso.store;

import dev.verso.text.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Notices that H2's file was truncated: H2 itself silently opens what is left, which may be last
 * year's database. Another file next to it records its length when it was closed, and from time to
 * time while it is open. An open file may shrink by itself, but not to less than half between two
 * records.
 */
final class FileLength {

  private static final String PREFIX = "jdbc:h2:file:";
  private static final String CLOSED = "closed ";
  private static final String OPEN = "open ";

  private final Path file;
  private final Path note;

  private FileLength(Path file, Path note) {
    this.file = file;
    this.note = note;
  }

  /** For a database by its URL; empty if it is not in a file of this machine. */
  static Optional<FileLength> of(String url) {
    if (!url.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String path = url.substring(PREFIX.length()).replaceFirst(";.*", "");
    return Optional.of(new FileLength(Path.of(path + ".mv.db"), Path.of(path + ".length")));
  }

  /**
   * Checks that the file is as long as it was.
   *
   * @throws InputException if it is shorter; the message names it and says what to do
   */
  void require() {
    String noted = noted();
    boolean closed = noted.startsWith(CLOSED);
    String number = noted.replaceFirst("^\\w+ ", "");
    if (!number.matches("\\d{1,18}")) {
      return;
    }
    long expected = Long.parseLong(number) / (closed ? 1 : 2);
    long found = Files.exists(file) ? file.toFile().length() : 0;
    if (found < expected) {
      throw new InputException(
          "the database "
              + file
              + " has "
              + found
              + " bytes and had "
              + number
              + (closed ? " when it was closed" : " when it was last used")
              + ": it was truncated or replaced. Put back the whole file, or 'verso restore' a backup"
              + " into an empty folder; to open what is left anyway, remove "
              + note);
    }
  }

  private String noted() {
    try {
      return Files.readString(note, StandardCharsets.US_ASCII).strip();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Records its length while it is open. */
  void noteOpen() {
    write(OPEN);
  }

  /** Records its length now that it is closed. */
  void noteClosed() {
    write(CLOSED);
  }

  private void write(String state) {
    try {
      if (Files.exists(file)) {
        Files.writeString(note, state + Files.size(file) + "\n", StandardCharsets.US_ASCII);
      }
    } catch (IOException e) {
      // A full disk: the older record is good enough.
      return;
    }
  }
}
