package dev.verso.service;

import dev.verso.file.WordBitext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each operation of the service is sent and answers, where springdoc can't read it off the
 * handler. Schemas are those of {@code dev/verso/schema/answers.json}. Immutable.
 */
final class DescribedOperations {

  private static final String JSON = "application/json";
  private static final String FORM = "multipart/form-data";

  /**
   * What an operation answers.
   *
   * @param id the operation's
   * @param status of success
   * @param schema of the answer in JSON; empty if it has none
   * @param others media types that it has besides, or instead
   */
  record Answer(String id, int status, String schema, List<String> others) {}

  private static final Map<String, Answer> ANSWERS = answers();

  /** By operation, and by the media type of what is sent. */
  private static final Map<String, Map<String, String>> SENT =
      Map.ofEntries(
          Map.entry("POST /translate", Map.of(JSON, "LibreTranslateRequest")),
          Map.entry("POST /detect", Map.of(JSON, "LibreDetectRequest")),
          Map.entry("POST /translate_file", Map.of(FORM, "LibreFileRequest")),
          Map.entry("POST /v2/translate", Map.of(JSON, "DeepLRequest")),
          Map.entry("POST /v2/languages", Map.of(JSON, "DeepLLanguagesRequest")),
          Map.entry("POST /v2/document", Map.of(FORM, "DeepLDocumentRequest")),
          Map.entry("POST /v2/document/{id}", Map.of(JSON, "DeepLDocumentKey")),
          Map.entry("POST /v2/document/{id}/result", Map.of(JSON, "DeepLDocumentKey")),
          Map.entry("POST /v2/glossaries", Map.of(JSON, "DeepLGlossaryRequest")),
          Map.entry("POST /v3/glossaries", Map.of(JSON, "DeepLDictionariesRequest")),
          Map.entry("PATCH /v3/glossaries/{id}", Map.of(JSON, "DeepLDictionariesRequest")),
          Map.entry(
              "PUT /v3/glossaries/{id}/dictionaries", Map.of(JSON, "DeepLDictionaryRequest")));

  private static final List<String> PAIR = List.of("source_lang", "target_lang");

  private static final Map<String, List<String>> QUERIES =
      Map.of(
          "GET /v1/articles/{id}/export", List.of("to"),
          "GET /v1/corpora/{id}/pairs", List.of("part", "contains", "from", "count"),
          "GET /v1/jobs/{id}/documents", List.of("from"),
          "GET /v1/models/offer", List.of("repository", "revision", "precision"),
          "GET /v2/languages", List.of("type"),
          "GET /v3/glossaries/{id}/entries", PAIR,
          "DELETE /v3/glossaries/{id}/dictionaries", PAIR);

  private DescribedOperations() {}

  /**
   * What it answers.
   *
   * @param operation method and path, as in {@code GET /v1/jobs/{id}}
   * @throws IllegalStateException if nobody has said it
   */
  static Answer answer(String operation) {
    Answer answer = ANSWERS.get(operation);
    if (answer == null) {
      throw new IllegalStateException("nothing says what " + operation + " answers");
    }
    return answer;
  }

  /** The schema of what it is sent, by media type; empty where springdoc knows. */
  static Map<String, String> sent(String operation) {
    return SENT.getOrDefault(operation, Map.of());
  }

  /** Its parameters in the query that springdoc does not know. */
  static List<String> query(String operation) {
    return QUERIES.getOrDefault(operation, List.of());
  }

