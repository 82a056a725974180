package dev.verso.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.verso.text.Json;

/**
 * How the documents of a job are translated.
 *
 * @param to {@code json}, {@code text}, {@code html}, {@code tsv}, or {@code document}: a file of
 *     the same kind as the input
 * @param beam hypotheses kept
 * @param all whether boilerplate is also translated
 * @param force whether text that doesn't look French is translated anyway
 * @param format {@code auto}, {@code text} or {@code html}
 * @param glossary id of a glossary, or null
 * @param memory id of a translation memory, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobOptions(
    String to,
    int beam,
    boolean all,
    boolean force,
    String format,
    String glossary,
    String memory) {

  String toJson() {
    try {
      return Json.PLAIN.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static JobOptions fromJson(String json) {
    try {
      return Json.LENIENT.readValue(json, JobOptions.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the options of a job can't be read: " + json, e);
    }
  }
}
