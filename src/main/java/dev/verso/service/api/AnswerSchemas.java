package dev.verso.service.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON Schemas (2020-12) of what the service and the command line print, from the resource
 * {@code dev/verso/schema/answers.json}. Stateless.
 */
public final class AnswerSchemas {

  private static final String RESOURCE = "/dev/verso/schema/answers.json";
  private static final String OWN = "#/$defs/";

  /** Those that are formats of the command line, too. */
  private static final Map<String, String> PUBLISHED =
      Map.of(
          "bitext", "Bitext",
          "quotes", "Quotes",
          "trace", "Trace",
          "check", "Checks",
          "alignment", "Alignment");

  private AnswerSchemas() {}

  private static String text() {
    try (InputStream in = AnswerSchemas.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(String text) {
    try {
      return Json.PLAIN.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All of them by name.
   *
   * @param base what stands before a name in references between them
   */
  public static Map<String, JsonNode> definitions(String base) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    tree(text().replace(OWN, base))
        .get("$defs")
        .properties()
        .forEach(one -> all.put(one.getKey(), one.getValue()));
    return all;
  }

  /** The schema of that public name, such as {@code bitext}, complete in itself. */
  static Optional<String> published(String name) {
    return Optional.ofNullable(PUBLISHED.get(name))
        .map(
            definition -> {
              ObjectNode schema = JsonNodeFactory.instance.objectNode();
              schema.setAll((ObjectNode) tree(text()));
              schema.put("title", name);
              schema.put("$ref", OWN + definition);
              return schema.toString();
            });
  }

  /** The public names. */
  static String names() {
    return String.join(", ", PUBLISHED.keySet().stream().sorted().toList());
  }
}
