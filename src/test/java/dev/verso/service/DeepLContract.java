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
import com.deepl.api.DocumentTranslationOptions;
import com.deepl.api.Formality;
import com.deepl.api.GlossaryEntries;
import com.deepl.api.GlossaryInfo;
import com.deepl.api.GlossaryNotFoundException;
import com.deepl.api.Language;
import com.deepl.api.MultilingualGlossaryDictionaryEntries;
import com.deepl.api.MultilingualGlossaryInfo;
import com.deepl.api.QuotaExceededException;
import com.deepl.api.SentenceSplittingMode;
import com.deepl.api.TextResult;
import com.deepl.api.TextTranslationOptions;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * DeepL's interface with its own Java client, whatever database glossaries and documents are in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeepLContract {

  private static final String FORM = "application/x-www-form-urlencoded";

  private RunningService service;
  private DeepLClient deepl;

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

  private static DeepLClient client(RunningService of, String key) {
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

  private String translated(String text, TextTranslationOptions options) throws Exception {
    return deepl.translateText(text, "fr", "en-US", options).getText();
  }

  private static TextTranslationOptions xml() {
    return new TextTranslationOptions().setTagHandling("xml");
  }

  @Test
  void deeplKeepsXmlInsideSentences() throws Exception {
    assertThat(translated("<p>Le <b>maire</b> a <i>dit</i> non.</p>", xml()))
        .isEqualTo("<p>The <b>mayor</b> <i>said</i> no.</p>");
    assertThat(
            translated(
                "<doc><title>Le titre</title><par>Le chat dort.</par>\n<par>Il <![CDATA[pleut]]>"
                    + " &amp; neige.</par></doc>",
                xml()))
        .matches(
            "<doc><title>The title</title><par>The cat .*</par>\n<par>It .*(&amp;|and).*</par></doc>");
    assertThat(
            translated(
                "<p>Ouvrez la page <x>Réglages &amp; <i>options</i></x> du site.</p>",
                xml().setIgnoreTags(List.of("x"))))
        .matches("<p>Open .*<x>Réglages &amp; <i>options</i></x>.*</p>");
    String halves = "<par>La société a dit qu'elle menait</par> <par>une enquête interne.</par>";
    String apart = translated(halves, xml());
    assertThat(translated(halves, xml().setNonSplittingTags(List.of("par")))).isNotEqualTo(apart);
    assertThat(translated(halves, xml().setOutlineDetection(false))).isNotEqualTo(apart);
    assertThat(
            translated(halves, xml().setOutlineDetection(false).setSplittingTags(List.of("par"))))
        .isEqualTo(apart);
  }

  @Test
  void deeplLeavesAloneWhatIsNotToBeTranslated() throws Exception {
    assertThat(
            translated(
                "<p>Le mot <span class=\"a notranslate\">chat noir</span> et le mot <em"
                    + " translate=\"no\">chien</em> sont courts.</p><p translate=\"no\">Il"
                    + " pleut.</p><div class=\"notranslate\"><p>Il neige.</p></div>",
                new TextTranslationOptions().setTagHandling("html")))
        .contains(
            "The word <span class=\"a notranslate\">chat noir</span> ",
            " <em translate=\"no\">chien</em> ",
            "<p translate=\"no\">Il pleut.</p>",
            "<div class=\"notranslate\"><p>Il neige.</p></div>");
    assertThat(
            translated(
                "<p>Lancez <code>la commande</code>.</p>",
                new TextTranslationOptions().setTagHandling("html").setIgnoreTags(List.of("code"))))
        .contains("<code>la commande</code>");
  }

  @Test
  void deeplSplitsSentencesAsAsked() throws Exception {
    String broken = "Elle a acheté des biscuits\nau chocolat. Il pleut.";
    TextTranslationOptions options = new TextTranslationOptions();
    assertThat(translated(broken, options.setSentenceSplittingMode(SentenceSplittingMode.All)))
        .contains("\n");
    String whole =
        translated(broken, options.setSentenceSplittingMode(SentenceSplittingMode.NoNewlines));
    assertThat(whole).doesNotContain("\n").containsIgnoringCase("chocolate");
    assertThat(translated(broken, options.setSentenceSplittingMode(SentenceSplittingMode.Off)))
        .doesNotContain("\n");
    String two = "<p>Elle a acheté des biscuits\nau chocolat.</p>";
    assertThat(translated(two, xml().setSentenceSplittingMode(SentenceSplittingMode.All)))
        .contains("\n");
    assertThat(translated(two, xml().setSentenceSplittingMode(SentenceSplittingMode.NoNewlines)))
        .doesNotContain("\n");
  }

  @Test
  void deeplPreservesFormatting() throws Exception {
    for (String tagged : List.of("%s", "<p>%s</p>")) {
      TextTranslationOptions options = tagged.equals("%s") ? new TextTranslationOptions() : xml();
      options.setPreserveFormatting(true);
      assertThat(translated(tagged.formatted("le maire a parlé"), options))
          .matches(tagged.formatted("the mayor [a-z ]*[a-z]"));
      assertThat(translated(tagged.formatted("Le maire a parlé."), options))
          .matches(tagged.formatted("The mayor .*\\."));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "formality|more",
        "split_sentences|2",
        "preserve_formatting|perhaps",
        "outline_detection|no",
        "outline_detection|0",
        "ignore_tags|x",
        "splitting_tags|x",
        "non_splitting_tags|x",
        "tag_handling|markdown",
        "tag_handling_version|v9",
        "model_type|best",
        "style_id|a",
        "custom_instructions|Be brief",
        "translation_memory_id|a",
        "glossary_ids|a,b",
        "source_lang|de",
        "target_lang|de",
        "target_lang|"
      })
  void deeplRefusesByNameAndFreeOfCharge(String name, String value) throws Exception {
    long before = deepl.getUsage().getCharacter().getCount();
    Map<String, Object> body = new HashMap<>();
    body.put("text", List.of("Il neige."));
    body.put("target_lang", "EN-US");
    body.put(name, value == null ? "" : value);
    HttpResponse<String> response = service.json("/v2/translate", body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(tree(response).get("message").asText()).contains("'" + name + "'");
    assertThat(deepl.getUsage().getCharacter().getCount()).isEqualTo(before);
  }

  @Test
  void deeplAcceptsWhatChangesNothing() throws Exception {
    assertThat(
            translated(
                "Il neige.",
                new TextTranslationOptions()
                    .setFormality(Formality.PreferMore)
                    .setModelType("prefer_quality_optimized")
                    .setTagHandlingVersion("v2")
                    .setContext("La météo de demain.")))
        .containsIgnoringCase("snow");
  }

  @Test
  void deeplIsToldWhichLanguageATextIsIn() throws Exception {
    TextResult english = deepl.translateText("The cat sleeps", null, "en-US");
    assertThat(english.getDetectedSourceLanguage()).isEqualTo("en");
    assertThat(english.getText()).isEqualTo("The cat sleeps");
    long before = deepl.getUsage().getCharacter().getCount();
    for (String german :
        List.of("Guten Morgen", "<p class=\"le la les\">Der Hund schläft im Garten.</p>")) {
      assertThatThrownBy(
              () ->
                  deepl.translateText(
                      german, null, "en-US", new TextTranslationOptions().setTagHandling("html")))
          .isInstanceOf(DeepLException.class)
          .hasMessageContaining("DE not supported");
    }
    assertThatThrownBy(() -> upload("hund.txt", "Der Hund schläft im Garten.", null, null))
        .isInstanceOf(DeepLException.class)
        .hasMessageContaining("DE of hund.txt");
    assertThat(deepl.getUsage().getCharacter().getCount()).isEqualTo(before);
  }

  private DocumentHandle upload(String name, Object content, String source, String format)
      throws Exception {
    DocumentTranslationOptions options = new DocumentTranslationOptions();
    if (format != null) {
      options.setExtraBodyParameters(Map.of("output_format", format));
    }
    byte[] bytes =
        content instanceof byte[] given
            ? given
            : content.toString().getBytes(StandardCharsets.UTF_8);
    return deepl.translateDocumentUpload(
        new ByteArrayInputStream(bytes), name, source, "en-US", options);
  }

  private static byte[] pdf(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(new PDType1Font(FontName.HELVETICA), 12);
        content.newLineAtOffset(72, 700);
        content.showText(text);
        content.endText();
      }
      document.save(bytes);
    }
    return bytes.toByteArray();
  }

  @Test
  void deeplWritesNoDocumentUnderAnothersName() throws Exception {
    byte[] pdf = pdf("Le chat dort.");
    assertThatThrownBy(() -> upload("chat.pdf", pdf, "fr", null))
        .isInstanceOf(DeepLException.class)
        .hasMessageContaining("'output_format'")
        .hasMessageContaining("html");
    assertThatThrownBy(() -> upload("chat.txt", "Le chat dort.", "fr", "docx"))
        .isInstanceOf(DeepLException.class)
        .hasMessageContaining("'output_format'");
    DocumentHandle handle = upload("chat.pdf", pdf, "fr", "html");
    assertThat(deepl.translateDocumentWaitUntilDone(handle).getStatus())
        .isEqualTo(DocumentStatus.StatusCode.Done);
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    deepl.translateDocumentDownload(handle, page);
    assertThat(page.toString(StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>");
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

  private static MultilingualGlossaryDictionaryEntries dictionary(Map<String, String> terms) {
    return new MultilingualGlossaryDictionaryEntries("fr", "en", new GlossaryEntries(terms));
  }

  @Test
  void deeplEditsGlossariesOfTheThirdVersion() throws Exception {
    MultilingualGlossaryInfo made =
        deepl.createMultilingualGlossary(
            "pactes", List.of(dictionary(Map.of("accord", "pact", "OTAN", "NATO"))));
    String id = made.getGlossaryId();
    assertThat(made.getDictionaries()).hasSize(1);
    assertThat(made.getDictionaries().get(0).getEntryCount()).isEqualTo(2);
    TextTranslationOptions options = new TextTranslationOptions().setGlossaryId(id);
    String sentence = "Un accord a été trouvé, a dit le ministre.";
    assertThat(translated(sentence, options)).containsIgnoringCase("pact");
    deepl.updateMultilingualGlossaryName(id, "traités");
    MultilingualGlossaryInfo added =
        deepl.updateMultilingualGlossaryDictionary(
            id, dictionary(Map.of("accord", "covenant", "ONU", "UN")));
    assertThat(added.getName()).isEqualTo("traités");
    assertThat(deepl.getMultilingualGlossaryDictionaryEntries(id, "fr", "en").getEntries())
        .isEqualTo(new GlossaryEntries(Map.of("accord", "covenant", "OTAN", "NATO", "ONU", "UN")));
    assertThat(translated(sentence, options)).containsIgnoringCase("covenant");
    assertThat(
            deepl
                .replaceMultilingualGlossaryDictionaryFromCsv(id, "fr", "en", "accord,treaty")
                .getEntryCount())
        .isEqualTo(1);
    assertThat(deepl.getGlossaryEntries(id))
        .isEqualTo(new GlossaryEntries(Map.of("accord", "treaty")));
    assertThat(deepl.listMultilingualGlossaries())
        .extracting(MultilingualGlossaryInfo::getGlossaryId)
        .contains(id);
    deepl.deleteMultilingualGlossaryDictionary(id, "fr", "en");
    assertThat(deepl.getMultilingualGlossary(id).getDictionaries()).isEmpty();
    assertThatThrownBy(() -> deepl.getMultilingualGlossaryDictionaryEntries(id, "fr", "en"))
        .isInstanceOf(GlossaryNotFoundException.class);
    deepl.deleteMultilingualGlossary(id);
    assertThatThrownBy(() -> deepl.updateMultilingualGlossaryName(id, "x"))
        .isInstanceOf(GlossaryNotFoundException.class);
    MultilingualGlossaryDictionaryEntries german =
        new MultilingualGlossaryDictionaryEntries(
            "fr", "de", new GlossaryEntries(Map.of("chat", "Katze")));
    assertThatThrownBy(
            () ->
                deepl.createMultilingualGlossary(
                    "zwei", List.of(dictionary(Map.of("chat", "cat")), german)))
        .isInstanceOf(DeepLException.class)
        .hasMessageContaining("language pair");
    assertThatThrownBy(
            () ->
                deepl.createMultilingualGlossary(
                    "deux",
                    List.of(dictionary(Map.of("chat", "cat")), dictionary(Map.of("chien", "dog")))))
        .isInstanceOf(DeepLException.class)
        .hasMessageContaining("2 dictionaries");
    HttpResponse<String> json =
        service.json(
            "/v3/glossaries",
            Map.of(
                "name",
                "json",
                "dictionaries",
                List.of(
                    Map.of(
                        "source_lang", "FR",
                        "target_lang", "EN",
                        "entries", "chat\tcat",
                        "entries_format", "tsv"))));
    assertThat(json.statusCode()).isEqualTo(201);
    assertThat(tree(json).at("/dictionaries/0/entry_count").asInt()).isEqualTo(1);
  }

  /** The client reads what it knows of an answer; this holds all of each to its schema. */
  @Test
  void everyAnswerIsDescribed() throws Exception {
    Map<String, String> dictionary =
        Map.of("source_lang", "fr", "target_lang", "en", "entries", "chat\tcat");
    service.json("/v2/translate", Map.of("text", List.of("Il pleut."), "target_lang", "EN"));
    service.get("/v2/usage");
    service.get("/v2/languages?type=target");
    service.json("/v2/languages", Map.of("type", "source"));
    service.get("/v2/glossary-language-pairs");
    Map<String, String> named = new HashMap<>(dictionary);
    named.put("name", "zweite");
    String second = tree(service.json("/v2/glossaries", named)).get("glossary_id").asText();
    service.get("/v2/glossaries");
    service.get("/v2/glossaries/" + second);
    service.get("/v2/glossaries/" + second + "/entries");
    service.method("DELETE", "/v2/glossaries/" + second, null);
    Map<String, Object> dictionaries =
        Map.of("name", "dritte", "dictionaries", List.of(dictionary));
    String third = tree(service.json("/v3/glossaries", dictionaries)).get("glossary_id").asText();
    String of = "/v3/glossaries/" + third;
    String pair = "?source_lang=fr&target_lang=en";
    service.get("/v3/glossaries");
    service.get(of);
    service.get(of + "/entries" + pair);
    service.method("PATCH", of, Map.of("name", "x"));
    service.method("PUT", of + "/dictionaries", dictionary);
    service.method("DELETE", of + "/dictionaries" + pair, null);
    service.method("DELETE", of, null);
    JsonNode document =
        tree(service.upload("/v2/document", "a.txt", "Le chat dort.", "target_lang", "EN"));
    String at = "/v2/document/" + document.get("document_id").asText();
    Map<String, String> key = Map.of("document_key", document.get("document_key").asText());
    while (!tree(service.json(at, key)).get("status").asText().equals("done")) {
      Thread.sleep(100);
    }
    service.json(at + "/result", key);
    assertThat(service.described().unanswered("/v2/")).isEmpty();
    assertThat(service.described().unanswered("/v3/")).isEmpty();
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
      DeepLClient right = client(keyed, secret);
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
