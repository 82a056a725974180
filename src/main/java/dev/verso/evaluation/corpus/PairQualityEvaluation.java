package dev.verso.evaluation.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.alignment.PairComparison;
import dev.verso.alignment.PairFeatures;
import dev.verso.corpus.filter.FixedMargin;
import dev.verso.corpus.filter.PairQuality;
import dev.verso.evaluation.TextTable;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import dev.verso.text.LineFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * The quality score against judges: lines of {@code {"fr","en","first":{"tag"},"second":{"tag"}}},
 * tags among sure, partial, unperfect, not corresponding and undecidable.
 *
 * <p>ROC AUC: the probability that a pair of the one tag scores higher than one of the other, ties
 * halved; for each judge by itself, since pairs are few.
 */
public final class PairQualityEvaluation {

  private static final String SURE = "sure";
  private static final String PARTIAL = "partial";
  private static final String NOT = "not corresponding";

  private static final int WIDTH = 480;
  private static final int HEIGHT = 300;
  private static final int EDGE = 40;
  private static final int LEGEND = 150;
  private static final int LINE = 18;
  private static final int TICKS = 5;
  private static final int STEPS = 100;
  private static final List<String> COLOURS =
      List.of("#b00020", "#b26a00", "#00695c", "#616161", "#4527a0");

  private PairQualityEvaluation() {}

  private record Item(String first, String second, PairFeatures features, OptionalDouble margin) {}

