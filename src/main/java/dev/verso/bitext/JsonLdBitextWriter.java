package dev.verso.bitext;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Prints the quotes of a bitext as W3C Web Annotations (JSON-LD): each links its English words (the
 * body) to the French they come from (the target), both addressed by a TextQuoteSelector and a
 * TextPositionSelector, whose offsets are <em>code points</em> as in the recommendation, and by the
 * SHA-256 of the document.
 */
public final class JsonLdBitextWriter implements BitextWriter {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private static final int CONTEXT = 32;

  private final List<QuotedPassage> quotes;

  /** A writer of these quotes. */
  public JsonLdBitextWriter(List<QuotedPassage> quotes) {
    this.quotes = List.copyOf(quotes);
  }

  @Override
  public void write(Bitext bitext, Writer out) throws IOException {
    String source = bitext.source().sha256();
    String target = sha256(bitext.targetText());
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      json.setHighestNonEscapedChar(
          Surrogates.hasLone(bitext.source().text()) || Surrogates.hasLone(bitext.targetText())
              ? 127
              : 0);
      json.writeStartObject();
      json.writeStringField("@context", "http://www.w3.org/ns/anno.jsonld");
      json.writeStringField("type", "AnnotationCollection");
      json.writeNumberField("total", quotes.size());
      json.writeObjectFieldStart("first");
      json.writeStringField("type", "AnnotationPage");
      json.writeArrayFieldStart("items");
      int number = 1;
      for (QuotedPassage quote : quotes) {
        json.writeStartObject();
        json.writeStringField("id", "urn:sha256:" + source + "#quote-" + number++);
        json.writeStringField("type", "Annotation");
        json.writeStringField("motivation", "linking");
        json.writeArrayFieldStart("body");
        json.writeStartObject();
        json.writeStringField("type", "TextualBody");
        json.writeStringField("purpose", "describing");
        json.writeStringField("format", "text/plain");
        json.writeStringField(
            "value",
            quote.type() + " quote" + (quote.speaker() == null ? "" : " of " + quote.speaker()));
        json.writeEndObject();
        if (quote.target() != null) {
          resource(json, "urn:sha256:" + target, "en", target, bitext.targetText(), quote.target());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("target");
        for (TextSpan span : quote.source()) {
          String name = bitext.source().metadata().getOrDefault("url", bitext.source().name());
          resource(json, name, "fr", source, bitext.source().text(), span);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    }
    out.write('\n');
  }

  private static void resource(
      JsonGenerator json, String name, String language, String sha256, String text, TextSpan span)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "SpecificResource");
    json.writeStringField("source", name);
    json.writeStringField("language", language);
    json.writeObjectFieldStart("state");
    json.writeStringField("type", "State");
    json.writeStringField("value", "sha256:" + sha256);
    json.writeEndObject();
    json.writeArrayFieldStart("selector");
    json.writeStartObject();
    json.writeStringField("type", "TextQuoteSelector");
    json.writeStringField("exact", span.of(text));
    int before = Math.max(0, span.start() - CONTEXT);
    int after = Math.min(text.length(), span.end() + CONTEXT);
    before += Surrogates.splitsPair(text, before) ? 1 : 0;
    after += Surrogates.splitsPair(text, after) ? 1 : 0;
    json.writeStringField("prefix", text.substring(before, span.start()));
    json.writeStringField("suffix", text.substring(span.end(), after));
    json.writeEndObject();
    json.writeStartObject();
    json.writeStringField("type", "TextPositionSelector");
    json.writeNumberField("start", text.codePointCount(0, span.start()));
    json.writeNumberField("end", text.codePointCount(0, span.end()));
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
