package dev.verso.evaluation;

import java.util.HashMap;
import java.util.Map;

/**
 * chrF (Popović 2015) as sacreBLEU computes it by default, known as chrF2: n-grams of 1 to 6
 * characters (code points) without white space, case kept, recall weighted β = 2 times as much as
 * precision, one reference.
 *
 * <p>Precision P is the mean over n of matching n-grams / hypothesis n-grams, recall R the mean of
 * matching n-grams / reference n-grams, matches counted at most as often as the n-gram occurs on
 * the other side; chrF = 100 · (1 + β²) P R / (β² P + R). Orders that the hypotheses or the
 * references are too short for are omitted from both means ("effective order"), and a hypothesis
 * counts for an order only where its reference has n-grams of it.
 */
public final class Chrf implements CorpusMetric {

  private static final int ORDERS = 6;
  private static final double BETA_SQUARED = 4;

  @Override
  public String name() {
    return "chrF2";
  }

  @Override
  public String signature() {
    return "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no";
  }

  /** For each order: n-grams of the hypothesis, of the reference, and matches. */
  @Override
  public int[] statistics(String hypothesis, String reference) {
    Characters found = Characters.of(hypothesis);
    Characters expected = Characters.of(reference);
    int[] statistics = new int[3 * ORDERS];
    for (int n = 1; n <= ORDERS; n++) {
      int ngrams = Math.max(0, expected.count() - n + 1);
      Map<String, Integer> left = new HashMap<>(2 * ngrams);
      for (int i = 0; i < ngrams; i++) {
        left.merge(expected.ngram(i, n), 1, Integer::sum);
      }
      int matches = 0;
      int own = Math.max(0, found.count() - n + 1);
      for (int i = 0; i < own; i++) {
        String ngram = found.ngram(i, n);
        int count = left.getOrDefault(ngram, 0);
        if (count > 0) {
          matches++;
          left.put(ngram, count - 1);
        }
      }
      statistics[3 * n - 3] = ngrams == 0 ? 0 : own;
      statistics[3 * n - 2] = ngrams;
      statistics[3 * n - 1] = matches;
    }
    return statistics;
  }

  @Override
  public double score(long[] totals) {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int i = 0; i < totals.length; i += 3) {
      if (totals[i] > 0 && totals[i + 1] > 0) {
        precision += (double) totals[i + 2] / totals[i];
        recall += (double) totals[i + 2] / totals[i + 1];
        orders++;
      }
    }
    if (precision + recall == 0) {
      return 0;
    }
    precision /= orders;
    recall /= orders;
    return 100 * (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
  }

  /** A text without white space, and where its code points begin. */
  private static final class Characters {
    private final String text;
    private final int[] starts;

    private Characters(String text, int[] starts) {
      this.text = text;
      this.starts = starts;
    }

    static Characters of(String segment) {
      StringBuilder text = new StringBuilder(segment.length());
      segment.codePoints().filter(c -> !Whitespace.is(c)).forEach(text::appendCodePoint);
      String kept = text.toString();
      int[] starts = new int[kept.codePointCount(0, kept.length()) + 1];
      for (int i = 1; i < starts.length; i++) {
        starts[i] = kept.offsetByCodePoints(starts[i - 1], 1);
      }
      return new Characters(kept, starts);
    }

    int count() {
      return starts.length - 1;
    }

    String ngram(int index, int n) {
      return text.substring(starts[index], starts[index + n]);
    }
  }
}
