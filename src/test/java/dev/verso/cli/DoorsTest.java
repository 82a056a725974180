package dev.verso.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.service.RunningService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever door is taken, the result is the same. */
class DoorsTest {

  private static final String QUOTES =
      "« Nous irons à Paris », a dit la ministre Anne Roy. Elle a ajouté que le projet coûterait"
          + " 12 millions d’euros. Selon le maire, « rien n’est décidé ».\n\nLe préfet, lui, promet"
          + " « une réponse avant le 3 mai ».\n";

  private static final String CAPITALS =
      "LE GOUVERNEMENT ANNONCE UNE RÉFORME\n\nLA MINISTRE A PARLÉ LUNDI À LYON.\n";

  private static RunningService service;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private Path input(String name) throws IOException {
    return switch (name) {
      case "quotes.txt" -> Files.writeString(folder.resolve(name), QUOTES);
      case "capitals.txt" -> Files.writeString(folder.resolve(name), CAPITALS);
      default -> Path.of("evaluation/articles").resolve(name);
    };
  }

  private static String printed(String... args) throws IOException {
    PrintStream out = System.out;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(caught, true, StandardCharsets.UTF_8)) {
      System.setOut(stream);
      assertThat(Main.run(args)).isIn(0, 3);
    } finally {
      System.setOut(out);
    }
    return caught.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode tree(String json) throws IOException {
    return nameless(RunningService.MAPPER.readTree(json));
  }

  private static JsonNode tree(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return tree(response.body());
  }

  /** What a document is called differs from door to door. */
  private static JsonNode nameless(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(List.of("name", "article"));
    }
    node.forEach(DoorsTest::nameless);
    return node;
  }

  @ParameterizedTest
  @ValueSource(strings = {"otan-moscou.txt", "grand-lac.html", "quotes.txt", "capitals.txt"})
  void aTranslationIsTheSameByCommandRequestStreamAndJob(String name) throws Exception {
    Path file = input(name);
    String text = Files.readString(file);
    JsonNode expected = tree(printed("translate", "--to", "json", file.toString()));
    if (!name.equals("capitals.txt")) {
      assertThat(expected.get("quotes")).isNotEmpty();
    }

    assertThat(tree(service.json("/v1/translate", Map.of("text", text)))).isEqualTo(expected);

    HttpResponse<String> stream =
        service.json("/v1/translate", Map.of("text", text), "Accept", "text/event-stream");
    List<String> data = stream.body().lines().filter(line -> line.startsWith("data:")).toList();
    assertThat(tree(data.get(data.size() - 1).substring(5))).isEqualTo(expected);
    int next = 0;
    for (JsonNode block : expected.get("blocks")) {
      for (JsonNode segment : block.get("segments")) {
        if (!segment.get("targetText").asText().isEmpty()) {
          JsonNode told = RunningService.MAPPER.readTree(data.get(next++).substring(5));
          for (String field : List.of("source", "targetText", "score", "quality", "notes")) {
            assertThat(told.get(field)).as(field).isEqualTo(segment.get(field));
          }
        }
      }
    }
    assertThat(next).isEqualTo(data.size() - 1);

    HttpResponse<String> accepted =
        service.json("/v1/jobs", Map.of("documents", List.of(Map.of("name", name, "text", text))));
    String id = RunningService.tree(accepted).get("id").asText();
    assertThat(service.ended(id).get("state").asText()).isEqualTo("done");
    assertThat(tree(service.get("/v1/jobs/" + id + "/documents/0"))).isEqualTo(expected);
  }

  @Test
  void anAlignmentIsTheSame() throws Exception {
    List<String> french =
        Files.readAllLines(Path.of("evaluation/sentences/Candide.fr")).subList(0, 30);
    List<String> english =
        Files.readAllLines(Path.of("evaluation/sentences/Candide.en")).subList(0, 25);
    Path source = Files.write(folder.resolve("a.fr"), french);
    Path target = Files.write(folder.resolve("a.en"), english);
    for (boolean fast : new boolean[] {false, true}) {
      String[] args = {"align", "--words", "--lines", source.toString(), target.toString()};
      if (fast) {
        args =
            new String[] {
              "align", "--fast", "--words", "--lines", source.toString(), target.toString()
            };
      }
      assertThat(
              tree(
                  service.json(
                      "/v1/align",
                      Map.of(
                          "source",
                          Files.readString(source),
                          "target",
                          Files.readString(target),
                          "words",
                          true,
                          "lines",
                          true,
                          "fast",
                          fast))))
          .isEqualTo(tree(printed(args)));
    }
  }

  @Test
  void quotesAreTheSame() throws Exception {
    for (String name : List.of("otan-moscou.txt", "grand-lac.html", "quotes.txt")) {
      Path file = input(name);
      assertThat(tree(service.json("/v1/quotes", Map.of("text", Files.readString(file)))))
          .isEqualTo(tree(printed("quotes", file.toString())));
    }
  }

  @Test
  void tracesAreTheSame() throws Exception {
    Path file = input("otan-moscou.txt");
    List<String> excerpts =
        List.of("eight Russian diplomats", "the office in Moscow", "never said");
    ArrayNode expected = RunningService.MAPPER.createArrayNode();
    printed(
            "trace",
            "--to",
            "json",
            "--english",
            excerpts.get(0),
            "--english",
            excerpts.get(1),
            "--english",
            excerpts.get(2),
            file.toString())
        .lines()
        .forEach(
            line -> {
              try {
                expected.add(tree(line));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertThat(
            tree(
                service.json(
                    "/v1/trace", Map.of("text", Files.readString(file), "english", excerpts))))
        .isEqualTo(expected);
  }

  @Test
  void checksAreTheSame() throws Exception {
    Path file = input("otan-moscou.txt");
    Path report =
        Files.writeString(
            folder.resolve("report.txt"),
            "\"We want no kind of equal dialogue,\" the minister said. He added that the office"
                + " would be closed.\n");
    JsonNode expected =
        tree(
            printed(
                "check",
                "--to",
                "json",
                "--quote",
                "any kind of equal dialogue",
                "--speaker",
                "Sergueï Lavrov",
                "--against",
                report.toString(),
                file.toString()));
    assertThat(expected.get("checks")).hasSizeGreaterThan(1);
    assertThat(
            tree(
                service.json(
                    "/v1/check",
                    Map.of(
                        "text", Files.readString(file),
                        "quotes", List.of("any kind of equal dialogue"),
                        "speaker", "Sergueï Lavrov",
                        "against", Files.readString(report)))))
        .isEqualTo(expected);
  }
}
