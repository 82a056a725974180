package dev.verso.usecase.corpus;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import dev.verso.text.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
      long[] number = new long[1];
      rows.forEach(row -> documents.accept(RawDocument.ofRow(file.toString(), ++number[0], row)));
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("can't read " + file + ": " + e.getMessage(), e);
    }
  }
}
