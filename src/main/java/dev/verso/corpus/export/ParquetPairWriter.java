package dev.verso.corpus.export;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import blue.strategic.parquet.ParquetWriter;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.Occurrence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * Writes Parquet, a row for each pair: {@code source}, {@code target} and for either side {@code
 * _document}, {@code _start}, {@code _end}; {@code quality}, {@code posterior}, {@code
 * document_score}, {@code margin} where known; {@code licence}, {@code hash}, {@code notes}, {@code
 * occurrences} as lines.
 */
public final class ParquetPairWriter implements PairWriter {

  private static final List<String> SCORES = List.of("quality", "posterior", "document", "margin");

  private static final MessageType SCHEMA =
      new MessageType(
          "pair",
          List.of(
              Types.required(BINARY).as(stringType()).named("source"),
              Types.required(BINARY).as(stringType()).named("target"),
              Types.required(BINARY).as(stringType()).named("source_document"),
              Types.required(INT32).named("source_start"),
              Types.required(INT32).named("source_end"),
              Types.required(BINARY).as(stringType()).named("target_document"),
              Types.required(INT32).named("target_start"),
              Types.required(INT32).named("target_end"),
              Types.optional(DOUBLE).named("quality"),
              Types.optional(DOUBLE).named("posterior"),
              Types.optional(DOUBLE).named("document_score"),
              Types.optional(DOUBLE).named("margin"),
              Types.required(BINARY).as(stringType()).named("licence"),
              Types.required(BINARY).as(stringType()).named("hash"),
              Types.required(BINARY).as(stringType()).named("notes"),
              Types.required(BINARY).as(stringType()).named("occurrences")));

  private final ParquetWriter<CorpusPair> rows;

  /**
   * @param file where to; must not be there yet
   */
  public ParquetPairWriter(Path file) throws IOException {
    rows =
        ParquetWriter.writeFile(
            SCHEMA,
            file.toFile(),
            (pair, row) -> {
              row.write("source", pair.source().text());
              row.write("target", pair.target().text());
              row.write("source_document", pair.source().document());
              row.write("source_start", pair.source().start());
              row.write("source_end", pair.source().end());
              row.write("target_document", pair.target().document());
              row.write("target_start", pair.target().start());
              row.write("target_end", pair.target().end());
              for (String score : SCORES) {
                if (pair.scores().containsKey(score)) {
                  String column = score.equals("document") ? "document_score" : score;
                  row.write(column, pair.score(score, 0));
                }
              }
              row.write("licence", pair.licence());
              row.write("hash", pair.hash());
              row.write("notes", String.join("\n", pair.notes()));
              row.write("occurrences", places(pair));
            });
  }

  private static String places(CorpusPair pair) {
    List<Occurrence> places = pair.occurrences();
    return places.stream().map(TmxPairWriter::text).collect(Collectors.joining("\n"));
  }

  @Override
  public void write(CorpusPair pair) throws IOException {
    rows.write(pair);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
