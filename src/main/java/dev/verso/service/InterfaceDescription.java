package dev.verso.service;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.file.WordBitext;
import dev.verso.service.api.AnswerSchemas;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Completes the interface's description with what handlers that print their answers themselves
 * can't tell springdoc: the schema of each answer, which are those that are published under {@code
 * /v1/schema}, its status and media types, and who may call.
 */
final class InterfaceDescription implements GlobalOpenApiCustomizer {

  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String REFERENCE = "#/components/schemas/";

  /**
   * What an operation answers.
   *
   * @param id the operation's
   * @param status of success
   * @param schema of the answer in JSON; empty if it has none
   * @param others media types that it has besides, or instead
   */
  private record Answer(String id, int status, String schema, List<String> others) {}

  private static final Map<String, Answer> ANSWERS = answers();
  private static final Map<String, String> REQUESTS =
      Map.of("POST /translate", "LibreTranslateRequest", "POST /v2/translate", "DeepLRequest");

  private final String url;

  /**
   * @param url where clients reach the service; empty for what the description was asked from
   */
  InterfaceDescription(String url) {
    this.url = url;
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
    put(all, "POST /v2/translate", "deeplTranslate", 200, "DeepLTranslations");
    put(all, "GET /v2/usage", "deeplUsage", 200, "DeepLUsage");
    put(all, "GET /v2/languages", "deeplLanguages", 200, "DeepLLanguages");
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

  @Override
  public void customise(OpenAPI api) {
    if (!url.isBlank()) {
      api.setServers(List.of(new Server().url(url)));
    }
    Components components = api.getComponents() == null ? new Components() : api.getComponents();
    api.setComponents(components);
    components.addSecuritySchemes(
        "key",
        new SecurityScheme()
            .type(SecurityScheme.Type.HTTP)
            .scheme("bearer")
            .description("An API key; without keys, nobody on this machine needs one."));
    components.addSecuritySchemes(
        "keyHeader",
        new SecurityScheme()
            .type(SecurityScheme.Type.APIKEY)
            .in(SecurityScheme.In.HEADER)
            .name("X-Api-Key"));
    api.setSecurity(
        List.of(
            new SecurityRequirement().addList("key"),
            new SecurityRequirement().addList("keyHeader"),
            new SecurityRequirement()));
    boolean ours = api.getPaths().containsKey("/v1/translate");
    schemas()
        .forEach(
            (name, schema) -> {
              boolean theirs = name.startsWith("Libre") || name.startsWith("DeepL");
              if (theirs != ours || name.equals("DetectedLanguage")) {
                components.addSchemas(name, schema);
              }
            });
    api.getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach((method, operation) -> complete(method, path, operation)));
  }

  private static Map<String, Schema<Object>> schemas() {
    ObjectMapper mapper = Json31.mapper();
    Map<String, Schema<Object>> schemas = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : AnswerSchemas.definitions(REFERENCE).entrySet()) {
      schemas.put(one.getKey(), mapper.convertValue(one.getValue(), new TypeReference<>() {}));
    }
    return schemas;
  }

  private static void complete(PathItem.HttpMethod method, String path, Operation operation) {
    Answer answer = ANSWERS.get(method.name() + " " + path);
    boolean deepl = path.startsWith("/v2/") || path.startsWith("/v3/");
    boolean libre = !deepl && !path.startsWith("/v1/") && !path.equals("/metrics");
    ApiResponses responses = new ApiResponses();
    ApiResponse good = new ApiResponse().description("what was asked for");
    if (answer == null) {
      good.setContent(content(JSON, new Schema<>().types(Set.of("object"))));
      responses.addApiResponse("2XX", good);
    } else {
      operation.setOperationId(answer.id);
      Content content = new Content();
      if (!answer.schema.isEmpty()) {
        content.addMediaType(JSON, typed(reference(answer.schema)));
      }
      answer.others.forEach(type -> content.addMediaType(type, typed(text(type))));
      if (!content.isEmpty()) {
        good.setContent(content);
      }
      responses.addApiResponse(Integer.toString(answer.status), good);
    }
    String error = deepl ? "DeepLError" : libre ? "LibreError" : "Problem";
    String type = deepl || libre ? JSON : PROBLEM;
    for (Map.Entry<Integer, String> bad : failures(method, path).entrySet()) {
      responses.addApiResponse(
          Integer.toString(bad.getKey()),
          new ApiResponse().description(bad.getValue()).content(content(type, reference(error))));
    }
    operation.setResponses(responses);
    if (operation.getRequestBody() != null) {
      operation
          .getRequestBody()
          .getContent()
          .forEach(
              (kind, sent) -> {
                if (sent.getSchema() == null) {
                  sent.setSchema(text(kind));
                }
              });
    }
    String request = REQUESTS.get(method.name() + " " + path);
    if (request != null) {
      operation.setRequestBody(
          new RequestBody().required(true).content(content(JSON, reference(request))));
    }
  }

  private static Map<Integer, String> failures(PathItem.HttpMethod method, String path) {
    Map<Integer, String> failures = new LinkedHashMap<>();
    if (path.startsWith("/v1/health")) {
      failures.put(503, "model or database does not answer");
      return failures;
    }
    boolean body = method == PathItem.HttpMethod.POST || method == PathItem.HttpMethod.PUT;
    if (body) {
      failures.put(400, "what is wrong with the request");
    }
    failures.put(401, "a key is missing or unknown");
    failures.put(403, "the key may not do that");
    if (path.contains("{")) {
      failures.put(404, "there is no such thing");
    }
    if (body) {
      failures.put(413, "too long to be done at once");
      failures.put(415, "a body of that type is not read");
    }
    failures.put(429, "too many requests; see Retry-After");
    failures.put(503, "it took too long, or the database does not answer");
    return failures;
  }

  private static Schema<?> reference(String name) {
    return new Schema<>().$ref(REFERENCE + name);
  }

  private static Schema<?> text(String type) {
    Schema<?> schema = new Schema<>().types(Set.of("string"));
    boolean binary = type.endsWith("gzip") || type.endsWith("octet-stream");
    return binary ? schema.format("binary") : schema;
  }

  private static MediaType typed(Schema<?> schema) {
    return new MediaType().schema(schema);
  }

  private static Content content(String type, Schema<?> schema) {
    return new Content().addMediaType(type.toLowerCase(Locale.ROOT), typed(schema));
  }
}
