package dev.verso.evaluation;

import dev.verso.quote.check.CheckWeights;
import dev.verso.quote.check.Finding;
import dev.verso.quote.check.Judgement;
import dev.verso.quote.check.QuoteChecker;
import dev.verso.quote.check.Signals;
import dev.verso.text.TextSpan;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Measures the quote check on items judged by hand: recall of what is not faithful against false
 * alarms on what is, by kind; what each signal adds; whether findings are where the error is.
 *
 * <p>Two kinds of figures: with the weights in use, which may have been fitted on these very items,
 * and cross-validated, where no item is judged by weights fitted on a rendering of the same passage
 * (ten folds by passage, three shuffles).
 */
public final class CheckEvaluation {

  /** The false alarms allowed by the shipped threshold, on cross-validated scores. */
  public static final double FALSE_ALARMS = 0.08;

  private static final int FOLDS = 10;
  private static final int SHUFFLES = 3;

  private final List<GoldCheck> gold;
  private final List<Signals> signals;
  private final List<double[]> values;
  private final List<Boolean> faulty;

  /**
   * @param gold the items
   * @param look what the comparisons see in an item
   */
  public CheckEvaluation(List<GoldCheck> gold, Function<GoldCheck, Signals> look) {
    this.gold = List.copyOf(gold);
    this.signals = this.gold.stream().map(look).toList();
    this.values = signals.stream().map(Signals::values).toList();
    this.faulty = this.gold.stream().map(item -> !item.faithful()).toList();
  }

  /**
   * The weights fitted on all items, with the threshold of the cross-validated scores at {@value
   * #FALSE_ALARMS} false alarms.
   */
  public CheckWeights fit() {
    return CheckWeights.fit(values, faulty, null)
        .withThreshold(thresholdAt(crossValidated(null), FALSE_ALARMS));
  }

