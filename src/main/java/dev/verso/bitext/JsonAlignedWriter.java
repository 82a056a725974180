package dev.verso.bitext;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.verso.text.Document;
import dev.verso.text.Place;
import dev.verso.text.Segment;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Prints aligned documents as one line of JSON:
 *
 * <pre>{@code
 * {"version":1,
 *  "source":{"name","sha256","length","encoding","language","text"}, "target":{…},
 *  "documentScore",
 *  "beads":[{"type","posterior","source":[[start,end],…],"sourcePlace","sourceText",
 *    "target":[[start,end],…],"targetPlace","targetText","links":[[sourceStart,sourceEnd,targetStart,targetEnd,"S"|"P",probability],…]}]}
 * }</pre>
 *
 * <p>Offsets are UTF-16 units into the whole decoded inputs; each bead gives one span for each
 * sentence. {@code text}, {@code sourcePlace} and {@code targetPlace} are present where the text
 * was taken out of a file, as in {@link JsonBitextWriter}. Probabilities have at most 4 decimals.
 * Where a text has half of a surrogate pair, everything outside ASCII is printed as {@code \}{@code
 * uXXXX}, so that UTF-8 can carry it.
 */
public final class JsonAlignedWriter implements AlignedDocumentsWriter {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  @Override
  public void write(AlignedDocuments documents, Writer out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      if (Surrogates.hasLone(documents.source().text())
          || Surrogates.hasLone(documents.target().text())) {
        json.setHighestNonEscapedChar(127);
      }
      json.writeStartObject();
      json.writeNumberField("version", 1);
      document(json, "source", documents.source(), documents.sourceLanguage());
      document(json, "target", documents.target(), documents.targetLanguage());
      decimal(json, "documentScore", documents.documentScore());
      json.writeArrayFieldStart("beads");
      for (AlignedBead bead : documents.beads()) {
        json.writeStartObject();
        json.writeStringField("type", bead.type());
        decimal(json, "posterior", bead.posterior());
        spans(json, "source", bead.source());
        if (!bead.source().isEmpty()) {
          int start = bead.source().get(0).span().start();
          Place.write(json, "sourcePlace", documents.source(), start);
        }
        json.writeStringField("sourceText", bead.sourceText());
        spans(json, "target", bead.target());
        if (!bead.target().isEmpty()) {
          int start = bead.target().get(0).span().start();
          Place.write(json, "targetPlace", documents.target(), start);
        }
        json.writeStringField("targetText", bead.targetText());
        json.writeFieldName("links");
        links(json, bead.links());
        if (!bead.notes().isEmpty()) {
          json.writeArrayFieldStart("notes");
          for (String note : bead.notes()) {
            json.writeString(note);
          }
          json.writeEndArray();
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void document(JsonGenerator json, String field, Document document, String language)
      throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("name", document.name());
    json.writeStringField("sha256", document.sha256());
    json.writeNumberField("length", document.text().length());
    json.writeStringField("encoding", document.encoding().name());
    json.writeStringField("language", language);
    if (document.isExtracted()) {
      json.writeStringField("text", document.text());
    }
    json.writeEndObject();
  }

  private static void spans(JsonGenerator json, String field, List<Segment> segments)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Segment segment : segments) {
      json.writeStartArray();
      json.writeNumber(segment.span().start());
      json.writeNumber(segment.span().end());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** Prints links as {@code [[sourceStart,sourceEnd,targetStart,targetEnd,"S"|"P",p],…]}. */
  static void links(JsonGenerator json, List<AlignmentLink> links) throws IOException {
    json.writeStartArray();
    for (AlignmentLink link : links) {
      json.writeStartArray();
      json.writeNumber(link.source().start());
      json.writeNumber(link.source().end());
      json.writeNumber(link.target().start());
      json.writeNumber(link.target().end());
      json.writeString(link.strength().code());
      json.writeNumber(rounded(link.probability()));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void decimal(JsonGenerator json, String field, double value) throws IOException {
    json.writeFieldName(field);
    json.writeNumber(rounded(value));
  }

  private static BigDecimal rounded(double value) {
    BigDecimal number =
        BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return number.scale() < 0 ? number.setScale(0, RoundingMode.UNNECESSARY) : number;
  }
}
