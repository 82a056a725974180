package dev.verso.usecase.corpus.spark;

import dev.verso.file.WarcPages;
import dev.verso.text.InputException;
import dev.verso.usecase.corpus.RawDocument;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** Reads the documents of a part, in their order. */
final class PartReader {

  private static final int BUFFER = 1 << 16;

  private PartReader() {}

  static void read(InputPart part, Configuration configuration, Consumer<RawDocument> documents)
      throws IOException {
    for (InputPart.Entry file : part.files()) {
      Path path = new Path(file.path());
      switch (part.kind()) {
        case FILES -> {
          try (InputStream in = path.getFileSystem(configuration).open(path)) {
            documents.accept(RawDocument.ofFile(file.id(), file.language(), in.readAllBytes()));
          }
        }
        case CRAWL -> {
          try (InputStream in = path.getFileSystem(configuration).open(path)) {
            WarcPages.read(file.path(), in, page -> documents.accept(RawDocument.ofPage(page)));
          }
        }
        case LIST ->
            lines(
                part,
                configuration,
                (number, line) -> {
                  if (!line.isBlank()) {
                    documents.accept(RawDocument.ofLine(file.path(), number, line));
                  }
                });
        case TABLE -> rows(part, configuration, documents);
      }
    }
  }

  /** Told of a line with its number. */
  private interface Line {
    void accept(long number, String line);
  }

  /** Number of lines that begin in a part of a list. */
  static long lines(InputPart part, Configuration configuration) throws IOException {
    long[] count = new long[1];
    lines(part, configuration, (number, line) -> count[0]++);
    return count[0];
  }

  /** A line belongs to the part that holds its first byte. */
  private static void lines(InputPart part, Configuration configuration, Line lines)
      throws IOException {
    Path path = new Path(part.files().get(0).path());
    try (FSDataInputStream file = path.getFileSystem(configuration).open(path)) {
      long at = part.start();
      if (at > 0) {
        // What is before the first line feed from one byte earlier on begins in an earlier part.
        file.seek(at - 1);
      }
      InputStream in = new BufferedInputStream(file, BUFFER);
      if (at > 0) {
        at--;
        for (int b = in.read(); b >= 0; b = in.read()) {
          at++;
          if (b == '\n') {
            break;
          }
        }
      }
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      long number = Math.max(0, part.before());
      while (at < part.end()) {
        line.reset();
        int b = in.read();
        while (b >= 0 && b != '\n') {
          line.write(b);
          b = in.read();
        }
        if (b < 0 && line.size() == 0) {
          break;
        }
        at += line.size() + 1L;
        String text = line.toString(StandardCharsets.UTF_8);
        lines.accept(++number, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
      }
    }
  }

  private static void rows(
      InputPart part, Configuration configuration, Consumer<RawDocument> documents)
      throws IOException {
    String name = part.files().get(0).path();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(name), configuration))) {
      MessageType schema = reader.getFileMetaData().getSchema();
      PageReadStore pages = reader.readRowGroup((int) part.start());
      RecordReader<Group> records =
          new ColumnIOFactory()
              .getColumnIO(schema)
              .getRecordReader(pages, new GroupRecordConverter(schema));
      for (long row = 0; row < pages.getRowCount(); row++) {
        Group group = records.read();
        Map<String, String> cells = new HashMap<>();
        for (String column : List.of("id", "url", "lang", "licence", "text")) {
          if (schema.containsField(column) && group.getFieldRepetitionCount(column) > 0) {
            cells.put(column, group.getValueToString(schema.getFieldIndex(column), 0));
          }
        }
        documents.accept(RawDocument.ofRow(name, part.before() + row + 1, cells));
      }
    } catch (IndexOutOfBoundsException e) {
      throw new InputException("can't read " + name + ": " + e.getMessage(), e);
    }
  }
}
