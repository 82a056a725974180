package dev.verso.service;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.service.api.AnswerSchemas;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
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
import java.util.function.Predicate;
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

  private final String url;

  /**
   * @param url where clients reach the service; empty for what the description was asked from
   */
  InterfaceDescription(String url) {
    this.url = url;
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
    Predicate<String> wanted = schemasOf(api.getPaths().keySet());
    schemas()
        .forEach(
            (name, schema) -> {
              if (wanted.test(name)) {
                components.addSchemas(name, schema);
              }
            });
    // With a slash behind it, it is the same operation; a client needs one of them.
    api.getPaths().remove("/v2/document/");
    api.getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach((method, operation) -> complete(method, path, operation)));
  }

  /** Whether a schema of that name belongs to the interface that has these paths. */
  private static Predicate<String> schemasOf(Set<String> paths) {
    Predicate<String> libre = name -> name.startsWith("Libre");
    Predicate<String> deepl = name -> name.startsWith("DeepL");
    if (paths.contains("/v1/translate")) {
      return libre.or(deepl).negate();
    }
    return paths.contains("/v2/translate") ? deepl : libre.or("DetectedLanguage"::equals);
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
    String named = method.name() + " " + path;
    DescribedOperations.Answer answer = DescribedOperations.answer(named);
    boolean deepl = path.startsWith("/v2/") || path.startsWith("/v3/");
    boolean libre = !deepl && !path.startsWith("/v1/") && !path.equals("/metrics");
    ApiResponses responses = new ApiResponses();
    ApiResponse good = new ApiResponse().description("what was asked for");
    operation.setOperationId(answer.id());
    Content content = new Content();
    if (!answer.schema().isEmpty()) {
      content.addMediaType(JSON, typed(reference(answer.schema())));
    }
    answer.others().forEach(type -> content.addMediaType(type, typed(text(type))));
    if (!content.isEmpty()) {
      good.setContent(content);
    }
    responses.addApiResponse(Integer.toString(answer.status()), good);
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
    DescribedOperations.sent(named)
        .forEach(
            (kind, schema) ->
                operation.setRequestBody(
                    new RequestBody().required(true).content(content(kind, reference(schema)))));
    for (String parameter : DescribedOperations.query(named)) {
      operation.addParametersItem(new QueryParameter().name(parameter).schema(text("text/plain")));
    }
  }

  private static Map<Integer, String> failures(PathItem.HttpMethod method, String path) {
    Map<Integer, String> failures = new LinkedHashMap<>();
    if (path.startsWith("/v1/health")) {
      failures.put(503, "model or database does not answer");
      return failures;
    }
    boolean body = method == PathItem.HttpMethod.POST || method == PathItem.HttpMethod.PUT;
    if (body || !DescribedOperations.query(method.name() + " " + path).isEmpty()) {
      failures.put(400, "what is wrong with the request");
    }
    failures.put(401, "a key is missing or unknown");
    failures.put(403, "the key may not do that");
    if (body || path.contains("{")) {
      failures.put(404, "there is no such thing, or none of a name in the request");
    }
    if (path.equals("/v1/jobs/{id}/documents/{position}")) {
      failures.put(409, "the document is not done yet, or failed");
    }
    if (path.equals("/v1/corpora/{id}/pairs")) {
      failures.put(409, "the corpus is not built yet, or could not be");
    }
    if (path.equals("/v1/models/offer") || (path.equals("/v1/models/pulls") && body)) {
      failures.put(409, "another model is being fetched");
      failures.put(502, "the hub does not answer, or has no such model");
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
    boolean binary =
        type.endsWith("gzip") || type.endsWith("octet-stream") || type.contains("officedocument");
    return binary ? schema.format("binary") : schema;
  }

  private static MediaType typed(Schema<?> schema) {
    return new MediaType().schema(schema);
  }

  private static Content content(String type, Schema<?> schema) {
    return new Content().addMediaType(type.toLowerCase(Locale.ROOT), typed(schema));
  }
}
