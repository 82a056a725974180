package dev.verso.usecase.corpus;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import blue.strategic.parquet.ParquetWriter;
import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.corpus.CorpusProgress;
import dev.verso.engine.Engine;
import dev.verso.evaluation.corpus.CrawlTrial;
import dev.verso.evaluation.corpus.GeneratedDocuments;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import dev.verso.text.LineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small run on Spark, in its own process, beside the same run without it. */
class SparkCorpusTest {

  private static final Path LAWS = Path.of("evaluation", "laws", "documents");
  private static final Path SETS = Path.of("evaluation", "mt");

  @TempDir private Path folder;

  @BeforeAll
  static void sparkIsThere() {
    assumeTrue(
        Files.isRegularFile(Path.of("target", "spark", "verso-spark.jar")),
        "Spark is fetched by 'mvn -f src/spark/pom.xml package', as 'verso test' does");
  }

  private void sameOnSpark(String master, List<Path> inputs, RefinementOptions options)
      throws Exception {
    Path local = folder.resolve("local").resolve("corpus.jsonl");
    BuildCorpus.fast()
        .build(
            new BuildCorpus.Request(inputs, local, folder.resolve("local.work"), 2, options),
            CorpusProgress.SILENT,
            Cancellation.NONE);
    Path other = Files.createDirectories(folder.resolve("spark")).resolve("corpus.jsonl");
    List<String> arguments = new ArrayList<>(List.of("corpus", "build", "--spark", master));
    inputs.forEach(input -> arguments.add(input.toString()));
    arguments.addAll(List.of("-o", other.toString()));
    arguments.addAll(List.of("--dedup", options.deduplication().name()));
    options.exclude().forEach(file -> arguments.addAll(List.of("--exclude=" + file)));
    options.against().forEach(file -> arguments.addAll(List.of("--against=" + file)));
    Path log = folder.resolve("log");
    Process process =
        ClusterProcess.start(
                arguments, List.of("-Xmx1500m", "-XX:TieredStopAtLevel=1", "-Dverso.trace=true"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    for (String ending : List.of("jsonl", "rejected.jsonl", "documents.jsonl", "datasheet.json")) {
      assertThat(folder.resolve("spark").resolve("corpus." + ending))
          .hasSameTextualContentAs(folder.resolve("local").resolve("corpus." + ending));
    }
    assertThat(Files.size(other)).isGreaterThan(10_000);
    assertThat(folder.resolve("spark").resolve("corpus.work").resolve("events"))
        .isDirectoryRecursivelyContaining("glob:**events_1_*");
  }

  /** Files, a crawl, a list in several parts, a table; held-out sentences and another corpus. */
  @Test
  void theCorpusIsTheSame() throws Exception {
    List<String> french = LineFile.read(SETS.resolve("flores-dev.fr"));
    List<String> english = LineFile.read(SETS.resolve("flores-dev.en"));
    GeneratedDocuments.Sentences sentences = new GeneratedDocuments.Sentences(french, english);
    Path list = folder.resolve("list.jsonl");
    GeneratedDocuments.write(sentences, 200, 3, list);
    Path table = table(folder.resolve("other.jsonl"), sentences);
    Path crawls = Files.createDirectories(folder.resolve("crawl"));
    CrawlTrial.run(SETS.resolve("flores-dev.fr"), SETS.resolve("flores-dev.en"), 5, crawls);
    Path held = Files.writeString(folder.resolve("held.en"), english.get(7) + "\n");
    Path against =
        Files.writeString(
            folder.resolve("other.tsv"),
            french.get(20)
                + "\t"
                + english.get(20)
                + "\n"
                + french.get(20)
                + "!\t"
                + english.get(20)
                + "\n");
    sameOnSpark(
        "local[2]",
        List.of(LAWS, crawl(crawls), list, table),
        new RefinementOptions(
            RefinementOptions.DEFAULT.filters(),
            true,
            Deduplication.NEAR,
            List.of(held),
            List.of(against)));
  }

  /** A document that is shared out, short ones, one in English and one that can't be read. */
  @Test
  void theTranslationIsTheSame() throws Exception {
    List<String> french = LineFile.read(SETS.resolve("flores-dev.fr")).subList(0, 30);
    StringBuilder many = new StringBuilder();
    for (int k = 0; k < TranslatedPiece.SENTENCES + 20; k++) {
      many.append("Il a neigé ").append(k + 2).append(" fois.\n\n");
    }
    Path list =
        Files.write(
            folder.resolve("list.jsonl"),
            List.of(
                line("long", many.toString()),
                line("b", String.join(" ", french.subList(0, 2))),
                line("a", french.get(2)),
                line("english", "The snow fell all night on the roofs of the old town."),
                line("empty", " ")));
    Path local = folder.resolve("local.jsonl");
    TranslateCorpus.Result result;
    try (Engine engine = Engine.open(Path.of("models", "fr-en"), 2)) {
      result =
          new TranslateCorpus(engine)
              .translate(
                  new TranslateCorpus.Request(
                      List.of(list), local, folder.resolve("local.work"), 2, 1),
                  CorpusProgress.SILENT,
                  Cancellation.NONE);
    }
    assertThat(result.documents()).isEqualTo(3);
    Path spark = folder.resolve("spark.jsonl");
    Path log = folder.resolve("log");
    Process process =
        ClusterProcess.start(
                List.of(
                    "corpus",
                    "translate",
                    "--spark",
                    "local[2]",
                    list.toString(),
                    "-o",
                    spark.toString(),
                    "--beam",
                    "1",
                    "--model",
                    "models/fr-en"),
                List.of("-Xmx1500m", "-XX:TieredStopAtLevel=1", "-Dverso.trace=true"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    assertThat(spark).hasSameTextualContentAs(local);
    assertThat(folder.resolve("spark.documents.jsonl"))
        .hasSameTextualContentAs(folder.resolve("local.documents.jsonl"));
  }

  private static String line(String id, String text) throws IOException {
    return Json.PLAIN.writeValueAsString(Map.of("id", id, "text", text));
  }

  /** A list as Parquet. */
  private static Path table(Path list, GeneratedDocuments.Sentences sentences) throws IOException {
    GeneratedDocuments.write(sentences, 40, 7, list);
    Path table = list.resolveSibling("documents.parquet");
    MessageType schema =
        new MessageType(
            "document",
            List.of(
                Types.required(BINARY).as(stringType()).named("id"),
                Types.optional(BINARY).as(stringType()).named("lang"),
                Types.required(BINARY).as(stringType()).named("text")));
    try (ParquetWriter<JsonNode> rows =
        ParquetWriter.writeFile(
            schema,
            table.toFile(),
            (node, row) -> {
              row.write("id", "table/" + node.get("id").asText());
              row.write("text", node.get("text").asText());
            })) {
      for (String line : Files.readAllLines(list)) {
        rows.write(Json.PLAIN.readTree(line));
      }
    }
    return table;
  }

  private static Path crawl(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.warc(\\.gz)?"))
          .findFirst()
          .orElseThrow();
    }
  }
}