  private static Map<String, Answer> answers() {
    Map<String, Answer> all = new LinkedHashMap<>();
    String[] texts = {"text/plain", "text/html", "text/tab-separated-values"};
    String[] tools = {"application/xliff+xml", "application/x-tmx+xml"};
    put(
        all,
        "POST /v1/translate",
        "translate",
        200,
        "Bitext",
        texts[0],
        texts[1],
        texts[2],
        tools[0],
        tools[1],
        "text/event-stream");
    put(all, "POST /v1/align", "align", 200, "Alignment", texts[1], texts[2], tools[0], tools[1]);
    put(all, "POST /v1/quotes", "quotes", 200, "Quotes", texts[0], texts[2], "application/ld+json");
    put(all, "POST /v1/trace", "trace", 200, "Traces");
    put(all, "POST /v1/check", "check", 200, "Checks");
    put(all, "POST /v1/jobs", "submitJob", 202, "Job");
    put(all, "POST /v1/corpora", "buildCorpus", 202, "Job");
    put(all, "GET /v1/corpora/{id}/pairs", "corpusPairs", 200, "CorpusPage");
    put(all, "GET /v1/jobs", "listJobs", 200, "Jobs");
    put(all, "GET /v1/jobs/{id}", "job", 200, "Job");
    put(all, "DELETE /v1/jobs/{id}", "removeJob", 204, "");
    put(all, "POST /v1/jobs/{id}/cancel", "cancelJob", 200, "Job");
    put(all, "GET /v1/jobs/{id}/documents", "jobDocuments", 200, "JobDocuments");
    put(
        all,
        "GET /v1/jobs/{id}/documents/{position}",
        "jobResult",
        200,
        "Bitext",
        "application/octet-stream");
    put(all, "GET /v1/glossaries", "listGlossaries", 200, "Glossaries");
    put(all, "POST /v1/glossaries", "addGlossary", 201, "Glossary");
    put(all, "GET /v1/glossaries/{id}", "glossary", 200, "", texts[2]);
    put(all, "DELETE /v1/glossaries/{id}", "removeGlossary", 204, "");
    put(all, "GET /v1/memories", "listMemories", 200, "Memories");
    put(all, "POST /v1/memories", "addMemory", 201, "Memory");
    put(all, "DELETE /v1/memories/{id}", "removeMemory", 204, "");
    put(all, "GET /v1/articles", "listArticles", 200, "Articles");
    put(all, "GET /v1/articles/{id}", "article", 200, "KeptArticle");
    put(all, "DELETE /v1/articles/{id}", "removeArticle", 204, "");
    put(all, "PUT /v1/articles/{id}/segments/{number}", "correct", 200, "Correction");
    put(all, "DELETE /v1/articles/{id}/segments/{number}", "undoCorrection", 204, "");
    put(
        all,
        "GET /v1/articles/{id}/export",
        "exportArticle",
        200,
        "Bitext",
        texts[0],
        texts[1],
        texts[2],
        tools[0],
        tools[1],
        "application/ld+json",
        WordBitext.MEDIA_TYPE);
    put(all, "GET /v1/keys", "listKeys", 200, "Keys");
    put(all, "POST /v1/keys", "addKey", 201, "MadeKey");
    put(all, "DELETE /v1/keys/{id}", "removeKey", 204, "");
    put(all, "GET /v1/backup", "backup", 200, "", "application/gzip");
    put(all, "GET /v1/models", "listModels", 200, "Models");
    put(all, "PUT /v1/models/chosen", "chooseModel", 204, "");
    put(all, "GET /v1/models/offer", "modelOffer", 200, "ModelOffer");
    put(all, "GET /v1/models/pulls", "listPulls", 200, "ModelPulls");
    put(all, "POST /v1/models/pulls", "pullModel", 202, "ModelPull");
    put(all, "DELETE /v1/models/pulls", "endPull", 204, "");
    put(all, "GET /v1/health/live", "live", 200, "Health");
    put(all, "GET /v1/health/ready", "ready", 200, "Health");
    put(all, "GET /v1/schema/{name}", "schema", 200, "", "application/schema+json");
    put(all, "GET /metrics", "metrics", 200, "", texts[0]);
    put(all, "POST /translate", "libreTranslate", 200, "LibreTranslation");
    put(all, "POST /detect", "libreDetect", 200, "LibreDetections");
    put(all, "GET /languages", "libreLanguages", 200, "LibreLanguages");
    put(all, "POST /translate_file", "libreTranslateFile", 200, "LibreFile");
    put(all, "POST /suggest", "libreSuggest", 200, "LibreSuggestion");
    put(all, "GET /download_file/{name}", "libreDownload", 200, "", "application/octet-stream");
    put(all, "GET /frontend/settings", "libreSettings", 200, "LibreSettings");
    put(all, "GET /health", "libreHealth", 200, "LibreHealth");
    put(all, "POST /v2/translate", "deeplTranslate", 200, "DeepLTranslations");
    put(all, "GET /v2/usage", "deeplUsage", 200, "DeepLUsage");
    put(all, "GET /v2/languages", "deeplLanguages", 200, "DeepLLanguages");
    put(all, "POST /v2/languages", "deeplLanguagesByForm", 200, "DeepLLanguages");
    put(all, "POST /v2/document", "deeplDocument", 200, "DeepLDocument");
    put(all, "POST /v2/document/{id}", "deeplDocumentStatus", 200, "DeepLDocumentStatus");
    put(
        all,
        "POST /v2/document/{id}/result",
        "deeplDocumentResult",
        200,
        "",
        "application/octet-stream");
    put(all, "GET /v2/glossaries", "deeplGlossaries", 200, "DeepLGlossaries");
    put(all, "POST /v2/glossaries", "deeplAddGlossary", 201, "DeepLGlossary");
    put(all, "GET /v2/glossaries/{id}", "deeplGlossary", 200, "DeepLGlossary");
    put(all, "DELETE /v2/glossaries/{id}", "deeplRemoveGlossary", 204, "");
    put(all, "GET /v2/glossaries/{id}/entries", "deeplEntries", 200, "", texts[2]);
    put(all, "GET /v2/glossary-language-pairs", "deeplPairs", 200, "DeepLLanguagePairs");
    put(all, "GET /v3/glossaries", "deeplDictionaries", 200, "DeepLDictionariesList");
    put(all, "POST /v3/glossaries", "deeplAddDictionaries", 201, "DeepLDictionaries");
    put(all, "GET /v3/glossaries/{id}", "deeplDictionariesOf", 200, "DeepLDictionaries");
    put(all, "PATCH /v3/glossaries/{id}", "deeplEditDictionaries", 200, "DeepLDictionaries");
    put(all, "DELETE /v3/glossaries/{id}", "deeplRemoveDictionaries", 204, "");
    put(all, "GET /v3/glossaries/{id}/entries", "deeplDictionaryEntries", 200, "DeepLEntries");
    put(
        all,
        "PUT /v3/glossaries/{id}/dictionaries",
        "deeplReplaceDictionary",
        200,
        "DeepLDictionary");
    put(all, "DELETE /v3/glossaries/{id}/dictionaries", "deeplRemoveDictionary", 204, "");
    return all;
  }

  private static void put(
      Map<String, Answer> all,
      String operation,
      String id,
      int status,
      String schema,
      String... others) {
    all.put(operation, new Answer(id, status, schema, List.of(others)));
  }
}
