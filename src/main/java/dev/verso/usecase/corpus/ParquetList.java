package dev.verso.usecase.corpus;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import dev.verso.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Documents in a Parquet file: columns {@code text} and, where there are any, the others. */
final class ParquetList {

  private ParquetList() {}

  private static final class Row
      implements Hydrator<Map<String, String>, Map<String, String>, String[]> {
    @Override
    public Map<String, String> start() {
      return new HashMap<>();
    }

    @Override
    public Map<String, String> add(Map<String, String> row, String[] column, Object value) {
      if (value != null) {
        row.put(column[0], value.toString());
      }
      return row;
    }

    @Override
    public Map<String, String> finish(Map<String, String> row) {
      return row;
    }
  }

  /**
   * Hands out the documents in the file's order.
   *
   * @throws InputException if it can't be read or a row has no text
   */
  static void read(Path file, Consumer<RawDocument> documents) {
    try (Stream<Map<String, String>> rows = ParquetReader.streamContent(file.toFile(), new Row())) {
      Iterator<Map<String, String>> iterator = rows.iterator();
      int number = 0;
      for (Optional<Map<String, String>> row = next(file, iterator);
          row.isPresent();
          row = next(file, iterator)) {
        documents.accept(RawDocument.ofRow(file.toString(), ++number, row.get()));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static Optional<Map<String, String>> next(Path file, Iterator<Map<String, String>> rows) {
    try {
      return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    } catch (RuntimeException e) {
      // Of a damaged file the library reports whatever it stumbles over.
      throw unreadable(file, e);
    }
  }

  private static InputException unreadable(Path file, Exception cause) {
    return new InputException("can't read " + file + ": " + cause.getMessage(), cause);
  }
}
