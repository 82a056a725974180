package dev.verso.corpus.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.filter.Reason;
import dev.verso.text.Json;
import java.util.Map;

/**
 * What a corpus says of itself (after Gebru et al. 2021): counts, lengths, sources, scores,
 * samples, licences, what was done, what was left out and why; as JSON and as one page of HTML that
 * needs nothing else.
 *
 * <p>Says nothing of when or where it was made, so the same corpus has the same datasheet.
 */
public final class Datasheet {

  private final String name;
  private final CorpusStatistics statistics;
  private final Map<String, String> settings;

  /**
   * @param name of the corpus
   * @param statistics its counts
   * @param settings how it was made: option to value
   */
  public Datasheet(String name, CorpusStatistics statistics, Map<String, String> settings) {
    this.name = name;
    this.statistics = statistics;
    this.settings = Map.copyOf(settings);
  }

  /** The datasheet as JSON. */
  public String json() {
    ObjectNode root = Json.PLAIN.createObjectNode();
    root.put("corpus", name);
    ObjectNode counts = root.putObject("counts");
    counts.put("pairs", statistics.pairs());
    counts.put("occurrences", statistics.occurrences());
    counts.put("sourceDocuments", statistics.sourceDocuments());
    counts.put("targetDocuments", statistics.targetDocuments());
    counts.put("sourceWords", statistics.sourceWords());
    counts.put("targetWords", statistics.targetWords());
    ObjectNode made = root.putObject("settings");
    new java.util.TreeMap<>(settings).forEach(made::put);
    longs(root.putObject("domains"), statistics.domains());
    longs(root.putObject("licences"), statistics.licences());
    longs(root.putObject("changes"), statistics.notes());
    ObjectNode rejected = root.putObject("rejected");
    statistics.rejected().forEach((reason, count) -> rejected.put(reason.label(), count));
    ObjectNode histograms = root.putObject("histograms");
    for (Histogram histogram : statistics.histograms()) {
      ObjectNode one = histograms.putObject(histogram.title());
      one.put("mean", histogram.mean());
      one.put("from", histogram.start(0));
      one.put("width", histogram.start(1) - histogram.start(0));
      ArrayNode bins = one.putArray("counts");
      for (long count : histogram.counts()) {
        bins.add(count);
      }
    }
    ArrayNode samples = root.putArray("samples");
    for (CorpusPair pair : statistics.samplePairs()) {
      sample(samples.addObject(), pair);
    }
    ObjectNode rejectedSamples = root.putObject("rejectedSamples");
    for (Reason reason : statistics.rejected().keySet()) {
      ArrayNode some = rejectedSamples.putArray(reason.label());
      statistics.samplesOf(reason).forEach(pair -> sample(some.addObject(), pair));
    }
    try {
      return Json.PLAIN.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void longs(ObjectNode node, Map<String, Long> counts) {
    counts.forEach(node::put);
  }

  private static void sample(ObjectNode node, CorpusPair pair) {
    node.put("source", pair.source().text());
    node.put("target", pair.target().text());
    node.put("document", pair.source().document());
  }

  /** The datasheet as a page. */
  public String html() {
    StringBuilder out = new StringBuilder();
    out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
    out.append(escaped(name));
    out.append("</title>\n<style>body{font:15px/1.5 sans-serif;max-width:60rem;margin:2rem auto;");
    out.append(
        "padding:0 1rem}table{border-collapse:collapse;margin:.5rem 0}td,th{text-align:left;");
    out.append("vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #ddd}");
    out.append("figure{display:inline-block;margin:0 1rem 1rem 0}</style></head><body>\n<h1>");
    out.append(escaped(name)).append("</h1>\n");
    out.append("<table>");
    row(out, "pairs of sentences", String.valueOf(statistics.pairs()));
    row(out, "places where they stand", String.valueOf(statistics.occurrences()));
    row(
        out,
        "documents, French and English",
        statistics.sourceDocuments() + " and " + statistics.targetDocuments());
    row(
        out,
        "words, French and English",
        statistics.sourceWords() + " and " + statistics.targetWords());
    out.append("</table>\n<h2>How it was made</h2>\n<table>");
    new java.util.TreeMap<>(settings).forEach((key, value) -> row(out, key, value));
    out.append("</table>\n");
    counts(out, "Where it is from", statistics.domains());
    counts(out, "Licences", statistics.licences());
    counts(out, "What was changed", statistics.notes());
    out.append("<h2>What was left out</h2>\n<table><tr><th>reason</th><th>pairs</th>");
    out.append("<th>for example</th></tr>");
    statistics
        .rejected()
        .forEach(
            (reason, count) -> {
              out.append("<tr><td>").append(reason.label()).append("</td><td>").append(count);
              out.append("</td><td>");
              for (CorpusPair pair : statistics.samplesOf(reason)) {
                out.append(escaped(shortened(pair.source().text()))).append(" — ");
                out.append(escaped(shortened(pair.target().text()))).append("<br>");
              }
              out.append("</td></tr>\n");
            });
    out.append("</table>\n<h2>Lengths and scores</h2>\n");
    for (Histogram histogram : statistics.histograms()) {
      out.append("<figure>").append(histogram.svg()).append("<figcaption>");
      out.append(escaped(histogram.title())).append(", mean ").append(histogram.mean());
      out.append("</figcaption></figure>\n");
    }
    out.append("<h2>Samples</h2>\n<table>");
    for (CorpusPair pair : statistics.samplePairs()) {
      row(out, pair.source().text(), pair.target().text());
    }
    return out.append("</table>\n</body></html>\n").toString();
  }

  private static void counts(StringBuilder out, String title, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      out.append("<h2>").append(title).append("</h2>\n<table>");
      counts.entrySet().stream()
          .sorted(
              Map.Entry.<String, Long>comparingByValue()
                  .reversed()
                  .thenComparing(Map.Entry.comparingByKey()))
          .limit(50)
          .forEach(entry -> row(out, entry.getKey(), String.valueOf(entry.getValue())));
      out.append("</table>\n");
    }
  }

  private static void row(StringBuilder out, String left, String right) {
    out.append("<tr><td>").append(escaped(left)).append("</td><td>");
    out.append(escaped(right)).append("</td></tr>\n");
  }

  private static String shortened(String text) {
    int most = 160;
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