  /**
   * Prints the tables.
   *
   * @param margin the model to ask, if any
   * @return the AUC of sure against not corresponding by the first judge
   */
  public static double run(Path gold, Optional<FixedMargin> margin, Appendable out)
      throws IOException {
    List<Item> items = items(gold, margin);
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "score", "judge", "sure > not", "sure > partial", "partial > not", "sure > unperfect"));
    double[] lengths = items.stream().mapToDouble(item -> -item.features.length()).toArray();
    double[] lexical =
        items.stream()
            .mapToDouble(item -> item.features.forward() + item.features.backward())
            .toArray();
    double[] plain = scores(items, false);
    rows(rows, "length only", items, lengths);
    rows(rows, "lexicon only", items, lexical);
    rows(rows, "quality", items, plain);
    double[] best = plain;
    if (margin.isPresent()) {
      rows(
          rows,
          "margin only",
          items,
          items.stream().mapToDouble(item -> item.margin.orElse(0)).toArray());
      best = scores(items, true);
      rows(rows, "quality with margin", items, best);
    }
    TextTable.print(rows, out);
    out.append('\n');
    kept(items, best, out);
    return auc(items, best, true, SURE, NOT);
  }

  private static List<Item> items(Path gold, Optional<FixedMargin> margin) throws IOException {
    PairComparison comparison = PairComparison.shipped();
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : LineFile.read(gold)) {
      if (!line.isBlank()) {
        nodes.add(Json.PLAIN.readTree(line));
      }
    }
    List<String> french = nodes.stream().map(node -> node.get("fr").asText()).toList();
    List<String> english = nodes.stream().map(node -> node.get("en").asText()).toList();
    double[] margins =
        margin.isPresent()
            ? margin.get().of(french, english, Cancellation.NONE)
            : new double[nodes.size()];
    List<Item> items = new ArrayList<>();
    for (int k = 0; k < margins.length; k++) {
      items.add(
          new Item(
              nodes.get(k).get("first").get("tag").asText(),
              nodes.get(k).get("second").get("tag").asText(),
              comparison.compare(french.get(k), english.get(k)),
              margin.isPresent() ? OptionalDouble.of(margins[k]) : OptionalDouble.empty()));
    }
    return items;
  }

  private static double[] scores(List<Item> items, boolean asked) {
    PairQuality quality = PairQuality.shipped();
    return items.stream()
        .mapToDouble(
            item -> quality.of(item.features, asked ? item.margin : OptionalDouble.empty()))
        .toArray();
  }

  private static void rows(
      List<List<String>> rows, String name, List<Item> items, double[] scores) {
    for (boolean first : new boolean[] {true, false}) {
      rows.add(
          List.of(
              first ? name : "",
              first ? "first" : "second",
              decimal(auc(items, scores, first, SURE, NOT)),
              decimal(auc(items, scores, first, SURE, PARTIAL)),
              decimal(auc(items, scores, first, PARTIAL, NOT)),
              decimal(auc(items, scores, first, SURE, "unperfect"))));
    }
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static double auc(
      List<Item> items, double[] scores, boolean first, String high, String low) {
    List<Double> above = new ArrayList<>();
    List<Double> below = new ArrayList<>();
    for (int k = 0; k < scores.length; k++) {
      String tag = first ? items.get(k).first : items.get(k).second;
      if (tag.equals(high)) {
        above.add(scores[k]);
      } else if (tag.equals(low)) {
        below.add(scores[k]);
      }
    }
    return auc(
        above.stream().mapToDouble(Double::doubleValue).toArray(),
        below.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The probability that a value of {@code above} is greater than one of {@code below}. */
  static double auc(double[] above, double[] below) {
    double[] sorted = below.clone();
    Arrays.sort(sorted);
    double wins = 0;
    for (double value : above) {
      int low = 0;
      int high = sorted.length;
      while (low < high) {
        int middle = (low + high) / 2;
        if (sorted[middle] < value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      int equal = low;
      while (equal < sorted.length && sorted[equal] == value) {
        equal++;
      }
      wins += low + (equal - low) / 2.0;
    }
    return above.length == 0 || below.length == 0 ? Double.NaN : wins / above.length / below.length;
  }

  /**
   * The share of each judgement that is kept, by threshold, as a picture: what thresholds are taken
   * from.
   *
   * @param margin the model to ask, if any
   */
  public static String plot(Path gold, Optional<FixedMargin> margin) throws IOException {
    List<Item> items = items(gold, margin);
    double[] scores = scores(items, margin.isPresent());
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-label=\"share kept by least quality\" font-family=\"sans-serif\""
                + " font-size=\"11\"><rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
            WIDTH + 2 * EDGE + LEGEND,
            HEIGHT + 2 * EDGE));
    for (int tick = 0; tick <= TICKS; tick++) {
      double value = (double) tick / TICKS;
      svg.append(
          String.format(
              Locale.ROOT,
              "<path d=\"M%1$.1f %3$dV%4$d M%3$d %2$.1fH%5$d\" stroke=\"#ddd\"/>"
                  + "<text x=\"%1$.1f\" y=\"%6$d\" text-anchor=\"middle\">%7$.1f</text>"
                  + "<text x=\"%8$d\" y=\"%2$.1f\" text-anchor=\"end\">%7$.1f</text>%n",
              EDGE + WIDTH * value,
              EDGE + HEIGHT * (1 - value),
              EDGE,
              EDGE + HEIGHT,
              EDGE + WIDTH,
              EDGE + HEIGHT + EDGE / 2,
              value,
              EDGE - 4));
    }
    int line = 0;
    for (String tag : new TreeSet<>(items.stream().map(Item::first).toList())) {
      StringBuilder points = new StringBuilder();
      for (int step = 0; step <= STEPS; step++) {
        double least = (double) step / STEPS;
        points.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                EDGE + WIDTH * least,
                EDGE + HEIGHT * (1 - share(items, scores, tag, least))));
      }
      String colour = COLOURS.get(line % COLOURS.size());
      svg.append(
          String.format(
              Locale.ROOT,
              "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
                  + "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s (%d)</text>%n",
              points.toString().strip(),
              colour,
              EDGE + WIDTH + EDGE / 2,
              EDGE + LINE * ++line,
              colour,
              tag,
              items.stream().filter(item -> item.first.equals(tag)).count()));
    }
    return svg.append("</svg>\n").toString();
  }

  private static double share(List<Item> items, double[] scores, String tag, double least) {
    int all = 0;
    int kept = 0;
    for (int k = 0; k < scores.length; k++) {
      if (items.get(k).first.equals(tag)) {
        all++;
        kept += scores[k] >= least ? 1 : 0;
      }
    }
    return (double) kept / Math.max(1, all);
  }

  /** The plot that thresholds are taken from: what share of each judgement each threshold keeps. */
  private static void kept(List<Item> items, double[] scores, Appendable out) throws IOException {
    List<String> tags = new ArrayList<>(new TreeSet<>(items.stream().map(Item::first).toList()));
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("kept from"));
    head.addAll(tags);
    rows.add(head);
    for (double least : new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9}) {
      List<String> row = new ArrayList<>(List.of(String.format(Locale.ROOT, "%.2f", least)));
      for (String tag : tags) {
        row.add(String.format(Locale.ROOT, "%.3f", share(items, scores, tag, least)));
      }
      rows.add(row);
    }
    TextTable.print(rows, out);
  }
}
