package dev.verso.quote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.text.Document;
import dev.verso.text.Place;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints the quotes of a document. Writers hold no state, neither close nor flush {@code out}, and
 * take time linear in the document.
 */
public enum QuoteWriter {
  /**
   * For programs, one line: {@code {"quotes":[{"type","content":[[s,e],…],"speaker":[s,e]|null,
   * "speaker_coref","speaker_name","cue","negated","attribution":"explicit"|"coreference"|
   * "neighbour"|"none","attribution_span":[s,e]|null,"repaired":["…"]}],"non_quotes":[[s,e],…]}}.
   * Offsets are UTF-16 units into the decoded input.
   */
  JSON("application/json") {
    @Override
    public void write(Document document, QuoteReport report, Writer out) throws IOException {
      try (JsonGenerator json = FACTORY.createGenerator(out)) {
        json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        json.writeStartObject();
        if (document.isExtracted()) {
          json.writeStringField("text", document.text());
        }
        json.writeArrayFieldStart("quotes");
        for (Quote quote : report.quotes()) {
          json.writeStartObject();
          json.writeStringField("type", quote.type().label());
          spans(json, "content", quote.content());
          Place.write(json, "place", document, quote.content().get(0).start());
          span(json, "speaker", quote.speaker());
          span(json, "speaker_coref", quote.speakerCoref());
          json.writeStringField("speaker_name", quote.speakerName());
          span(json, "cue", quote.cue());
          json.writeBooleanField("negated", quote.negated());
          json.writeStringField("attribution", quote.attribution().label());
          span(json, "attribution_span", quote.attributionSpan());
          json.writeArrayFieldStart("repaired");
          for (String note : quote.repaired()) {
            json.writeString(note);
          }
          json.writeEndArray();
          json.writeEndObject();
        }
        json.writeEndArray();
        spans(json, "non_quotes", report.nonQuotes());
        json.writeEndObject();
      }
      out.write('\n');
    }
  },
  /**
   * W3C Web Annotations (JSON-LD), one for each quote. Each span of the content is a target with a
   * TextQuoteSelector (the words with {@value #CONTEXT} characters around them) refined by nothing,
   * and a TextPositionSelector beside it, whose offsets are <em>code points</em> as the
   * recommendation has it. The document's SHA-256 is the state.
   */
  JSONLD("application/ld+json") {
    @Override
    public void write(Document document, QuoteReport report, Writer out) throws IOException {
      CodePoints points = new CodePoints(document.text());
      try (JsonGenerator json = FACTORY.createGenerator(out)) {
        json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        json.writeStartObject();
        json.writeStringField("@context", "http://www.w3.org/ns/anno.jsonld");
        json.writeStringField("type", "AnnotationCollection");
        json.writeNumberField("total", report.quotes().size());
        json.writeObjectFieldStart("first");
        json.writeStringField("type", "AnnotationPage");
        json.writeArrayFieldStart("items");
        int number = 1;
        for (Quote quote : report.quotes()) {
          annotation(json, document, quote, number++, points);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
      }
      out.write('\n');
    }
  },
  /** One quote a line under a heading; tabs and line breaks inside a cell become spaces. */
  TSV("text/tab-separated-values; charset=utf-8") {
    @Override
    public void write(Document document, QuoteReport report, Writer out) throws IOException {
      out.write("type\tstart\tend\tspeaker\tmention\tcue\tnegated\twords\trepaired\n");
      for (Quote quote : report.quotes()) {
        List<String> cells =
            List.of(
                quote.type().label(),
                Integer.toString(quote.extent().start()),
                Integer.toString(quote.extent().end()),
                quote.speakerName() == null ? "" : quote.speakerName(),
                quote.speaker() == null ? "" : document.visible(quote.speaker()),
                quote.cue() == null ? "" : document.visible(quote.cue()),
                Boolean.toString(quote.negated()),
                quote.words(document),
                String.join(" ", quote.repaired()));
        out.write(cells.stream().map(QuoteWriter::oneLine).collect(Collectors.joining("\t")));
        out.write('\n');
      }
    }
  },
  /** A page that loads nothing: the text with its quotes marked, and beside it who says what. */
  HTML("text/html; charset=utf-8") {
    @Override
    public void write(Document document, QuoteReport report, Writer out) throws IOException {
      QuotePage.write(document, report, out);
    }
  },
  /** For readers: who, by which word, and the quote. */
  TEXT("text/plain; charset=utf-8") {
    @Override
    public void write(Document document, QuoteReport report, Writer out) throws IOException {
      for (Quote quote : report.quotes()) {
        String words = oneLine(quote.words(document));
        out.write(quote.speakerName() == null ? "(no source)" : oneLine(quote.speakerName()));
        out.write(" [" + quote.type().label());
        if (quote.cue() != null) {
          out.write(", " + oneLine(document.visible(quote.cue())));
        }
        out.write(quote.negated() ? ", not asserted]\n" : "]\n");
        out.write(quote.type() == QuoteType.INDIRECT ? "  " + words : "  “" + words + "”");
        out.write('\n');
        for (String note : quote.repaired()) {
          out.write("  (" + note + ")\n");
        }
        out.write('\n');
      }
    }
  };

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  static final int CONTEXT = 32;

  private final String mediaType;

  QuoteWriter(String mediaType) {
    this.mediaType = mediaType;
  }

  /**
   * Prints {@code report}, found in {@code document}.
   *
   * @throws IOException if {@code out} throws it
   */
  public abstract void write(Document document, QuoteReport report, Writer out) throws IOException;

  /** What {@link #write} prints, as a string. */
  public String format(Document document, QuoteReport report) {
    StringWriter out = new StringWriter();
    try {
      write(document, report, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /** Its media type, as in an HTTP header. */
  public String mediaType() {
    return mediaType;
  }

  /** The name users give it, such as {@code jsonld}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of that name, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static QuoteWriter of(String label) {
    return Arrays.stream(values())
        .filter(format -> format.label().equalsIgnoreCase(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no format '"
                        + label
                        + "': use "
                        + Arrays.stream(values())
                            .map(QuoteWriter::label)
                            .collect(Collectors.joining(", "))));
  }

  private static String oneLine(String cell) {
    return cell.replaceAll("[\\s\\u00a0\\u202f]+", " ").strip();
  }

  private static void span(JsonGenerator json, String name, TextSpan span) throws IOException {
    json.writeFieldName(name);
    if (span == null) {
      json.writeNull();
    } else {
      json.writeArray(new int[] {span.start(), span.end()}, 0, 2);
    }
  }

  private static void spans(JsonGenerator json, String name, List<TextSpan> spans)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (TextSpan span : spans) {
      json.writeArray(new int[] {span.start(), span.end()}, 0, 2);
    }
    json.writeEndArray();
  }

  private static void annotation(
      JsonGenerator json, Document document, Quote quote, int number, CodePoints points)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", "urn:sha256:" + document.sha256() + "#quote-" + number);
    json.writeStringField("type", "Annotation");
    json.writeStringField("motivation", "identifying");
    json.writeObjectFieldStart("body");
    json.writeStringField("type", "TextualBody");
    json.writeStringField("format", "text/plain");
    StringBuilder value = new StringBuilder(quote.type().label());
    if (quote.speakerName() != null) {
      value.append(" quote of ").append(oneLine(quote.speakerName()));
    } else {
      value.append(" quote");
    }
    json.writeStringField("value", quote.negated() ? value + ", not asserted" : value.toString());
    json.writeEndObject();
    json.writeArrayFieldStart("target");
    for (TextSpan span : quote.content()) {
      json.writeStartObject();
      json.writeStringField("source", document.metadata().getOrDefault("url", document.name()));
      json.writeObjectFieldStart("state");
      json.writeStringField("type", "State");
      json.writeStringField("value", "sha256:" + document.sha256());
      json.writeEndObject();
      json.writeArrayFieldStart("selector");
      json.writeStartObject();
      json.writeStringField("type", "TextQuoteSelector");
      json.writeStringField("exact", document.visible(span));
      json.writeStringField("prefix", document.visibleBefore(span.start(), CONTEXT));
      json.writeStringField("suffix", document.visibleAfter(span.end(), CONTEXT));
      json.writeEndObject();
      json.writeStartObject();
      json.writeStringField("type", "TextPositionSelector");
      json.writeNumberField("start", points.of(span.start()));
      json.writeNumberField("end", points.of(span.end()));
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Offsets in code points; asked for in rising order they cost one pass over the text. */
  private static final class CodePoints {
    private final String text;
    private int unit;
    private int point;

    CodePoints(String text) {
      this.text = text;
    }

    int of(int offset) {
      if (offset < unit) {
        point -= text.codePointCount(offset, unit);
      } else {
        point += text.codePointCount(unit, offset);
      }
      unit = offset;
      return point;
    }
  }
}
