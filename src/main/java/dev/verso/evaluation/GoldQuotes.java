package dev.verso.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with its quotes marked by hand. Offsets are code points in the file, UTF-16 units here.
 *
 * @param id name of the text
 * @param text the text
 * @param quotes its quotes
 * @param nonQuotes passages in quotation marks that quote nobody
 * @param ignored passages where a prediction is neither right nor wrong
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
   * @param content the ranges of its words
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
    return JsonLines.read(file, "a document with quotes", GoldQuotes::of);
  }

  private static GoldQuotes of(JsonNode node) {
    String text = JsonLines.required(node, "text").asText();
    List<GoldQuote> quotes = new ArrayList<>();
    for (JsonNode quote : JsonLines.required(node, "quotes")) {
      quotes.add(
          new GoldQuote(
              QuoteType.ofLabel(quote.path("type").asText()),
              JsonLines.spans(quote.path("content"), text),
              JsonLines.span(quote.path("speaker"), text),
              JsonLines.span(quote.path("speaker_coref"), text),
              quote.path("speaker_name").asText(null),
              JsonLines.span(quote.path("cue"), text),
              JsonLines.span(quote.path("clause"), text),
              quote.path("negated").asBoolean()));
    }
    return new GoldQuotes(
        node.path("id").asText(),
        text,
        quotes,
        JsonLines.spans(node.path("non_quotes"), text),
        JsonLines.spans(node.path("ignore"), text));
  }
}
