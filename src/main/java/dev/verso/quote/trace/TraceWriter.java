package dev.verso.quote.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.bitext.Bitext;
import dev.verso.text.Json;
import dev.verso.text.Place;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Prints a trace as one line of JSON: {@code {"english","match":"exact"|"similar"|"not-found",
 * "similarity","source":[{"start","end","exact","prefix","suffix",
 * "place"}],"sha256","translation"}}, the source's offsets in UTF-16 units into the decoded input.
 */
public final class TraceWriter {

  private static final int CONTEXT = 32;

  private TraceWriter() {}

  /** The trace of {@code excerpt} in {@code bitext}, without a line break. */
  public static String json(Bitext bitext, String excerpt, Trace trace) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("english", excerpt);
    root.put("match", trace.match().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    root.put("similarity", Math.round(trace.similarity() * 1e4) / 1e4);
    ArrayNode passages = root.putArray("source");
    for (TextSpan span : trace.source()) {
      ObjectNode passage = passages.addObject();
      passage
          .put("start", span.start())
          .put("end", span.end())
          .put("exact", bitext.source().visible(span));
      passage.put("prefix", bitext.source().visibleBefore(span.start(), CONTEXT));
      passage.put("suffix", bitext.source().visibleAfter(span.end(), CONTEXT));
      Place.put(passage, "place", bitext.source(), span.start());
    }
    root.put("sha256", bitext.source().sha256());
    if (trace.target() != null) {
      root.put("translation", trace.target().of(bitext.targetText()));
    }
    try {
      return Json.PLAIN.writeValueAsString(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
