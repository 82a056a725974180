package dev.verso.bitext;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.verso.text.Document;
import dev.verso.text.Place;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * Prints everything as one line of JSON, the format of every interface:
 *
 * <pre>{@code
 * {"version":1,
 *  "source":{"name","sha256","length","encoding","metadata":{…},"notices":[…],"text"},
 *  "model":{"id","sha256","beam"},
 *  "blocks":[{"kind","source":[start,end],"place":{"kind","number","label"},
 *    "segments":[{"source":[start,end],"sourceText","target":[start,end],"targetText",
 *      "links":[[sourceStart,sourceEnd,targetStart,targetEnd,"S"|"P",probability],…],
 *      "score","quality","notes":[…]}]}],
 *  "quotes":[{"type","speaker","attribution","attribution_span","source":[[start,end],…],"target":[start,end]|null,"repaired":[…]}],
 *  "targetText"}
 * }</pre>
 *
 * <p>Offsets are UTF-16 units: source offsets count into the whole decoded input, whose length is
 * {@code source.length}, target offsets into {@code targetText}. Probabilities, scores and
 * qualities have at most 4 decimals; a score of minus infinity is {@code null}. {@code notes} is
 * present only where a segment has some, {@code notices} where there is something to know about how
 * the source was read, {@code quotes} where there are quotes. Of a file whose text had to be taken
 * out of it, {@code source.text} is that text, into which offsets count, and {@code place} where in
 * the file a block begins: its paragraph, page, cue or segment. Where a text has half of a
 * surrogate pair, everything outside ASCII is printed as {@code \}{@code uXXXX}, so that UTF-8 can
 * carry it.
 */
public final class JsonBitextWriter implements BitextWriter {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final List<QuotedPassage> quotes;

  /** A writer that includes no quotes. */
  public JsonBitextWriter() {
    this(List.of());
  }

  /** A writer that includes these quotes. */
  public JsonBitextWriter(List<QuotedPassage> quotes) {
    this.quotes = List.copyOf(quotes);
  }

  @Override
  public void write(Bitext bitext, Writer out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      if (Surrogates.hasLone(bitext.source().text()) || Surrogates.hasLone(bitext.targetText())) {
        json.setHighestNonEscapedChar(127);
      }
      json.writeStartObject();
      json.writeNumberField("version", 1);
      source(json, bitext.source());
      json.writeObjectFieldStart("model");
      json.writeStringField("id", bitext.model().id());
      json.writeStringField("sha256", bitext.model().sha256());
      json.writeNumberField("beam", bitext.model().beam());
      json.writeEndObject();
      json.writeArrayFieldStart("blocks");
      for (BitextBlock block : bitext.blocks()) {
        json.writeStartObject();
        json.writeStringField("kind", block.kind().label());
        span(json, "source", block.source());
        Place.write(json, "place", bitext.source(), block.source().start());
        json.writeArrayFieldStart("segments");
        for (TranslationUnit unit : block.units()) {
          segment(json, unit);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      quotes(json);
      json.writeStringField("targetText", bitext.targetText());
      json.writeEndObject();
    }
    out.write('\n');
  }

  private void quotes(JsonGenerator json) throws IOException {
    if (quotes.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("quotes");
    for (QuotedPassage quote : quotes) {
      json.writeStartObject();
      json.writeStringField("type", quote.type());
      json.writeStringField("speaker", quote.speaker());
      json.writeStringField("attribution", quote.attribution());
      if (quote.attributionSpan() == null) {
        json.writeNullField("attribution_span");
      } else {
        span(json, "attribution_span", quote.attributionSpan());
      }
      json.writeArrayFieldStart("source");
      for (TextSpan span : quote.source()) {
        json.writeArray(new int[] {span.start(), span.end()}, 0, 2);
      }
      json.writeEndArray();
      if (quote.target() == null) {
        json.writeNullField("target");
      } else {
        span(json, "target", quote.target());
      }
      if (!quote.repaired().isEmpty()) {
        json.writeArrayFieldStart("repaired");
        for (String note : quote.repaired()) {
          json.writeString(note);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void source(JsonGenerator json, Document source) throws IOException {
    json.writeObjectFieldStart("source");
    json.writeStringField("name", source.name());
    json.writeStringField("sha256", source.sha256());
    json.writeNumberField("length", source.text().length());
    json.writeStringField("encoding", source.encoding().name());
    json.writeObjectFieldStart("metadata");
    for (Map.Entry<String, String> entry : source.metadata().entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    if (!source.notices().isEmpty()) {
      json.writeArrayFieldStart("notices");
      for (String notice : source.notices()) {
        json.writeString(notice);
      }
      json.writeEndArray();
    }
    if (source.isExtracted()) {
      json.writeStringField("text", source.text());
    }
    json.writeEndObject();
  }

  private static void segment(JsonGenerator json, TranslationUnit unit) throws IOException {
    json.writeStartObject();
    span(json, "source", unit.source().span());
    json.writeStringField("sourceText", unit.source().text());
    span(json, "target", unit.target());
    json.writeStringField("targetText", unit.targetText());
    json.writeArrayFieldStart("links");
    for (AlignmentLink link : unit.links()) {
      json.writeStartArray();
      json.writeNumber(link.source().start());
      json.writeNumber(link.source().end());
      json.writeNumber(link.target().start());
      json.writeNumber(link.target().end());
      json.writeString(link.strength().code());
      decimal(json, link.probability());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeFieldName("score");
    decimal(json, unit.score());
    json.writeFieldName("quality");
    decimal(json, unit.quality());
    if (!unit.notes().isEmpty()) {
      json.writeArrayFieldStart("notes");
      for (String note : unit.notes()) {
        json.writeString(note);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void span(JsonGenerator json, String name, TextSpan span) throws IOException {
    json.writeArrayFieldStart(name);
    json.writeNumber(span.start());
    json.writeNumber(span.end());
    json.writeEndArray();
  }

  private static void decimal(JsonGenerator json, double value) throws IOException {
    if (Double.isInfinite(value)) {
      json.writeNull();
      return;
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN);
    json.writeNumber(rounded.stripTrailingZeros().toPlainString());
  }
}
