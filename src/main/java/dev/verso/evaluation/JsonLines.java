package dev.verso.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.text.Json;
import dev.verso.text.LineFile;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads gold files of one JSON object a line. */
final class JsonLines {

  private JsonLines() {}

  /**
   * The items of a file; blank lines are skipped.
   *
   * @param what an item is, with its article, for the error message
   * @param parse makes an item of a line; throws an {@link IllegalArgumentException} that says what
   *     is wrong with it
   * @throws IOException if the file cannot be read or a line is malformed; the message names the
   *     file and the line
   */
  static <T> List<T> read(Path file, String what, Function<JsonNode, T> parse) throws IOException {
    List<T> items = new ArrayList<>();
    int number = 0;
    for (String line : LineFile.read(file)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        items.add(parse.apply(Json.PLAIN.readTree(line)));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw new IOException(
            file + ", line " + number + ": not " + what + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(items);
  }

  /**
   * A field that must be there.
   *
   * @throws IllegalArgumentException if it is missing or null
   */
  static JsonNode required(JsonNode node, String field) {
    if (!node.hasNonNull(field)) {
      throw new IllegalArgumentException("the field '" + field + "' is missing");
    }
    return node.get(field);
  }

  /**
   * The range of {@code text} that a pair of code point offsets gives, or null if {@code range} is
   * missing or null.
   *
   * @throws IllegalArgumentException if the range leaves the text
   */
  static TextSpan span(JsonNode range, String text) {
    if (!range.isArray()) {
      return null;
    }
    try {
      return new TextSpan(
          text.offsetByCodePoints(0, range.path(0).asInt(-1)),
          text.offsetByCodePoints(0, range.path(1).asInt(-1)));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IllegalArgumentException(range + " is not a range of the text", e);
    }
  }

  /**
   * The ranges of {@code text} that a list of such pairs gives.
   *
   * @throws IllegalArgumentException if one is missing or leaves the text
   */
  static List<TextSpan> spans(JsonNode ranges, String text) {
    List<TextSpan> spans = new ArrayList<>();
    for (JsonNode range : ranges) {
      TextSpan span = span(range, text);
      if (span == null) {
        throw new IllegalArgumentException(range + " is not a range of the text");
      }
      spans.add(span);
    }
    return spans;
  }
}