  /** p(not faithful) of each item by weights fitted on other passages. */
  private double[] crossValidated(List<String> used) {
    double[] scores = new double[gold.size()];
    List<String> groups =
        new ArrayList<>(new TreeSet<>(gold.stream().map(GoldCheck::group).toList()));
    for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
      List<String> order = new ArrayList<>(groups);
      Collections.shuffle(order, new Random(shuffle));
      for (int fold = 0; fold < FOLDS; fold++) {
        List<double[]> train = new ArrayList<>();
        List<Boolean> labels = new ArrayList<>();
        List<Integer> test = new ArrayList<>();
        for (int n = 0; n < gold.size(); n++) {
          if (order.indexOf(gold.get(n).group()) % FOLDS == fold) {
            test.add(n);
          } else {
            train.add(values.get(n));
            labels.add(faulty.get(n));
          }
        }
        if (test.isEmpty() || train.isEmpty()) {
          continue;
        }
        CheckWeights weights = CheckWeights.fit(train, labels, used);
        for (int n : test) {
          scores[n] += weights.suspicion(values.get(n)) / SHUFFLES;
        }
      }
    }
    return scores;
  }

  /** The lowest threshold above which there is no more than this share of faithful items. */
  private double thresholdAt(double[] scores, double falseAlarms) {
    List<Double> faithful = new ArrayList<>();
    for (int n = 0; n < scores.length; n++) {
      if (!faulty.get(n)) {
        faithful.add(scores[n]);
      }
    }
    faithful.sort(Comparator.reverseOrder());
    int allowed = (int) Math.floor(falseAlarms * faithful.size());
    double at = allowed < faithful.size() ? faithful.get(allowed) : 0;
    return Math.max(0.001, Math.min(0.999, at + 1e-6));
  }

  private double recallAt(double[] scores, double threshold) {
    int all = 0;
    int caught = 0;
    for (int n = 0; n < scores.length; n++) {
      if (faulty.get(n)) {
        all++;
        caught += scores[n] > threshold ? 1 : 0;
      }
    }
    return (double) caught / Math.max(1, all);
  }

  /** The judgements with given weights, in the order of the items. */
  public List<Judgement> judge(CheckWeights weights) {
    return signals.stream().map(one -> QuoteChecker.judge(one, weights)).toList();
  }

  /** Prints everything. */
  public void print(CheckWeights weights, PrintStream out) {
    List<Judgement> judged = judge(weights);
    double[] scores = new double[gold.size()];
    for (int n = 0; n < scores.length; n++) {
      scores[n] = 1 - judged.get(n).probability();
    }
    out.printf(
        Locale.ROOT,
        "%d items, %d passages%n",
        gold.size(),
        gold.stream().map(GoldCheck::group).distinct().count());
    out.println("with the weights in use");
    rates(scores, 0.5, out);
    double[] across = crossValidated(null);
    double threshold = thresholdAt(across, FALSE_ALARMS);
    out.println("cross-validated by passage, threshold at " + FALSE_ALARMS + " false alarms");
    rates(across, threshold, out);
    out.println("recall against false alarms, cross-validated | fitted on these items");
    double[] fitted = new double[gold.size()];
    CheckWeights own = CheckWeights.fit(values, faulty, null);
    for (int n = 0; n < fitted.length; n++) {
      fitted[n] = own.suspicion(values.get(n));
    }
    for (double at : new double[] {0.02, 0.05, 0.08, 0.10, 0.15, 0.20, 0.30}) {
      out.printf(
          Locale.ROOT,
          "  %.2f  %.3f | %.3f%n",
          at,
          recallAt(across, thresholdAt(across, at)),
          recallAt(fitted, thresholdAt(fitted, at)));
    }
    kinds(judged, across, threshold, out);
    spans(judged, out);
    ablation(out);
  }

  private void rates(double[] scores, double threshold, PrintStream out) {
    int[] counts = new int[8];
    for (int n = 0; n < scores.length; n++) {
      boolean flagged = scores[n] > threshold;
      int at = faulty.get(n) ? 0 : gold.get(n).paraphrase() ? 2 : 4;
      counts[at]++;
      counts[at + 1] += flagged ? 1 : 0;
    }
    int alarms = counts[3] + counts[5];
    int faithful = counts[2] + counts[4];
    double precision = (double) counts[1] / Math.max(1, counts[1] + alarms);
    double recall = (double) counts[1] / Math.max(1, counts[0]);
    out.printf(
        Locale.ROOT,
        "  recall %.3f (%d/%d)  precision %.3f  F1 %.3f%n",
        recall,
        counts[1],
        counts[0],
        precision,
        2 * precision * recall / Math.max(1e-9, precision + recall));
    out.printf(
        Locale.ROOT,
        "  false alarms %.3f (%d/%d): free paraphrases %d/%d, other renderings %d/%d%n",
        (double) alarms / Math.max(1, faithful),
        alarms,
        faithful,
        counts[3],
        counts[2],
        counts[5],
        counts[4]);
  }

  private void kinds(List<Judgement> judged, double[] across, double threshold, PrintStream out) {
    Map<String, int[]> table = new TreeMap<>();
    int named = 0;
    int right = 0;
    for (int n = 0; n < gold.size(); n++) {
      if (!faulty.get(n)) {
        continue;
      }
      String kind = gold.get(n).kind() == null ? gold.get(n).label() : gold.get(n).kind();
      int[] row = table.computeIfAbsent(kind, x -> new int[4]);
      boolean flagged = judged.get(n).label() != Judgement.Label.FAITHFUL;
      row[0]++;
      row[1] += across[n] > threshold ? 1 : 0;
      row[2] += flagged ? 1 : 0;
      if (flagged && !judged.get(n).findings().isEmpty() && gold.get(n).kind() != null) {
        boolean same = judged.get(n).findings().get(0).kind().code().equals(kind);
        row[3] += same ? 1 : 0;
        named++;
        right += same ? 1 : 0;
      }
    }
    out.println("kind                  items  caught cross-validated  caught  kind named right");
    table.forEach(
        (kind, row) ->
            out.printf(
                Locale.ROOT, "  %-19s %5d %23d %7d %12d%n", kind, row[0], row[1], row[2], row[3]));
    out.printf(Locale.ROOT, "  kind of the first finding right: %d/%d%n", right, named);
  }

  private void spans(List<Judgement> judged, PrintStream out) {
    int[] source = new int[3];
    int[] target = new int[3];
    int either = 0;
    int caught = 0;
    for (int n = 0; n < gold.size(); n++) {
      if (judged.get(n).label() == Judgement.Label.FAITHFUL || gold.get(n).kind() == null) {
        continue;
      }
      List<Finding> findings = judged.get(n).findings();
      Finding first = findings.isEmpty() ? null : findings.get(0);
      boolean a = count(gold.get(n).source(), first == null ? null : first.source(), source);
      boolean b = count(gold.get(n).target(), first == null ? null : first.target(), target);
      caught++;
      either += a || b ? 1 : 0;
    }
    out.printf(
        Locale.ROOT,
        "spans of the first finding, of unfaithful items caught: French overlap %d/%d (half of the union %d), English %d/%d (%d), either %d/%d%n",
        source[1],
        source[0],
        source[2],
        target[1],
        target[0],
        target[2],
        either,
        caught);
  }

  private static boolean count(TextSpan gold, TextSpan found, int[] counts) {
    if (gold == null) {
      return false;
    }
    counts[0]++;
    if (found == null || !gold.overlaps(found)) {
      return false;
    }
    counts[1]++;
    double shared = Math.min(gold.end(), found.end()) - Math.max(gold.start(), found.start());
    counts[2] += shared / gold.union(found).length() >= 0.5 ? 1 : 0;
    return true;
  }

  private void ablation(PrintStream out) {
    double all = recallAt10(null);
    out.printf(
        Locale.ROOT,
        "recall at 0.10 false alarms, cross-validated, all signals %.3f; without%n",
        all);
    Map<String, List<String>> groups = new TreeMap<>();
    List<String> contrasts =
        CheckWeights.signals().stream()
            .filter(s -> s.startsWith("contrast.") || s.equals("unlikely"))
            .toList();
    groups.put("the model's view (all contrasts)", contrasts);
    groups.put("coverage", List.of("omission", "deficit", "excess", "absent"));
    groups.put(
        "typed comparisons (all)",
        CheckWeights.signals().stream()
            .filter(
                s ->
                    !contrasts.contains(s)
                        && !List.of("omission", "deficit", "excess", "absent").contains(s))
            .toList());
    for (String signal : CheckWeights.signals()) {
      groups.put("~" + signal, List.of(signal));
    }
    groups.forEach(
        (name, removed) -> {
          List<String> used =
              CheckWeights.signals().stream().filter(s -> !removed.contains(s)).toList();
          double recall = recallAt10(used);
          out.printf(
              Locale.ROOT,
              "  %-34s %.3f  %+.3f%n",
              name.startsWith("~") ? name.substring(1) : name,
              recall,
              recall - all);
        });
  }

  private double recallAt10(List<String> used) {
    double[] scores = crossValidated(used);
    return recallAt(scores, thresholdAt(scores, 0.10));
  }
}
