package dev.verso.service;

import static dev.verso.service.RunningService.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the service keeps, as its clients meet it, whatever database it is kept in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KeepingContract {

  private static final Path ARTICLE = Path.of("evaluation/articles/usine-riviere.txt");

  private RunningService service;

  /** A service on a new, empty database. */
  abstract RunningService start(String... settings);

  @BeforeAll
  void open() {
    service = start();
  }

  @AfterAll
  void close() {
    service.close();
  }

  @Test
  void anArticleIsKeptCorrectedAndForgotten() throws Exception {
    String text = "Le ministre a parlé lundi à Paris. Il a promis un pont.";
    HttpResponse<String> translated =
        service.json("/v1/translate", Map.of("text", text, "name", "pont.txt", "keep", true));
    String place = translated.headers().firstValue("Location").orElseThrow();
    JsonNode kept = tree(service.get(place));
    assertThat(kept.get("text").asText()).isEqualTo(text);
    assertThat(kept.get("bitext")).isEqualTo(tree(translated));
    assertThat(kept.get("segments").asInt()).isEqualTo(2);

    String better = "He promised to build a bridge.";
    assertThat(put(place + "/segments/1", Map.of("target", better)).statusCode()).isEqualTo(200);
    assertThat(put(place + "/segments/1", Map.of("target", better + " ")).statusCode())
        .isEqualTo(200);
    assertThat(tree(service.get(place)).get("edits").get("1").asText()).isEqualTo(better);
    assertThat(service.get(place + "/export?to=text").body()).contains(better);
    JsonNode memory = tree(service.get("/v1/memories")).get("memories").get(0);
    assertThat(memory.get("name").asText()).isEqualTo("Corrections");
    assertThat(memory.get("units").asInt()).isEqualTo(1);
    Map<String, Object> again =
        Map.of("text", text, "memory", memory.get("id").asText(), "to", "text");
    assertThat(service.json("/v1/translate", again).body()).contains(better);

    assertThat(delete(place + "/segments/1").statusCode()).isEqualTo(204);
    assertThat(tree(service.get(place)).get("edits")).isEmpty();
    assertThat(service.json("/v1/translate", again).body()).doesNotContain(better);
    assertThat(put(place + "/segments/2", Map.of("target", "x")).body())
        .contains("segments 0 to 1");
    assertThat(put(place + "/segments/0", Map.of("target", " ")).statusCode()).isEqualTo(400);
    assertThat(
            service
                .json("/v1/translate", Map.of("text", text, "keep", true, "to", "text"))
                .statusCode())
        .isEqualTo(400);
    assertThat(service.get(place + "/export?to=mp3").body()).contains("no format 'mp3'");

    assertThat(delete(place).statusCode()).isEqualTo(204);
    assertThat(service.get(place).statusCode()).isEqualTo(404);
    assertThat(tree(service.get("/v1/articles")).get("articles")).isEmpty();
    assertThat(delete("/v1/memories/" + memory.get("id").asText()).statusCode()).isEqualTo(204);
  }

  @Test
  void keptArticlesTakeStorage() throws Exception {
    try (RunningService small = start("verso.limits.storage", "2KB")) {
      Map<String, Object> asked = Map.of("text", "Il pleut à Paris. ".repeat(20), "keep", true);
      assertThat(small.json("/v1/translate", asked).statusCode()).isEqualTo(200);
      HttpResponse<String> full = small.json("/v1/translate", asked);
      assertThat(full.statusCode()).isEqualTo(413);
      assertThat(full.body()).contains("DELETE /v1/articles");
      assertThat(tree(small.get("/v1/articles")).get("articles")).hasSize(1);
    }
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return service.send(service.request(path).DELETE());
  }

  private HttpResponse<String> put(String path, Map<String, String> body) throws Exception {
    return service.send(
        service
            .request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(RunningService.MAPPER.writeValueAsString(body))));
  }

  @Test
  void aJobIsTranslatedToTheEnd() throws Exception {
    List<Map<String, String>> documents =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    Map.of(
                        "name", "d" + i + ".txt",
                        "text", "La ville numéro " + i + " a voté lundi."))
            .toList();
    HttpResponse<String> accepted =
        service.json(
            "/v1/jobs",
            Map.of("documents", documents, "to", "text", "beam", 1),
            "Idempotency-Key",
            "once");
    assertThat(accepted.statusCode()).isEqualTo(202);
    String id = tree(accepted).get("id").asText();
    assertThat(accepted.headers().firstValue("Location")).hasValue("/v1/jobs/" + id);
    JsonNode again =
        tree(
            service.json(
                "/v1/jobs",
                Map.of("documents", documents, "to", "text", "beam", 1),
                "Idempotency-Key",
                "once"));
    assertThat(again.get("id").asText()).isEqualTo(id);
    JsonNode job = service.ended(id);
    assertThat(job.get("state").asText()).isEqualTo("done");
    assertThat(job.at("/documents/done").asInt()).isEqualTo(6);
    assertThat(job.get("progress").asDouble()).isEqualTo(1);
    for (int i = 0; i < 6; i++) {
      HttpResponse<String> result = service.get("/v1/jobs/" + id + "/documents/" + i);
      assertThat(result.body()).contains(Integer.toString(i));
      assertThat(result.headers().firstValue("Content-Disposition").orElse(""))
          .startsWith("attachment");
    }
    assertThat(tree(service.get("/v1/jobs/" + id + "/documents?from=4")).get("documents"))
        .hasSize(2);
    assertThat(service.get("/v1/jobs/" + id + "/documents/6").statusCode()).isEqualTo(404);
    assertThat(service.send(service.request("/v1/jobs/" + id).DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(service.get("/v1/jobs/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void aJobKeepsTheShapeOfFilesAndTellsWhatFails() throws Exception {
    JsonNode accepted =
        tree(
            service.json(
                "/v1/jobs",
                Map.of(
                    "to",
                    "document",
                    "documents",
                    List.of(
                        Map.of(
                            "name",
                            "a.html",
                            "text",
                            "<!doctype html><title>Le chat</title><p class=x>Le <b>chat</b>"
                                + " dort.</p>\n<ul><li>Le chien &amp; moi.</ul>")))));
    String id = accepted.get("id").asText();
    assertThat(service.ended(id).get("state").asText()).isEqualTo("done");
    HttpResponse<String> html = service.get("/v1/jobs/" + id + "/documents/0");
    assertThat(html.body())
        .contains("<p class=\"x\">", "<b>", "</b>", "<ul><li>", "&amp;", "cat")
        .startsWith("<!doctype html><title>");
    JsonNode german =
        tree(
            service.json(
                "/v1/jobs",
                Map.of(
                    "documents",
                    List.of(
                        Map.of(
                            "name",
                            "brief.txt",
                            "text",
                            "Der Minister sagte am Montag in Berlin, dass die Verhandlungen mit"
                                + " den Nachbarländern fortgesetzt werden sollen.")))));
    String failed = german.get("id").asText();
    assertThat(service.ended(failed).get("state").asText()).isEqualTo("failed");
    HttpResponse<String> why = service.get("/v1/jobs/" + failed + "/documents/0");
    assertThat(why.statusCode()).isEqualTo(409);
    assertThat(tree(why).get("detail").asText()).contains("brief.txt", "German");
    assertThat(
            service
                .json(
                    "/v1/jobs",
                    Map.of(
                        "to",
                        "document",
                        "documents",
                        List.of(Map.of("name", "a.docx", "text", "PK\u0003\u0004rubbish"))))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aJobIsCancelled() throws Exception {
    String text = Files.readString(ARTICLE);
    List<Map<String, String>> documents =
        IntStream.range(0, 40)
            .mapToObj(i -> Map.of("name", "d" + i, "text", text.replace("usine", "usine " + i)))
            .toList();
    String id = tree(service.json("/v1/jobs", Map.of("documents", documents))).get("id").asText();
    JsonNode cancelled =
        tree(
            service.send(
                service.request("/v1/jobs/" + id + "/cancel").POST(BodyPublishers.noBody())));
    assertThat(cancelled.get("state").asText()).isEqualTo("cancelled");
    assertThat(cancelled.at("/documents/cancelled").asInt()).isPositive();
    assertThat(service.get("/v1/jobs/" + id + "/documents/39").statusCode()).isEqualTo(409);
  }

  @Test
  void glossariesAndMemoriesAreKept() throws Exception {
    JsonNode kept =
        tree(service.json("/v1/glossaries", Map.of("name", "défense", "tsv", "OTAN\tNATO\n")));
    String id = kept.get("id").asText();
    assertThat(kept.get("entries").asInt()).isEqualTo(1);
    assertThat(service.get("/v1/glossaries/" + id).body()).isEqualTo("OTAN\tNATO\n");
    assertThat(service.json("/v1/glossaries", Map.of("name", "x", "tsv", "OTAN")).body())
        .contains("line 1");
    for (String unkept : List.of("a\u0000\tb", "a\uD83D\tb", "a\tb\uDE00")) {
      assertThat(
              service
                  .post(
                      "/v1/glossaries",
                      "application/json",
                      "{\"name\":\"x\",\"tsv\":\"%s\"}".formatted(escaped(unkept)))
                  .statusCode())
          .as(escaped(unkept))
          .isEqualTo(400);
    }
    String tmx =
        "<?xml version=\"1.0\"?><tmx version=\"1.4\"><body><tu><tuv xml:lang=\"fr\"><seg>Oui."
            + "</seg></tuv><tuv xml:lang=\"en-GB\"><seg>Yes.</seg></tuv></tu></body></tmx>";
    assertThat(
            tree(service.json("/v1/memories", Map.of("name", "m", "tmx", tmx)))
                .get("units")
                .asInt())
        .isEqualTo(1);
    String memory = tree(service.get("/v1/memories")).at("/memories/0/id").asText();
    JsonNode remembered =
        tree(service.json("/v1/translate", Map.of("text", "Oui. Il pleut.", "memory", memory)))
            .at("/blocks/0/segments/0");
    assertThat(remembered.get("targetText").asText()).isEqualTo("Yes.");
    assertThat(remembered.get("notes").toString()).contains("memory");
    String job =
        tree(service.json(
                "/v1/jobs",
                Map.of(
                    "documents",
                    List.of(Map.of("text", "Oui. L’OTAN a parlé.")),
                    "memory",
                    memory,
                    "glossary",
                    id,
                    "to",
                    "text")))
            .get("id")
            .asText();
    assertThat(service.ended(job).get("state").asText()).isEqualTo("done");
    assertThat(service.get("/v1/jobs/" + job + "/documents/0").body())
        .startsWith("Yes.")
        .contains("NATO");
    for (String field : List.of("memory", "glossary")) {
      String nobody = "00000000-0000-0000-0000-000000000000";
      assertThat(service.json("/v1/translate", Map.of("text", "Oui.", field, nobody)).statusCode())
          .isEqualTo(404);
      assertThat(
              service
                  .json(
                      "/v1/jobs",
                      Map.of("documents", List.of(Map.of("text", "Oui.")), field, nobody))
                  .statusCode())
          .isEqualTo(404);
    }
    String attack =
        "<?xml version=\"1.0\"?><!DOCTYPE tmx [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            + tmx.substring(21).replace("Oui.", "&x;");
    HttpResponse<String> refused = service.json("/v1/memories", Map.of("name", "m", "tmx", attack));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).doesNotContain("root:");
  }

  @Test
  void theJsonIsTheSameWhateverTheDatabase() throws Exception {
    JsonNode accepted =
        tree(
            service.json(
                "/v1/jobs",
                Map.of(
                    "to",
                    "text",
                    "beam",
                    1,
                    "documents",
                    List.of(
                        Map.of("name", "é\uD83D\uDE00\u0000.txt", "text", "Il pleut.\u0000"),
                        Map.of(
                            "text",
                            "Der Minister sagte am Montag in Berlin, dass die Verhandlungen mit"
                                + " den Nachbarländern fortgesetzt werden sollen.")))));
    String id = accepted.get("id").asText();
    service.ended(id);
    String job = service.get("/v1/jobs/" + id).body();
    assertThat(unnamed(job))
        .isEqualTo(
            "{'id':'ID','state':'done','documents':{'done':1,'failed':1,'total':2},"
                + "'progress':1.0,'characters':10,'options':{'to':'text','beam':1,'all':false,"
                + "'force':false,'format':'auto'},'created':'TIME','finished':'TIME'}");
    assertThat(service.get("/v1/jobs").body()).contains(job);
    assertThat(unnamed(service.get("/v1/jobs/" + id + "/documents").body()))
        .startsWith(
            "{'documents':[{'position':0,'name':'é\\uD83D\\uDE00.txt','state':'done','progress':1.0,"
                + "'characters':10,'mediaType':'text/plain; charset=utf-8'},{'position':1,"
                + "'name':'document-1.txt','state':'failed','progress':1.0,'characters':0,"
                + "'error':'document-1.txt looks like German");
    assertThat(
            unnamed(
                service.json("/v1/glossaries", Map.of("name", "p", "tsv", "a\tb\nc\td")).body()))
        .isEqualTo("{'id':'ID','name':'p','entries':2,'created':'TIME'}");
  }

  /** As in ASCII JSON, which can hold half of a surrogate pair. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(unit -> escaped.append("\\u%04x".formatted(unit)));
    return escaped.toString();
  }

  /** JSON with single quotes, without what is another each time. */
  private static String unnamed(String json) {
    return json.replace('"', '\'')
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "TIME");
  }

  @Test
  void healthAndMetricsTellOfTheDatabase() throws Exception {
    assertThat(tree(service.get("/v1/health/ready")).get("database").asText()).isEqualTo("ok");
    assertThat(service.get("/metrics").body())
        .contains(
            "verso_jobs_documents{state=\"waiting\"}", "verso_jobs_documents{state=\"running\"}");
  }

  @Test
  void keysScopesAndQuotas() throws Exception {
    try (RunningService keyed = start()) {
      String admin =
          tree(keyed.json(
                  "/v1/keys",
                  Map.of("name", "chief", "scopes", List.of("admin", "jobs", "translate")),
                  keyed.setup()))
              .get("secret")
              .asText();
      String[] chief = {"Authorization", "Bearer " + admin};
      String small =
          tree(keyed.json(
                  "/v1/keys",
                  Map.of("name", "small", "scopes", List.of("translate"), "quota", 30),
                  chief))
              .get("secret")
              .asText();
      String[] reader = {"X-Api-Key", small};
      Map<String, String> text = Map.of("text", "Il pleut à verse.");
      assertThat(keyed.json("/v1/translate", text).statusCode()).isEqualTo(401);
      assertThat(keyed.json("/v1/translate", text, "X-Api-Key", "no").statusCode()).isEqualTo(401);
      assertThat(keyed.json("/v1/translate", text, reader).statusCode()).isEqualTo(200);
      HttpResponse<String> over = keyed.json("/v1/translate", text, reader);
      assertThat(over.statusCode()).isEqualTo(429);
      assertThat(tree(over).get("code").asText()).isEqualTo("quota-exceeded");
      assertThat(keyed.get("/v1/jobs", reader).statusCode()).isEqualTo(403);
      assertThat(keyed.get("/v1/keys", reader).statusCode()).isEqualTo(403);
      String sender =
          tree(keyed.json(
                  "/v1/keys",
                  Map.of("name", "sender", "scopes", List.of("jobs"), "quota", 12),
                  chief))
              .get("secret")
              .asText();
      Map<String, Object> once =
          Map.of("documents", List.of(Map.of("name", "a", "text", "Il pleut.")));
      for (int i = 0; i < 3; i++) {
        // Sent again it is the same job, which is counted once.
        HttpResponse<String> sent =
            keyed.json("/v1/jobs", once, "X-Api-Key", sender, "Idempotency-Key", "same");
        assertThat(sent.statusCode()).isEqualTo(202);
      }
      assertThat(keyed.json("/v1/jobs", once, "X-Api-Key", sender).statusCode()).isEqualTo(429);
      String job =
          tree(keyed.json(
                  "/v1/jobs",
                  Map.of("documents", List.of(Map.of("name", "a", "text", "Il pleut."))),
                  chief))
              .get("id")
              .asText();
      assertThat(keyed.ended(job, chief).get("state").asText()).isEqualTo("done");
      String listed = keyed.get("/v1/keys", chief).body();
      assertThat(listed).doesNotContain(small).doesNotContain("hash");
      assertThat(unnamed(listed))
          .isEqualTo(
              "{'keys':[{'id':'ID','name':'chief','scopes':['admin','jobs','translate'],"
                  + "'created':'TIME'},{'id':'ID','name':'small','scopes':['translate'],"
                  + "'quota':30,'created':'TIME'},{'id':'ID','name':'sender','scopes':['jobs'],"
                  + "'quota':12,'created':'TIME'}]}");
      String id = "";
      for (JsonNode key : RunningService.MAPPER.readTree(listed).get("keys")) {
        id = key.get("name").asText().equals("small") ? key.get("id").asText() : id;
      }
      assertThat(keyed.send(keyed.request("/v1/keys/" + id).headers(chief).DELETE()).statusCode())
          .isEqualTo(204);
      assertThat(keyed.json("/v1/translate", text, reader).statusCode()).isEqualTo(401);
      HttpResponse<byte[]> backup =
          keyed
              .client()
              .send(keyed.request("/v1/backup").headers(chief).build(), BodyHandlers.ofByteArray());
      assertThat(backup.statusCode()).isEqualTo(200);
      assertThat(backup.body()).startsWith(0x1f, 0x8b);
      assertThat(keyed.get("/v1/backup", reader).statusCode()).isEqualTo(401);
      assertThat(
              keyed
                  .json("/translate", Map.of("q", "Oui.", "source", "fr", "target", "en"))
                  .statusCode())
          .isEqualTo(403);
      assertThat(
              keyed
                  .json(
                      "/translate",
                      Map.of("q", "Oui.", "source", "fr", "target", "en", "api_key", admin))
                  .statusCode())
          .isEqualTo(200);
    }
  }
}
