package dev.verso.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with its quotes marked by hand. In the file the offsets are code points, here UTF-16
 * units.
 *
 * @param id name of the text
 * @param text the text
 * @param quotes its quotes
 * @param nonQuotes passages in quotation marks that quote nobody
 * @param ignored passages for which a prediction neither gains nor costs
 */
public record GoldQuotes(
    String id,
    String text,
    List<GoldQuote> quotes,
    List<TextSpan> nonQuotes,
    List<TextSpan> ignored) {

  /**
   * A quote as marked.
   *
   * @param type how the text carries it
   * @param content where its words stand
   * @param speaker the mention of its source nearest to the cue, or null
   * @param speakerCoref its fullest mention where {@code speaker} is not, or null
   * @param speakerName the source's name, or null
   * @param cue the word that reports, or null
   * @param clause the reported clause around the marks, or null
   * @param negated whether the source is reported as not asserting it
   */
  public record GoldQuote(
      QuoteType type,
      List<TextSpan> content,
      TextSpan speaker,
      TextSpan speakerCoref,
      String speakerName,
      TextSpan cue,
      TextSpan clause,
      boolean negated) {

    /** Copies the list. */
    public GoldQuote {
      content = List.copyOf(content);
    }
  }

  /** Copies the lists. */
  public GoldQuotes {
    quotes = List.copyOf(quotes);
    nonQuotes = List.copyOf(nonQuotes);
    ignored = List.copyOf(ignored);
  }

  /**
   * Reads a file of one JSON object a line: {@code {"id","text","quotes":[{"type","content",
   * "speaker","speaker_coref","speaker_name","cue","clause","negated"}],"non_quotes","ignore"}}.
   *
   * @throws IOException if it cannot be read or a line is malformed; the message names file and
   *     line
   */
  public static List<GoldQuotes> read(Path file) throws IOException {
    List<GoldQuotes> gold = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    int number = 0;
    for (String line : LineFile.read(file)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        gold.add(of(mapper.readTree(line)));
      } catch (JsonProcessingException | IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IOException(
            file + ", line " + number + " is no document with quotes: " + e.getMessage(), e);
      }
    }
    return List.copyOf(gold);
  }

  private static GoldQuotes of(JsonNode node) {
    if (!node.hasNonNull("text") || !node.has("quotes")) {
      throw new IllegalArgumentException("it has no \"text\" or no \"quotes\"");
    }
    String text = node.get("text").asText();
    List<GoldQuote> quotes = new ArrayList<>();
    for (JsonNode quote : node.get("quotes")) {
      quotes.add(
          new GoldQuote(
              QuoteType.ofLabel(quote.path("type").asText()),
              spans(quote.path("content"), text),
              span(quote.path("speaker"), text),
              span(quote.path("speaker_coref"), text),
              quote.path("speaker_name").asText(null),
              span(quote.path("cue"), text),
              span(quote.path("clause"), text),
              quote.path("negated").asBoolean()));
    }
    return new GoldQuotes(
        node.path("id").asText(),
        text,
        quotes,
        spans(node.path("non_quotes"), text),
        spans(node.path("ignore"), text));
  }

  private static List<TextSpan> spans(JsonNode nodes, String text) {
    List<TextSpan> spans = new ArrayList<>();
    for (JsonNode node : nodes) {
      spans.add(span(node, text));
    }
    return spans;
  }

  private static TextSpan span(JsonNode node, String text) {
    if (!node.isArray()) {
      return null;
    }
    int start = text.offsetByCodePoints(0, node.get(0).asInt());
    int end = text.offsetByCodePoints(start, node.get(1).asInt() - node.get(0).asInt());
    return new TextSpan(start, end);
  }
}
