package dev.verso.service;

import static dev.verso.service.RunningService.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.deepl.api.AuthorizationException;
import com.deepl.api.DeepLClient;
import com.deepl.api.DeepLClientOptions;
import com.deepl.api.DeepLException;
import com.deepl.api.DocumentHandle;
import com.deepl.api.DocumentStatus;
import com.deepl.api.DocumentTranslationException;
import com.deepl.api.GlossaryEntries;
import com.deepl.api.GlossaryInfo;
import com.deepl.api.Language;
import com.deepl.api.QuotaExceededException;
import com.deepl.api.TextResult;
import com.deepl.api.TextTranslationOptions;
import com.deepl.api.Translator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The interfaces of others: DeepL's with its own Java client, LibreTranslate's on the wire. */
class CompatibleTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private static RunningService service;
  private static Translator deepl;

  @BeforeAll
  static void start() {
    service = RunningService.start("verso.limits.characters", "5000");
    deepl = client(service, "any key");
  }

  private static Translator client(RunningService of, String key) {
    String url = of.uri("/").toString();
    DeepLClientOptions options = new DeepLClientOptions();
    options.setMaxRetries(0);
    options.setServerUrl(url.substring(0, url.length() - 1));
    return new DeepLClient(key, options);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void deeplTranslatesTextsInOrder() throws Exception {
    List<TextResult> results =
        deepl.translateText(
            List.of("Le chat dort.", "Où est la gare ?", "Le chien court dans la rue."),
            null,
            "en-GB");
    assertThat(results).hasSize(3);
    assertThat(results.get(0).getText()).containsIgnoringCase("cat");
    assertThat(results.get(2).getText()).containsIgnoringCase("dog");
    assertThat(results.get(0).getDetectedSourceLanguage()).isEqualTo("fr");
    assertThat(deepl.translateText("Bonjour.\n\nLe chat dort.", "fr", "en-US").getText())
        .contains("\n\n");
  }

  @Test
  void deeplKeepsTags() throws Exception {
    String html =
        deepl
            .translateText(
                "<p>Le <b>chat</b> dort &amp; rêve.</p>",
                "fr",
                "en-GB",
                new TextTranslationOptions().setTagHandling("html"))
            .getText();
    assertThat(html).startsWith("<p>").endsWith("</p>").contains("<b>", "</b>", "&amp;");
  }

  @Test
  void deeplTellsLanguagesAndUsage() throws Exception {
    assertThat(deepl.getSourceLanguages()).extracting(Language::getCode).containsExactly("fr");
    assertThat(deepl.getTargetLanguages())
        .extracting(Language::getCode)
        .containsExactlyInAnyOrder("en-GB", "en-US");
    long before = deepl.getUsage().getCharacter().getCount();
    deepl.translateText("Il neige.", "fr", "en-GB");
    assertThat(deepl.getUsage().getCharacter().getCount()).isEqualTo(before + 9);
  }

  @Test
  void deeplTranslatesDocumentsOnce() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DocumentStatus status =
        deepl.translateDocument(
            new ByteArrayInputStream("Le chat dort.\n".getBytes(StandardCharsets.UTF_8)),
            "chat.txt",
            out,
            "fr",
            "en-GB");
    assertThat(status.getStatus()).isEqualTo(DocumentStatus.StatusCode.Done);
    assertThat(out.toString(StandardCharsets.UTF_8)).containsIgnoringCase("cat").endsWith("\n");
    DocumentHandle handle =
        deepl.translateDocumentUpload(
            new ByteArrayInputStream("Le chien dort.".getBytes(StandardCharsets.UTF_8)),
            "chien.txt",
            "fr",
            "en-GB");
    deepl.translateDocumentWaitUntilDone(handle);
    deepl.translateDocumentDownload(handle, new ByteArrayOutputStream());
    assertThatThrownBy(() -> deepl.translateDocumentDownload(handle, new ByteArrayOutputStream()))
        .isInstanceOf(DeepLException.class);
    DocumentHandle guessed = new DocumentHandle(handle.getDocumentId(), "guess");
    assertThatThrownBy(() -> deepl.translateDocumentStatus(guessed))
        .isInstanceOf(DeepLException.class);
    assertThatThrownBy(
            () ->
                deepl.translateDocument(
                    new ByteArrayInputStream(new byte[] {'P', 'K', 3, 4, 0}),
                    "a.exe",
                    new ByteArrayOutputStream(),
                    "fr",
                    "en-GB"))
        .isInstanceOf(DocumentTranslationException.class)
        .hasMessageContaining("a.exe");
  }

  @Test
  void deeplKeepsGlossaries() throws Exception {
    GlossaryEntries entries = new GlossaryEntries(Map.of("OTAN", "NATO", "Moscou", "Moscow"));
    GlossaryInfo kept = deepl.createGlossary("défense", "fr", "en", entries);
    assertThat(kept.getEntryCount()).isEqualTo(2);
    assertThat(kept.isReady()).isTrue();
    assertThat(deepl.getGlossary(kept.getGlossaryId()).getName()).isEqualTo("défense");
    assertThat(deepl.listGlossaries())
        .extracting(GlossaryInfo::getGlossaryId)
        .contains(kept.getGlossaryId());
    assertThat(deepl.getGlossaryEntries(kept)).isEqualTo(entries);
    assertThat(deepl.getGlossaryLanguages()).hasSize(1);
    GlossaryInfo pact =
        deepl.createGlossary("pacte", "fr", "en", new GlossaryEntries(Map.of("accord", "pact")));
    assertThat(
            deepl
                .translateText(
                    "Un accord a été trouvé, a dit le ministre.",
                    "fr",
                    "en-GB",
                    new TextTranslationOptions().setGlossary(pact))
                .getText())
        .containsIgnoringCase("pact");
    deepl.createGlossaryFromCsv("csv", "fr", "en", "\"a, b\",c\n");
    deepl.deleteGlossary(kept);
    assertThatThrownBy(() -> deepl.getGlossary(kept.getGlossaryId()))
        .isInstanceOf(DeepLException.class);
  }

  @Test
  void deeplIsToldWhatGoesWrong() throws Exception {
    assertThatThrownBy(() -> deepl.translateText("Bonjour.", "fr", "de"))
        .isInstanceOf(DeepLException.class)
        .hasMessageContaining("target_lang");
    assertThatThrownBy(() -> deepl.translateText("x".repeat(6000), "fr", "en-GB"))
        .isInstanceOf(DeepLException.class);
    try (RunningService keyed = RunningService.start()) {
      String secret =
          tree(keyed.json(
                  "/v1/keys", Map.of("name", "k", "scopes", List.of("translate"), "quota", 10)))
              .get("secret")
              .asText();
      assertThatThrownBy(() -> client(keyed, "wrong").translateText("Oui.", "fr", "en-GB"))
          .isInstanceOf(AuthorizationException.class);
      Translator right = client(keyed, secret);
      right.translateText("Oui.", "fr", "en-GB");
      assertThat(right.getUsage().getCharacter().getLimit()).isEqualTo(10);
      assertThatThrownBy(() -> right.translateText("Oui, oui.", "fr", "en-GB"))
          .isInstanceOf(QuotaExceededException.class);
    }
  }

  @Test
  void deeplTakesForms() throws Exception {
    HttpResponse<String> response =
        service.post(
            "/v2/translate",
            FORM,
            "text=Le+chat+dort.&text=Il+pleut.&target_lang=en&source_lang=fr"
                + "&show_billed_characters=1",
            "Authorization",
            "DeepL-Auth-Key k");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode translations = tree(response).get("translations");
    assertThat(translations).hasSize(2);
    assertThat(translations.at("/0/billed_characters").asInt()).isEqualTo(13);
    assertThat(response.headers().firstValue("X-Trace-ID")).isPresent();
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
