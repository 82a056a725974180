package dev.verso.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.text.InputException;
import dev.verso.text.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A corpus's lines of JSON, one for each pair:
 *
 * <pre>{"source":{"document","start","end","text"},"target":{…},"scores":{…},"licence","hash",
 *  "notes":[…]?,"occurrences":[{"source":{"document","start","end"},"target":{…}}]?}</pre>
 *
 * <p>The same pair gives the same characters: keys stand in this order, scores in alphabetical
 * order with four decimals. Thread-safe; linear in the line.
 */
public final class CorpusLines {

  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

  private CorpusLines() {}

  /** A pair as a line without its line feed. */
  public static String write(CorpusPair pair) {
    StringBuilder out = new StringBuilder(512);
    out.append("{\"source\":");
    side(pair.source(), out);
    out.append(",\"target\":");
    side(pair.target(), out);
    out.append(",\"scores\":{");
    String comma = "";
    for (Map.Entry<String, Double> score : pair.scores().entrySet()) {
      out.append(comma);
      string(score.getKey(), out);
      out.append(':').append(decimal(score.getValue()));
      comma = ",";
    }
    out.append("},\"licence\":");
    string(pair.licence(), out);
    out.append(",\"hash\":");
    string(pair.hash(), out);
    if (!pair.notes().isEmpty()) {
      out.append(",\"notes\":[");
      comma = "";
      for (String note : pair.notes()) {
        out.append(comma);
        string(note, out);
        comma = ",";
      }
      out.append(']');
    }
    if (!pair.occurrences().isEmpty()) {
      out.append(",\"occurrences\":[");
      comma = "";
      for (Occurrence place : pair.occurrences()) {
        out.append(comma).append("{\"source\":");
        place(place.source(), place.sourceStart(), place.sourceEnd(), out);
        out.append("},\"target\":");
        place(place.target(), place.targetStart(), place.targetEnd(), out);
        out.append("}}");
        comma = ",";
      }
      out.append(']');
    }
    return out.append('}').toString();
  }

  /** A pair that was left out, as a line: {@code reason} and {@code detail}, then the pair. */
  public static String rejected(CorpusPair pair, String reason, String detail) {
    StringBuilder out = new StringBuilder(512).append("{\"reason\":");
    string(reason, out);
    out.append(",\"detail\":");
    string(detail, out);
    String line = write(pair);
    return out.append(',').append(line, 1, line.length()).toString();
  }

  /**
   * What is said of a pair that was left out because it was there already.
   *
   * @param hash of the pair that stays, empty if that is in another corpus
   */
  public static String repeats(String hash) {
    return hash.isEmpty() ? "in another corpus" : "of " + hash;
  }

  private static void side(PairSide side, StringBuilder out) {
    place(side.document(), side.start(), side.end(), out);
    out.append(",\"text\":");
    string(side.text(), out);
    out.append('}');
  }

  private static void place(String document, int start, int end, StringBuilder out) {
    out.append("{\"document\":");
    string(document, out);
    out.append(",\"start\":").append(start).append(",\"end\":").append(end);
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    ENCODER.quoteAsString(text, out);
    out.append('"');
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value == 0 ? 0.0 : value);
  }

  /**
   * Reads a line; keys it does not know are passed over, of what may be missing only the texts are
   * required.
   *
   * @param file what the user calls the file, for messages
   * @param number of the line, from 1; also the place of a pair that names none
   * @throws InputException if the line is not a pair; the message names file and line
   */
  public static CorpusPair read(String file, long number, String line) {
    JsonNode node;
    try {
      node = Json.PLAIN.readTree(line);
    } catch (JsonProcessingException e) {
      throw new InputException(
          file + ", line " + number + ": not JSON: " + e.getOriginalMessage(), e);
    }
    PairSide source = side(file, number, node.path("source"), "source");
    PairSide target = side(file, number, node.path("target"), "target");
    Map<String, Double> scores = new TreeMap<>();
    for (Map.Entry<String, JsonNode> score : node.path("scores").properties()) {
      scores.put(score.getKey(), score.getValue().asDouble());
    }
    List<String> notes = new ArrayList<>();
    node.path("notes").forEach(note -> notes.add(note.asText()));
    List<Occurrence> places = new ArrayList<>();
    for (JsonNode place : node.path("occurrences")) {
      JsonNode from = place.path("source");
      JsonNode to = place.path("target");
      places.add(
          new Occurrence(
              from.path("document").asText(),
              from.path("start").asInt(),
              from.path("end").asInt(),
              to.path("document").asText(),
              to.path("start").asInt(),
              to.path("end").asInt()));
    }
    return new CorpusPair(
        source,
        target,
        scores,
        node.path("licence").asText(""),
        notes,
        CorpusPair.hash(source.text(), target.text()),
        places);
  }

  private static PairSide side(String file, long number, JsonNode node, String key) {
    JsonNode text = node.path("text");
    if (!text.isTextual()) {
      throw new InputException(
          file
              + ", line "
              + number
              + ": no \""
              + key
              + "\":{\"text\":…}; see 'verso corpus --help'");
    }
    int start = Math.max(0, node.path("start").asInt(0));
    return new PairSide(
        node.path("document").asText(file),
        start,
        Math.max(start, node.path("end").asInt(start)),
        wellFormed(text.asText()));
  }

  /** The text with half surrogate pairs, which no file can hold, replaced. */
  private static String wellFormed(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }
}
