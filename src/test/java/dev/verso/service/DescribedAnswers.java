package dev.verso.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Holds each answer to what the service's description says of it: status, media type, schema. */
final class DescribedAnswers {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private record Described(
      String method, String template, Pattern path, JsonNode responses, JsonNode components) {

    String name() {
      return method.toUpperCase(Locale.ROOT) + " " + template;
    }
  }

  private final List<Described> operations = new ArrayList<>();
  private final Set<String> succeeded = ConcurrentHashMap.newKeySet();

  /** From the descriptions of all interfaces. */
  DescribedAnswers(List<JsonNode> descriptions) {
    for (JsonNode api : descriptions) {
      for (Map.Entry<String, JsonNode> path : api.get("paths").properties()) {
        Pattern pattern = Pattern.compile(path.getKey().replaceAll("\\{[^}]+}", "[^/]+"));
        for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
          operations.add(
              new Described(
                  operation.getKey(),
                  path.getKey(),
                  pattern,
                  operation.getValue().get("responses"),
                  api.get("components")));
        }
      }
    }
  }

  /** Checks an answer of an operation that is described. */
  void check(HttpResponse<String> response) throws IOException {
    String method = response.request().method().toLowerCase(Locale.ROOT);
    String path = response.request().uri().getPath();
    for (Described operation : operations) {
      if (operation.method.equals(method) && operation.path.matcher(path).matches()) {
        check(operation, response, method + " " + path);
        if (response.statusCode() < 300) {
          succeeded.add(operation.name());
        }
        return;
      }
    }
  }

  /** The operations below that path none of whose answers checked so far was a success. */
  List<String> unanswered(String prefix) {
    return operations.stream()
        .filter(operation -> operation.template.startsWith(prefix))
        .map(Described::name)
        .filter(name -> !succeeded.contains(name))
        .toList();
  }

  private static void check(Described operation, HttpResponse<String> response, String what)
      throws IOException {
    if (response.statusCode() == 405 || response.statusCode() == 421) {
      return;
    }
    JsonNode described = operation.responses.path(Integer.toString(response.statusCode()));
    assertThat(described.isObject()).as(what + " may answer " + response.statusCode()).isTrue();
    String type =
        response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "").strip();
    if (!type.endsWith("json")) {
      return;
    }
    JsonNode schema = described.at("/content/" + type.replace("/", "~1") + "/schema");
    assertThat(schema.isObject()).as(what + " answers " + type + ": " + described).isTrue();
    ObjectNode whole = MAPPER.createObjectNode();
    whole.setAll((ObjectNode) schema);
    whole.set("components", operation.components);
    JsonSchema compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    assertThat(compiled.validate(MAPPER.readTree(response.body())))
        .as(what + ": " + response.body())
        .isEmpty();
  }
}
