package dev.verso.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.quote.check.CheckItem;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * An item judged by hand. Offsets are code points in the file, UTF-16 units here.
 *
 * @param id name of the item
 * @param group items of the same group render the same passage
 * @param item the passage and its rendering
 * @param label {@code faithful}, {@code unfaithful} or {@code not_in_source}
 * @param kind what is wrong, as in {@link dev.verso.quote.check.ErrorKind#code}, or null
 * @param source the French words misread, or null
 * @param target the English words that would have to change, or null
 * @param severity {@code major}, {@code minor}, or null
 * @param paraphrase whether the wording is free
 */
public record GoldCheck(
    String id,
    String group,
    CheckItem item,
    String label,
    String kind,
    TextSpan source,
    TextSpan target,
    String severity,
    boolean paraphrase) {

  /** Checks that nothing required is missing. */
  public GoldCheck {
    Objects.requireNonNull(id);
    Objects.requireNonNull(group);
    Objects.requireNonNull(item);
    Objects.requireNonNull(label);
  }

  /** Whether a newspaper could print it. */
  public boolean faithful() {
    return label.equals("faithful");
  }

  /**
   * Reads a file of JSON lines.
   *
   * @throws IOException if the file cannot be read or a line is malformed; the message names the
   *     file and the line
   */
  public static List<GoldCheck> read(Path file) throws IOException {
    return JsonLines.read(file, "a checked item", GoldCheck::of);
  }

  private static GoldCheck of(JsonNode node) {
    String french = JsonLines.required(node, "fr").asText();
    String english = JsonLines.required(node, "en").asText();
    return new GoldCheck(
        JsonLines.required(node, "id").asText(),
        node.path("source_ref").asText(french),
        new CheckItem(
            french,
            node.path("context_fr").asText(null),
            english,
            node.path("direct_quote").asBoolean()),
        JsonLines.required(node, "label").asText(),
        node.path("error").asText(null),
        JsonLines.span(node.path("error_span_fr"), french),
        JsonLines.span(node.path("error_span_en"), english),
        node.path("severity").asText(null),
        node.path("paraphrase").asBoolean());
  }
}
