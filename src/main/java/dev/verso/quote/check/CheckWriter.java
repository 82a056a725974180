package dev.verso.quote.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.text.Document;
import dev.verso.text.Place;
import dev.verso.text.TextSpan;
import java.util.List;
import java.util.Locale;

/** Prints judgements as JSON, one line each. Stateless. */
public final class CheckWriter {

  /** UTF-16 units of context on either side of a passage. */
  private static final int CONTEXT = 32;

  private CheckWriter() {}

  /**
   * The checks of an article's quotes: {@code
   * {"article","sha256","checks":[{"quote","speaker","speaker_note"?,
   * "label","probability","findings","explanation","passage"}]}}.
   */
  public static String json(Document article, List<CheckedQuote> checked) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("article", article.name());
    root.put("sha256", article.sha256());
    if (article.isExtracted()) {
      root.put("text", article.text());
    }
    ArrayNode checks = root.putArray("checks");
    for (CheckedQuote quote : checked) {
      ObjectNode node = checks.addObject();
      node.put("quote", quote.english());
      node.put("speaker", quote.speaker());
      if (!quote.speakerNote().isEmpty()) {
        node.put("speaker_note", quote.speakerNote());
      }
      judgement(node, quote.judgement());
      ArrayNode passage = node.putArray("passage");
      for (TextSpan span : quote.passage()) {
        ObjectNode part = passage.addObject();
        part.put("start", span.start()).put("end", span.end()).put("exact", article.visible(span));
        part.put("prefix", article.visibleBefore(span.start(), CONTEXT));
        part.put("suffix", article.visibleAfter(span.end(), CONTEXT));
        Place.put(part, "place", article, span.start());
      }
    }
    return root.toString();
  }

  /**
   * The judgement of an item: {@code {"id","label","probability","findings","explanation"}}.
   *
   * @param id the item's, as it came
   */
  public static String json(JsonNode id, Judgement judgement) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.set("id", id);
    judgement(out, judgement);
    return out.toString();
  }

  private static void judgement(ObjectNode out, Judgement judgement) {
    out.put("label", judgement.label().code());
    out.put("probability", Math.round(judgement.probability() * 1e4) / 1e4);
    ArrayNode findings = out.putArray("findings");
    for (Finding finding : judgement.findings()) {
      ObjectNode one = findings.addObject();
      one.put("kind", finding.kind().code());
      one.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
      span(one, "source", finding.source());
      span(one, "target", finding.target());
      one.put("message", finding.message());
    }
    out.put("explanation", judgement.explanation());
  }

  private static void span(ObjectNode node, String name, TextSpan span) {
    if (span == null) {
      node.putNull(name);
    } else {
      node.putArray(name).add(span.start()).add(span.end());
    }
  }
}
