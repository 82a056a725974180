package dev.verso.service;

import static dev.verso.service.RunningService.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LibreTranslate's interface on the wire. */
class LibreTranslateTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start("verso.limits.characters", "5000");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void libreTranslateInAllItsShapes() throws Exception {
    Map<String, Object> one = Map.of("q", "Le chat dort.", "source", "fr", "target", "en");
    JsonNode plain = tree(service.json("/translate", one));
    assertThat(plain.get("translatedText").asText()).containsIgnoringCase("cat");
    assertThat(plain.has("detectedLanguage")).isFalse();
    assertThat(plain.has("alternatives")).isFalse();
    JsonNode batch =
        tree(
            service.json(
                "/translate",
                Map.of(
                    "q",
                    List.of("Le chat dort dans la cuisine.", "Il pleut."),
                    "source",
                    "auto",
                    "target",
                    "en",
                    "alternatives",
                    2)));
    assertThat(batch.get("translatedText")).hasSize(2);
    assertThat(batch.get("detectedLanguage")).hasSize(2);
    assertThat(batch.at("/detectedLanguage/0/language").asText()).isEqualTo("fr");
    assertThat(batch.get("alternatives")).hasSize(2);
    JsonNode form =
        tree(
            service.post("/translate", FORM, "q=Le+chat+dort.%0D%0AIl+pleut.&source=fr&target=en"));
    assertThat(form.get("translatedText").asText()).contains("\n").doesNotContain("\r");
    JsonNode html =
        tree(
            service.json(
                "/translate",
                Map.of(
                    "q",
                    "<p>Le <i>chat</i> dort.</p>",
                    "source",
                    "fr",
                    "target",
                    "en",
                    "format",
                    "html")));
    assertThat(html.get("translatedText").asText()).contains("<i>", "</i>", "<p>");
    JsonNode query = tree(service.post("/translate?q=Bonjour.&source=fr&target=en", FORM, ""));
    assertThat(query.get("translatedText").asText()).isNotBlank();
  }

  @Test
  void libreTranslateTellsOfItself() throws Exception {
    JsonNode detected = tree(service.json("/detect", Map.of("q", "Où est la bibliothèque ?")));
    assertThat(detected.at("/0/language").asText()).isEqualTo("fr");
    assertThat(detected.at("/0/confidence").asDouble()).isBetween(1.0, 100.0);
    assertThat(
            tree(service.json(
                    "/detect",
                    Map.of("q", "Der Minister sagte am Montag in Berlin, dass er nichts wisse.")))
                .at("/0/language")
                .asText())
        .isEqualTo("de");
    JsonNode languages = tree(service.get("/languages"));
    assertThat(languages.at("/0/code").asText()).isEqualTo("fr");
    assertThat(languages.at("/0/targets")).isNotEmpty();
    JsonNode settings = tree(service.get("/frontend/settings"));
    assertThat(settings.get("charLimit").asInt()).isEqualTo(5000);
    assertThat(settings.get("keyRequired").asBoolean()).isFalse();
    assertThat(settings.get("supportedFilesFormat")).isNotEmpty();
    assertThat(tree(service.get("/health")).get("status").asText()).isEqualTo("ok");
  }

  private static JsonNode translated(Map<String, ?> body) throws Exception {
    HttpResponse<String> response = service.json("/translate", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return tree(response);
  }

  @Test
  void libreTranslateHasAlternatives() throws Exception {
    String sentence = "Le chat dort sur le canapé rouge.";
    JsonNode one =
        translated(Map.of("q", sentence, "source", "fr", "target", "en", "alternatives", 3));
    List<String> alternatives = new ArrayList<>();
    one.get("alternatives").forEach(alternative -> alternatives.add(alternative.asText()));
    assertThat(alternatives)
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(3)
        .doesNotHaveDuplicates()
        .doesNotContain(one.get("translatedText").asText())
        .allSatisfy(alternative -> assertThat(alternative).contains("cat").endsWith("."));
    assertThat(one.get("translatedText"))
        .isEqualTo(
            translated(Map.of("q", sentence, "source", "fr", "target", "en"))
                .get("translatedText"));
    JsonNode batch =
        translated(
            Map.of(
                "q",
                List.of("Il pleut.\n\n" + sentence, "The cat sleeps on the sofa."),
                "source",
                "auto",
                "target",
                "en",
                "alternatives",
                2));
    assertThat(batch.at("/alternatives/0/0").asText()).contains("\n\n").contains("cat");
    assertThat(batch.at("/alternatives/1")).isEmpty();
    assertThat(
            translated(
                    Map.of(
                        "q", "<p>Il pleut.</p>",
                        "source", "fr",
                        "target", "en",
                        "format", "html",
                        "alternatives", 2))
                .get("alternatives"))
        .isEmpty();
  }

  @Test
  void libreTranslateTellsLanguages() throws Exception {
    JsonNode english = translated(Map.of("q", "Hello world", "source", "auto", "target", "en"));
    assertThat(english.at("/detectedLanguage/language").asText()).isEqualTo("en");
    assertThat(english.at("/detectedLanguage/confidence").asDouble()).isBetween(1.0, 100.0);
    assertThat(english.get("translatedText").asText()).isEqualTo("Hello world");
    HttpResponse<String> german =
        service.json("/translate", Map.of("q", "Guten Morgen", "source", "auto", "target", "en"));
    assertThat(german.statusCode()).isEqualTo(400);
    assertThat(tree(german).get("error").asText()).isEqualTo("de is not supported");
    JsonNode languages = tree(service.get("/languages"));
    assertThat(languages).hasSize(2);
    for (JsonNode language : languages) {
      assertThat(language.get("name").asText()).isNotBlank();
      assertThat(language.get("targets"))
          .extracting(JsonNode::asText)
          .contains("en", language.get("code").asText());
    }
  }

  @Test
  void whatIsRefusedCostsNothing() throws Exception {
    try (RunningService keyed = RunningService.start()) {
      String secret =
          tree(keyed.json(
                  "/v1/keys",
                  Map.of("name", "k", "scopes", List.of("translate"), "quota", 20),
                  keyed.setup()))
              .get("secret")
              .asText();
      Map<String, Object> body = new HashMap<>();
      body.put("q", "Guten Morgen, wie geht es Ihnen heute?");
      body.put("source", "auto");
      body.put("target", "en");
      body.put("api_key", secret);
      assertThat(keyed.json("/translate", body).statusCode()).isEqualTo(400);
      body.put("q", List.of("Il neige.", "Il pleut encore."));
      // 25 characters of 20: neither of the two is counted.
      assertThat(keyed.json("/translate", body).statusCode()).isEqualTo(429);
      body.put("q", "Il neige aujourd'hui");
      assertThat(keyed.json("/translate", body).statusCode()).isEqualTo(200);
      body.put("q", "a");
      assertThat(keyed.json("/translate", body).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void aFileIsMeasuredInItsOwnUnits() throws Exception {
    // 4,500 characters, of which a good quarter takes two bytes.
    String accents = "L'été a été très gâté à côté. ".repeat(150);
    assertThat(accents.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(5000);
    HttpResponse<String> fits =
        service.upload("/translate_file", "a.txt", accents, "source", "fr", "target", "en");
    assertThat(fits.statusCode()).as(fits.body()).isEqualTo(200);
    HttpResponse<String> many =
        service.upload(
            "/translate_file", "a.txt", "e".repeat(5001), "source", "fr", "target", "en");
    assertThat(many.statusCode()).isEqualTo(413);
    assertThat(tree(many).get("error").asText()).contains("5001 characters", "(5000)");
    HttpResponse<String> huge =
        service.upload(
            "/translate_file", "a.txt", "e".repeat(20_001), "source", "fr", "target", "en");
    assertThat(huge.statusCode()).isEqualTo(413);
    assertThat(tree(huge).get("error").asText()).contains("a.txt has 20001 bytes", "20000");
  }

  @Test
  void aFileOfAnotherLanguageIsRefused() throws Exception {
    String german =
        "Der Minister sagte am Montag in Berlin, dass er von dieser Sache nichts gewusst habe.";
    HttpResponse<String> detected =
        service.upload("/translate_file", "a.txt", german, "source", "auto", "target", "en");
    assertThat(detected.statusCode()).isEqualTo(400);
    assertThat(tree(detected).get("error").asText()).contains("a.txt looks like German");
    for (String source : List.of("de", "en", "")) {
      assertThat(
              service
                  .upload("/translate_file", "a.txt", german, "source", source, "target", "en")
                  .statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void libreTranslateErrors() throws Exception {
    record Case(Map<String, ?> body, int status, String error) {}
    for (Case one :
        List.of(
            new Case(Map.of("source", "fr", "target", "en"), 400, "missing q parameter"),
            new Case(Map.of("q", "a", "source", "zz", "target", "en"), 400, "zz is not supported"),
            new Case(
                Map.of("q", "a", "source", "fr", "target", "en", "alternatives", 16),
                400,
                "alternatives parameter must be <= 15"),
            new Case(
                Map.of("q", "a", "source", "fr", "target", "en", "alternatives", "many"),
                400,
                "alternatives parameter is not a number"),
            new Case(Map.of("q", "a", "source", "fr", "target", "zz"), 400, "zz is not supported"),
            new Case(
                Map.of("q", "a".repeat(5001), "source", "fr", "target", "en"),
                400,
                "exceeds text limit (5000)"))) {
      HttpResponse<String> response = service.json("/translate", one.body);
      assertThat(response.statusCode()).isEqualTo(one.status);
      assertThat(tree(response).get("error").asText()).contains(one.error);
    }
    assertThat(tree(service.post("/translate", "application/json", "{")).has("error")).isTrue();
  }

  @Test
  void libreTranslateTranslatesFiles() throws Exception {
    HttpResponse<String> response =
        service.upload("/translate_file", "a.txt", "Le chat dort.", "source", "fr", "target", "en");
    String url = tree(response).get("translatedFileUrl").asText();
    HttpResponse<String> file = service.get(URI.create(url).getPath());
    assertThat(file.body()).containsIgnoringCase("cat");
    assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment");
    assertThat(service.get("/download_file/00000000-0000-0000-0000-000000000000.txt").statusCode())
        .isEqualTo(404);
  }
}
