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
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * DeepL's interface with its own Java client, whatever database glossaries and documents are in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeepLContract {

  private static final String FORM = "application/x-www-form-urlencoded";

  private RunningService service;
  private Translator deepl;

  /** A service on a new, empty database. */
  abstract RunningService start(String... settings);

  @BeforeAll
  void open() {
    service = start("verso.limits.characters", "5000");
    deepl = client(service, "any key");
  }

  @AfterAll
  void close() {
    service.close();
  }

  private static Translator client(RunningService of, String key) {
    String url = of.uri("/").toString();
    DeepLClientOptions options = new DeepLClientOptions();
    options.setMaxRetries(0);
    options.setServerUrl(url.substring(0, url.length() - 1));
    return new DeepLClient(key, options);
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
    try (RunningService keyed = start()) {
      String secret =
          tree(keyed.json(
                  "/v1/keys",
                  Map.of("name", "k", "scopes", List.of("translate"), "quota", 10),
                  keyed.setup()))
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
}
