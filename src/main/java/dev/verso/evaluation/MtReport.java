package dev.verso.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.text.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@link MtEvaluation} found, for readers and for programs.
 *
 * @param source name of the source side
 * @param reference name of the reference
 * @param lines number of segments
 * @param bootstrap the resamples used for intervals and p-values
 * @param signatures each metric with its settings, as in sacreBLEU's signatures
 * @param rows the systems; the first is the one that the others are compared with
 */
public record MtReport(
    String source,
    String reference,
    int lines,
    Bootstrap bootstrap,
    List<String> signatures,
    List<Row> rows) {

  /** Differences with a lower p-value are called significant. */
  public static final double SIGNIFICANCE = 0.05;

  /**
   * One score of one system.
   *
   * @param metric the metric's name
   * @param value from 0 to 100
   * @param interval contains 95 % of the resamples
   * @param pValue of the difference from the first system, NaN for the first itself
   */
  public record Score(String metric, double value, Bootstrap.Interval interval, double pValue) {

    /** Whether the difference from the first system is significant. */
    public boolean isSignificant() {
      return pValue < SIGNIFICANCE;
    }
  }

  /**
   * One system.
   *
   * @param name what it is called
   * @param scores one for each metric
   * @param empty number of segments that are empty although their source is not
   * @param copied number of segments that repeat their source unchanged
   */
  public record Row(String name, List<Score> scores, int empty, int copied) {

    /** Copies the list. */
    public Row {
      scores = List.copyOf(scores);
    }
  }

  /** Copies the lists. */
  public MtReport {
    signatures = List.copyOf(signatures);
    rows = List.copyOf(rows);
  }

  /**
   * Prints an aligned table for a terminal: a star marks a score that differs significantly from
   * the first system's.
   *
   * @throws IOException if {@code out} throws it
   */
  public void print(Appendable out) throws IOException {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("system"));
    rows.get(0).scores().forEach(score -> head.addAll(List.of(score.metric(), "±", "p")));
    head.addAll(List.of("empty", "copied"));
    table.add(head);
    for (Row row : rows) {
      List<String> cells = new ArrayList<>(List.of(row.name()));
      for (Score score : row.scores()) {
        cells.add(String.format(Locale.ROOT, "%.2f", score.value()));
        cells.add(String.format(Locale.ROOT, "%.2f", score.interval().halfWidth()));
        cells.add(
            Double.isNaN(score.pValue())
                ? ""
                : String.format(
                    Locale.ROOT, "%.3f%s", score.pValue(), score.isSignificant() ? "*" : " "));
      }
      cells.add(Integer.toString(row.empty()));
      cells.add(Integer.toString(row.copied()));
      table.add(cells);
    }
    out.append(source + " → " + reference + ", " + lines + " segments\n\n");
    TextTable.print(table, out);
    out.append(
        String.format(
            Locale.ROOT,
            "\n± half the 95 %% interval, p against %s (* below %.2f): paired bootstrap, %d"
                + " resamples, seed %d\n",
            rows.get(0).name(),
            SIGNIFICANCE,
            bootstrap.samples(),
            bootstrap.seed()));
    for (String signature : signatures) {
      out.append(signature).append('\n');
    }
  }

  /** The same for programs, as one JSON object. */
  public String toJson() {
    ObjectNode root = Json.PLAIN.createObjectNode();
    root.put("source", source).put("reference", reference).put("lines", lines);
    root.putObject("bootstrap").put("samples", bootstrap.samples()).put("seed", bootstrap.seed());
    ArrayNode signed = root.putArray("signatures");
    signatures.forEach(signed::add);
    ArrayNode systems = root.putArray("systems");
    for (Row row : rows) {
      ObjectNode system = systems.addObject();
      system.put("name", row.name()).put("empty", row.empty()).put("copied", row.copied());
      ObjectNode scores = system.putObject("scores");
      for (Score score : row.scores()) {
        ObjectNode node = scores.putObject(score.metric());
        node.put("value", score.value());
        node.putArray("interval").add(score.interval().low()).add(score.interval().high());
        if (!Double.isNaN(score.pValue())) {
          node.put("p", score.pValue());
        }
      }
    }
    return root.toString();
  }
}
