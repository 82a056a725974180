package dev.verso.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.text.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@link WordsEvaluation} found, for readers and for programs.
 *
 * @param gold name of the gold set
 * @param pairs number of its sentence pairs
 * @param bootstrap the resamples used for the intervals
 * @param rows the scores of all links and of those predicted as sure
 */
public record WordsReport(String gold, int pairs, Bootstrap bootstrap, List<Row> rows) {

  /**
   * The score of some of the links.
   *
   * @param name which links
   * @param score their counts over all pairs
   * @param interval of the error rate, contains 95 % of the resamples
   */
  public record Row(String name, WordScore score, Bootstrap.Interval interval) {}

  /** Copies the list. */
  public WordsReport {
    rows = List.copyOf(rows);
  }

  /**
   * Prints an aligned table for a terminal.
   *
   * @throws IOException if {@code out} throws it
   */
  public void print(Appendable out) throws IOException {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("links", "AER", "±", "precision", "recall", "predicted", "sure"));
    for (Row row : rows) {
      WordScore score = row.score();
      table.add(
          List.of(
              row.name(),
              String.format(Locale.ROOT, "%.3f", score.errorRate()),
              String.format(Locale.ROOT, "%.3f", row.interval().halfWidth()),
              String.format(Locale.ROOT, "%.3f", score.precision()),
              String.format(Locale.ROOT, "%.3f", score.recall()),
              Long.toString(score.predicted()),
              Long.toString(score.sure())));
    }
    out.append(gold + ", " + pairs + " sentence pairs\n\n");
    TextTable.print(table, out);
    out.append(
        String.format(
            Locale.ROOT,
            "\nAER of Och and Ney (2003), lower is better; ± half the 95 %% interval, bootstrap over"
                + " pairs, %d resamples, seed %d\n",
            bootstrap.samples(),
            bootstrap.seed()));
  }

  /** The same for programs, as one JSON object. */
  public String toJson() {
    ObjectNode root = Json.PLAIN.createObjectNode();
    root.put("gold", gold).put("pairs", pairs);
    root.putObject("bootstrap").put("samples", bootstrap.samples()).put("seed", bootstrap.seed());
    ArrayNode scores = root.putArray("scores");
    for (Row row : rows) {
      ObjectNode node = scores.addObject();
      node.put("links", row.name()).put("aer", row.score().errorRate());
      node.putArray("interval").add(row.interval().low()).add(row.interval().high());
      node.put("precision", row.score().precision()).put("recall", row.score().recall());
      node.put("predicted", row.score().predicted()).put("sure", row.score().sure());
    }
    return root.toString();
  }
}
