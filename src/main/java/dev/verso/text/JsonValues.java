package dev.verso.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Small JSON by small means: an object as maps, lists, strings, numbers and booleans. A mapper as
 * in {@link Json} takes half a second of a cold start to be made. Linear. Stateless.
 */
public final class JsonValues {

  /** Writes and reads tokens; thread-safe. */
  public static final JsonFactory TOKENS = new JsonFactory();

  private JsonValues() {}

  /**
   * An object's fields, in order; of a repeated one the last. JSON's null is left out.
   *
   * @throws IOException if it is not JSON, or not an object
   */
  public static Map<String, Object> object(byte[] json) throws IOException {
    try (JsonParser parser = TOKENS.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "not a JSON object");
      }
      Map<String, Object> object = object(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "something follows the JSON object");
      }
      return object;
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        fields.put(name, value(parser));
      }
    }
    return Collections.unmodifiableMap(fields);
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield Collections.unmodifiableList(items);
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> throw new JsonParseException(parser, "null in a list");
      default -> throw new JsonParseException(parser, "no JSON value: " + parser.currentToken());
    };
  }
}
