package dev.verso.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.text.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@link QuoteEvaluation} counted, for readers and for programs.
 *
 * @param gold name of the gold set
 * @param documents number of its documents
 * @param counts for each measure, by name, the number of right cases and of all cases
 */
public record QuoteScores(String gold, int documents, Map<String, long[]> counts) {

  /** Copies the map. */
  public QuoteScores {
    Map<String, long[]> copy = new LinkedHashMap<>();
    counts.forEach((name, pair) -> copy.put(name, pair.clone()));
    counts = Collections.unmodifiableMap(copy);
  }

  /** The share of right cases of the measure, 0 where there are none. */
  public double share(String measure) {
    long[] pair = counts.get(measure);
    return pair == null || pair[1] == 0 ? 0 : (double) pair[0] / pair[1];
  }

  /**
   * The harmonic mean of precision and recall.
   *
   * @param family {@code all}, {@code marked}, {@code direct}, {@code mixed} or {@code indirect}
   * @param overlap {@code 0.3}, {@code 0.8} or {@code exact}
   */
  public double f1(String family, String overlap) {
    double precision = share(family + " P@" + overlap);
    double recall = share(family + " R@" + overlap);
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  /**
   * Prints two aligned tables for a terminal.
   *
   * @throws IOException if {@code out} throws it
   */
  public void print(Appendable out) throws IOException {
    out.append(gold + ", " + documents + " documents\n\n");
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("quotes", "overlap", "precision", "recall", "F1", "gold"));
    for (String family : QuoteEvaluation.FAMILIES.keySet()) {
      for (String overlap : QuoteEvaluation.OVERLAPS.keySet()) {
        table.add(
            List.of(
                family,
                overlap,
                format(share(family + " P@" + overlap)),
                format(share(family + " R@" + overlap)),
                format(f1(family, overlap)),
                Long.toString(counts.get(family + " R@" + overlap)[1])));
      }
    }
    TextTable.print(table, out);
    out.append('\n');
    List<List<String>> rest = new ArrayList<>();
    rest.add(List.of("measure", "share", "right", "of"));
    counts.forEach(
        (name, pair) -> {
          if (name.indexOf('@') < 0) {
            rest.add(
                List.of(name, format(share(name)), Long.toString(pair[0]), Long.toString(pair[1])));
          }
        });
    TextTable.print(rest, out);
  }

  private static String format(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }

  /** The same for programs, as one JSON object. */
  public String toJson() {
    ObjectNode root = Json.PLAIN.createObjectNode();
    root.put("gold", gold).put("documents", documents);
    ObjectNode scores = root.putObject("f1");
    for (String family : QuoteEvaluation.FAMILIES.keySet()) {
      for (String overlap : QuoteEvaluation.OVERLAPS.keySet()) {
        scores.put(family + "@" + overlap, f1(family, overlap));
      }
    }
    ObjectNode shares = root.putObject("shares");
    counts.forEach((name, pair) -> shares.put(name.strip(), share(name)));
    return root.toString();
  }
}
