package dev.verso.service;

import static dev.verso.service.RunningService.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
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

  @Test
  void libreTranslateErrors() throws Exception {
    record Case(Map<String, ?> body, int status, String error) {}
    for (Case one :
        List.of(
            new Case(Map.of("source", "fr", "target", "en"), 400, "missing q parameter"),
            new Case(Map.of("q", "a", "source", "zz", "target", "en"), 400, "zz is not supported"),
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
