package dev.verso.service;

import static dev.verso.service.RunningService.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.text.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service as its clients meet it. */
class ServiceTest {

  private static final Path ARTICLE = Path.of("evaluation/articles/usine-riviere.txt");

  private static RunningService service;

  @BeforeAll
  static void start() {
    service =
        RunningService.start(
            "verso.limits.characters", "20000",
            "verso.limits.body", "300KB",
            "verso.cors.origins", "https://desk.example");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void answersAreGuarded() throws Exception {
    HttpResponse<String> response = service.json("/v1/translate", Map.of("text", "Il pleut."));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("sandbox");
  }

  @Test
  void segmentsAreToldAsTheyAreDecodedAndThenTheWhole() throws Exception {
    String article = Files.readString(ARTICLE);
    HttpResponse<String> response =
        service.json(
            "/v1/translate", Map.of("text", article, "beam", 1), "Accept", "text/event-stream");
    assertThat(response.statusCode()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    List<JsonNode> data = new ArrayList<>();
    for (String line : response.body().split("\n")) {
      if (line.startsWith("event:")) {
        names.add(line.substring(6).strip());
      } else if (line.startsWith("data:")) {
        data.add(RunningService.MAPPER.readTree(line.substring(5)));
      }
    }
    assertThat(names).hasSizeGreaterThan(3).endsWith("done");
    assertThat(names.subList(0, names.size() - 1)).containsOnly("segment");
    JsonNode whole = data.get(data.size() - 1);
    int next = 0;
    for (JsonNode block : whole.get("blocks")) {
      for (JsonNode segment : block.get("segments")) {
        if (segment.get("targetText").asText().isEmpty()) {
          continue;
        }
        JsonNode told = data.get(next++);
        assertThat(told.get("source")).isEqualTo(segment.get("source"));
        assertThat(told.get("targetText")).isEqualTo(segment.get("targetText"));
      }
    }
    assertThat(next).isEqualTo(data.size() - 1);
    assertThat(whole.get("blocks"))
        .isEqualTo(
            tree(service.json("/v1/translate", Map.of("text", article, "beam", 1))).get("blocks"));
  }

  @Test
  void otherFormatsAndFiles() throws Exception {
    HttpResponse<String> text =
        service.upload("/v1/translate", "../../a.html", "<p>Le chat dort.</p>", "to", "text");
    assertThat(text.body()).contains("cat").doesNotContain("<p>");
    HttpResponse<String> html =
        service.json("/v1/translate", Map.of("text", "Il pleut <script>.", "to", "html"));
    assertThat(html.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(html.body()).doesNotContain("<script>.");
  }

  @Test
  void quotesTracesAndAlignments() throws Exception {
    String said = "« Nous irons à Genève », a déclaré la ministre Anne Roy.";
    JsonNode quotes = tree(service.json("/v1/quotes", Map.of("text", said)));
    assertThat(quotes.at("/quotes/0/speaker_name").asText()).contains("Roy");
    JsonNode traces =
        tree(
            service.json(
                "/v1/trace",
                Map.of(
                    "text",
                    "Le maire a promis un parc. Il a plu toute la nuit.",
                    "english",
                    List.of("it rained all night", "quantum chromodynamics"))));
    assertThat(traces).hasSize(2);
    assertThat(traces.at("/1/match").asText()).isEqualTo("not-found");
    JsonNode beads =
        tree(
            service.json(
                "/v1/align",
                Map.of(
                    "source",
                    "Le chat dort sur la table.\nLe chien court dans la rue.",
                    "target",
                    "The cat sleeps on the table.\nThe dog runs in the street.",
                    "lines",
                    true,
                    "words",
                    true)));
    assertThat(beads.get("beads")).hasSize(2);
    assertThat(beads.at("/beads/0/links")).isNotEmpty();
    assertThat(tree(service.get("/v1/models")).at("/models/0/inUse").asBoolean()).isTrue();
  }

  @Test
  void badRequestsAreToldWhatIsWrongAndTheWayOut() throws Exception {
    record Case(HttpResponse<String> response, int status, String told) {}
    List<Case> cases =
        List.of(
            new Case(service.json("/v1/translate", Map.of()), 400, "text"),
            new Case(service.json("/v1/translate", Map.of("text", 5)), 400, "'text' is not a"),
            new Case(service.json("/v1/translate", Map.of("txet", "a")), 400, "'txet'"),
            new Case(service.json("/v1/translate", Map.of("text", "a", "beam", 65)), 400, "'beam'"),
            new Case(
                service.json("/v1/translate", Map.of("text", "a", "beam", 1.5)), 400, "'beam'"),
            new Case(service.json("/v1/translate", Map.of("text", "a", "to", "docx")), 400, "tsv"),
            new Case(service.post("/v1/translate", "application/json", "{\"a"), 400, "JSON"),
            new Case(service.post("/v1/translate", "application/json", "[1]"), 400, "object"),
            new Case(service.post("/v1/translate", "image/png", "x"), 415, "png"),
            new Case(service.post("/v1/translate", "rubbish", "x"), 415, "Content-Type"),
            new Case(service.get("/v1/nothing"), 404, "/v1/nothing"),
            new Case(service.get("/v1/translate"), 405, "GET"),
            new Case(service.get("/v1/jobs/1"), 404, "no such id"),
            new Case(
                service.json(
                    "/v1/translate",
                    Map.of(
                        "text",
                        "Der Minister sagte am Montag in Berlin, dass die Verhandlungen mit den"
                            + " Nachbarländern fortgesetzt werden sollen.")),
                400,
                "\"force\": true"),
            new Case(service.json("/v1/translate", Map.of("text", "é".repeat(20_001))), 413, "job"),
            new Case(
                service.json("/v1/translate", Map.of("text", "a".repeat(400_000))),
                413,
                "larger than"));
    for (Case one : cases) {
      assertThat(one.response.statusCode()).as(one.told).isEqualTo(one.status);
      JsonNode problem = tree(one.response);
      assertThat(problem.get("status").asInt()).isEqualTo(one.status);
      assertThat(problem.get("detail").asText()).contains(one.told).doesNotContain("Exception");
      assertThat(problem.get("requestId").asText())
          .isEqualTo(one.response.headers().firstValue("X-Request-Id").orElseThrow());
    }
    HttpResponse<String> named =
        service.get("/v1/nothing", "X-Request-Id", "mine-1", "Accept", "text/html");
    assertThat(named.headers().firstValue("X-Request-Id")).hasValue("mine-1");
  }

  @Test
  void invalidUtf8IsToldSo() throws Exception {
    byte[] body = "{\"text\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    HttpResponse<String> response =
        service.send(
            service
                .request("/v1/translate")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void theInterfaceDescribesItself() throws Exception {
    JsonNode api = tree(service.get("/v1/openapi"));
    assertThat(api.get("openapi").asText()).startsWith("3.1");
    assertThat(api.get("paths").fieldNames())
        .toIterable()
        .contains("/v1/translate", "/v1/align", "/v1/quotes", "/v1/trace", "/v1/jobs");
    // The examples run.
    int examples = 0;
    for (Map.Entry<String, JsonNode> path : api.get("paths").properties()) {
      JsonNode content = path.getValue().at("/post/requestBody/content/application~1json");
      JsonNode example = content.path("example");
      if (example.isMissingNode()) {
        for (JsonNode named : content.path("examples")) {
          example = named.path("value");
        }
      }
      if (!example.isMissingNode()) {
        String body = example.isTextual() ? example.asText() : example.toString();
        assertThat(service.post(path.getKey(), "application/json", body).statusCode())
            .as(path.getKey() + " " + body)
            .isBetween(200, 202);
        examples++;
      }
    }
    assertThat(examples).isGreaterThanOrEqualTo(6);
  }

  @Test
  void healthMetricsAndOrigins() throws Exception {
    assertThat(service.get("/v1/health/live").statusCode()).isEqualTo(200);
    assertThat(tree(service.get("/v1/health/ready")).get("model").asText()).isEqualTo("ok");
    service.json("/v1/translate", Map.of("text", "Il neige."));
    String metrics = service.get("/metrics").body();
    assertThat(metrics)
        .contains(
            "verso_words_total",
            "verso_queue{lane=\"bulk\"}",
            "verso_batches_total",
            "verso_cache_hits_total",
            "verso_requests_seconds_bucket",
            "verso_jobs_documents");
    HttpResponse<String> preflight =
        service.send(
            service
                .request("/v1/translate")
                .header("Origin", "https://desk.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://desk.example");
    assertThat(
            service
                .send(
                    service
                        .request("/v1/translate")
                        .header("Origin", "https://evil.example")
                        .header("Access-Control-Request-Method", "POST")
                        .method("OPTIONS", BodyPublishers.noBody()))
                .headers()
                .firstValue("Access-Control-Allow-Origin"))
        .isEmpty();
  }

  @Test
  void aClientThatLeavesTakesItsWorkAlong() throws Exception {
    String text =
        IntStream.range(0, 150)
            .mapToObj(i -> "Le conseil numéro " + i + " a adopté mardi une résolution longue. ")
            .reduce("", String::concat);
    byte[] body =
        RunningService.MAPPER.writeValueAsBytes(Map.of("text", text, "beam", 8, "force", true));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.uri("/").getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/translate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Content-Length: "
                  + body.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      out.flush();
      while (waiting() == 0) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    // What is left in line is dropped when its turn comes, so the next request is soon served.
    service.json("/v1/translate", Map.of("text", "Il grêle.", "beam", 1));
    assertThat(waiting()).isZero();
  }

  private static double waiting() throws IOException, InterruptedException {
    return service
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("verso_queue{lane=\"interactive\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  @Test
  void manyAtOnceAreServedOrToldToSlowDown() throws Exception {
    try (RunningService small =
        RunningService.start(
            "verso.limits.concurrent", "1",
            "verso.limits.waiting", "1",
            "verso.limits.requests-per-minute", "100")) {
      List<CompletableFuture<HttpResponse<String>>> all =
          IntStream.range(0, 12)
              .mapToObj(
                  i ->
                      small
                          .client()
                          .sendAsync(
                              small
                                  .request("/v1/translate")
                                  .header("Content-Type", "application/json")
                                  .POST(
                                      BodyPublishers.ofString(
                                          "{\"text\":\"La pluie numéro " + i + " tombe.\"}"))
                                  .build(),
                              BodyHandlers.ofString()))
              .toList();
      List<Integer> statuses = all.stream().map(one -> one.join().statusCode()).toList();
      assertThat(statuses).containsOnly(200, 429);
      HttpResponse<String> last = null;
      for (int i = 0; i < 120 && (last == null || last.statusCode() != 429); i++) {
        last = small.get("/v1/jobs");
      }
      assertThat(last.statusCode()).isEqualTo(429);
      assertThat(last.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
      assertThat(tree(last).get("code").asText()).isIn("rate-limit", "busy");
    }
  }

  @Test
  void otherMachinesNeedAKeyOrAnOpenDoor() {
    assertThatThrownBy(() -> RunningService.start("server.address", "0.0.0.0"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--open");
    RunningService.start("server.address", "0.0.0.0", "verso.open", "true").close();
    assertThatThrownBy(() -> RunningService.start("verso.limits.body", "much"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("verso.limits.body");
  }

  @Test
  void aCorpusIsBuiltAsAJob() throws IOException, InterruptedException {
    List<Map<String, String>> documents = new ArrayList<>();
    for (String name : List.of("1752.txt", "4445.txt", "9291.txt", "2147.txt")) {
      Path file = Path.of("evaluation", "laws", "documents", name);
      documents.add(Map.of("id", name, "text", Files.readString(file)));
    }
    HttpResponse<String> sent =
        service.json(
            "/v1/corpora",
            Map.of("documents", documents, "dedup", "none"),
            "Idempotency-Key",
            "laws");
    assertThat(sent.statusCode()).isEqualTo(202);
    HttpResponse<String> again =
        service.json(
            "/v1/corpora",
            Map.of("documents", documents, "dedup", "none"),
            "Idempotency-Key",
            "laws");
    assertThat(tree(again).get("id")).isEqualTo(tree(sent).get("id"));
    String location = sent.headers().firstValue("Location").orElseThrow();
    JsonNode job = service.ended(tree(sent).get("id").asText());
    assertThat(job.get("state").asText()).isEqualTo("done");
    byte[] archive =
        service
            .client()
            .send(
                service.request(location + "/documents/0").GET().build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body();
    Map<String, String> files = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(files.get("corpus.jsonl").lines().count()).isGreaterThan(50);
    assertThat(files.get("corpus.documents.jsonl")).contains("\"partner\":\"4445.txt\"");
    assertThat(files.get("corpus.datasheet.html")).contains("<svg");
    assertThat(service.json("/v1/corpora", Map.of("dedup", "some")).statusCode()).isEqualTo(400);
    assertThat(service.json("/v1/corpora", Map.of()).statusCode()).isEqualTo(400);
    // A list of paired files would name files of the service's machine.
    HttpResponse<String> list =
        service.upload("/v1/corpora", "pairs.tsv", "/etc/passwd\t/etc/hosts\n");
    assertThat(list.statusCode()).isEqualTo(400);
    assertThat(list.body()).contains("pairs.tsv");
    HttpResponse<String> table = service.upload("/v1/corpora", "documents.parquet", "PAR1");
    assertThat(table.statusCode()).isEqualTo(400);
    assertThat(table.body()).contains("documents.parquet").contains("lines of JSON");
  }
}
