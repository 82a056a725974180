package dev.verso.evaluation;

import dev.verso.alignment.AlignmentWeights;
import dev.verso.alignment.GaleChurchAligner;
import dev.verso.alignment.GoldAlignment;
import dev.verso.alignment.LogLinearAligner;
import dev.verso.alignment.SentenceAligner;
import dev.verso.alignment.TextPair;
import dev.verso.alignment.WeightFitting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Scores sentence aligners on gold alignments, never with weights fitted on the scored text: for a
 * text that the shipped weights were fitted on, they are fitted again on the other such texts.
 */
public final class SentenceAlignmentEvaluation {
  private SentenceAlignmentEvaluation() {}

  /**
   * One aligner's scores.
   *
   * @param aligner its name
   * @param byText counts by text, in the order given
   */
  public record Row(String aligner, Map<String, BeadScore> byText) {

    /** Keeps the order. */
    public Row {
      byText = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byText));
    }

    /** All texts' counts together. */
    public BeadScore pooled() {
      return byText.values().stream().reduce(BeadScore.NONE, BeadScore::plus);
    }

    /** The mean of one figure over the texts. */
    public double mean(Function<BeadScore, Double> figure) {
      return byText.values().stream().mapToDouble(figure::apply).average().orElse(0);
    }
  }

  /**
   * Rows side by side.
   *
   * @param rows one for each aligner
   */
  public record Report(List<Row> rows) {

    /** Copies the list. */
    public Report {
      rows = List.copyOf(rows);
    }

    /** Prints strict and lax precision, recall and F1, pooled, by text, and the macro mean. */
    public void print(Appendable out) throws IOException {
      for (Row row : rows) {
        out.append(row.aligner()).append('\n');
        out.append(
            String.format(
                Locale.ROOT, "  %-24s %-23s %s%n", "", "strict P / R / F1", "lax P / R / F1"));
        for (Map.Entry<String, BeadScore> text : row.byText().entrySet()) {
          line(text.getKey(), text.getValue(), out);
        }
        line("pooled", row.pooled(), out);
        out.append(
            String.format(
                Locale.ROOT,
                "  %-24s %.3f / %.3f / %.3f   %.3f / %.3f / %.3f%n",
                "macro mean",
                row.mean(BeadScore::strictPrecision),
                row.mean(BeadScore::strictRecall),
                row.mean(BeadScore::strictF1),
                row.mean(BeadScore::laxPrecision),
                row.mean(BeadScore::laxRecall),
                row.mean(BeadScore::laxF1)));
      }
    }

    /** Prints a row for each aligner: pooled strict and lax F1, macro means, and F1 by text. */
    public void printTable(Appendable out) throws IOException {
      for (Row row : rows) {
        BeadScore pooled = row.pooled();
        out.append(
            String.format(
                Locale.ROOT,
                "%-28s pooled %.3f / %.3f  macro %.3f / %.3f ",
                row.aligner(),
                pooled.strictF1(),
                pooled.laxF1(),
                row.mean(BeadScore::strictF1),
                row.mean(BeadScore::laxF1)));
        for (Map.Entry<String, BeadScore> text : row.byText().entrySet()) {
          out.append(
              String.format(
                  Locale.ROOT,
                  " %s %.3f / %.3f",
                  text.getKey(),
                  text.getValue().strictF1(),
                  text.getValue().laxF1()));
        }
        out.append('\n');
      }
    }

    private static void line(String name, BeadScore score, Appendable out) throws IOException {
      out.append(
          String.format(
              Locale.ROOT,
              "  %-24s %.3f / %.3f / %.3f   %.3f / %.3f / %.3f%n",
              name,
              score.strictPrecision(),
              score.strictRecall(),
              score.strictF1(),
              score.laxPrecision(),
              score.laxRecall(),
              score.laxF1()));
    }
  }

  /** Scores an aligner without fitting. */
  public static Row score(String name, SentenceAligner aligner, List<GoldAlignment> gold) {
    Map<String, BeadScore> scores = new LinkedHashMap<>();
    for (GoldAlignment text : gold) {
      scores.put(text.name(), BeadScore.of(aligner.align(text.pair()).beads(), text.beads()));
    }
    return new Row(name, scores);
  }

  /**
   * Scores the log-linear aligner, each text with weights that were not fitted on it.
   *
   * @param without features omitted, of {@link LogLinearAligner#features}
   */
  public static Row heldOut(
      String name, LogLinearAligner aligner, Set<String> without, List<GoldAlignment> gold) {
    Map<String, BeadScore> scores = new LinkedHashMap<>();
    for (GoldAlignment text : gold) {
      LogLinearAligner unseen = aligner.withWeights(unseen(text, aligner, without, gold));
      scores.put(text.name(), BeadScore.of(unseen.align(text.pair()).beads(), text.beads()));
    }
    return new Row(name, scores);
  }

  /**
   * Weights that were not fitted on the text: the shipped ones or, if these were, weights fitted on
   * their other texts.
   */
  static AlignmentWeights unseen(
      GoldAlignment text, LogLinearAligner aligner, Set<String> without, List<GoldAlignment> gold) {
    AlignmentWeights shipped =
        AlignmentWeights.shipped(text.pair().translations().isPresent() ? "translated" : "fast");
    if (without.isEmpty() && !shipped.fittedOn().contains(text.name())) {
      return shipped;
    }
    List<GoldAlignment> others =
        gold.stream()
            .filter(other -> !other.name().equals(text.name()))
            .filter(other -> shipped.fittedOn().contains(other.name()))
            .toList();
    if (others.isEmpty()) {
      throw new IllegalArgumentException(
          text.name()
              + ": the shipped weights were fitted on this text; give the other texts they were"
              + " fitted on as well ("
              + shipped.fittedOn().stream().sorted().collect(Collectors.joining(", "))
              + "), so that they can be fitted without it");
    }
    return WeightFitting.fit(others, aligner, without);
  }

  /**
   * The aligner a user gets, on these texts.
   *
   * @param aligner the shipped one, with or without a model's margin
   */
  public static Report evaluate(LogLinearAligner aligner, List<GoldAlignment> gold) {
    return new Report(List.of(heldOut("Verso", aligner, Set.of(), gold)));
  }

  /**
   * Baselines, the aligner without a network, the same without each feature in turn, and what a
   * model's margin and its translations add, if given. Fits many weights.
   */
  public static Report ablation(LogLinearAligner aligner, List<GoldAlignment> gold) {
    List<GoldAlignment> plain =
        gold.stream()
            .map(
                text ->
                    new GoldAlignment(
                        text.name(),
                        TextPair.of(text.pair().source(), text.pair().target()),
                        text.beads()))
            .toList();
    LogLinearAligner fast = aligner.withoutMargin();
    LogLinearAligner bare = fast.withoutLexicon();
    List<Row> rows = new ArrayList<>();
    rows.add(score("Gale-Church", new GaleChurchAligner(), plain));
    rows.add(heldOut("lengths + cognates", bare, Set.of("lexical"), plain));
    rows.add(heldOut("without network", fast, Set.of(), plain));
    rows.add(heldOut("  less shipped lexicon", bare, Set.of(), plain));
    for (String feature : LogLinearAligner.features().stream().sorted().toList()) {
      if (!feature.startsWith("translated") && !feature.equals("margin")) {
        rows.add(heldOut("  less " + feature, fast, Set.of(feature), plain));
      }
    }
    if (aligner.asksModel()) {
      rows.add(heldOut("with margin", aligner, Set.of(), plain));
    }
    if (gold.stream().allMatch(text -> text.pair().translations().isPresent())) {
      rows.add(heldOut("with translations", fast, Set.of(), gold));
      if (aligner.asksModel()) {
        rows.add(heldOut("with both", aligner, Set.of(), gold));
      }
    }
    return new Report(rows);
  }
}
