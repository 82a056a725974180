package dev.verso.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU (Papineni et al. 2002) as sacreBLEU computes it by default: words of {@link
 * Mteval13aTokenizer}, case kept, n-grams up to 4, one reference.
 *
 * <p>With h and r the numbers of words of hypotheses and references, m<sub>n</sub> the hypothesis
 * n-grams found in their reference (each at most as often as it occurs there) and t<sub>n</sub> all
 * hypothesis n-grams: BLEU = 100 · min(1, e<sup>1 − r/h</sup>) · (∏ m<sub>n</sub> /
 * t<sub>n</sub>)<sup>1/4</sup>. The k-th order without a match counts as 1 / (2<sup>k</sup>
 * t<sub>n</sub>) (NIST's smoothing, "exp"); a corpus without any match, or too short to have a
 * 4-gram, scores 0.
 *
 * <p>A segment alone is scored by the same rule, so most short ones score 0: use {@link Chrf} for
 * them.
 */
public final class Bleu implements CorpusMetric {

  private static final int ORDERS = 4;

  @Override
  public String name() {
    return "BLEU";
  }

  @Override
  public String signature() {
    return "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp";
  }

  /** Words of the hypothesis and the reference, then matches and n-grams for each order. */
  @Override
  public int[] statistics(String hypothesis, String reference) {
    List<String> words = Mteval13aTokenizer.tokenize(hypothesis);
    List<String> expected = Mteval13aTokenizer.tokenize(reference);
    int[] statistics = new int[2 + 2 * ORDERS];
    statistics[0] = words.size();
    statistics[1] = expected.size();
    for (int n = 1; n <= ORDERS; n++) {
      Map<List<String>, Integer> left = new HashMap<>();
      for (int i = 0; i + n <= expected.size(); i++) {
        left.merge(expected.subList(i, i + n), 1, Integer::sum);
      }
      int matches = 0;
      for (int i = 0; i + n <= words.size(); i++) {
        List<String> ngram = words.subList(i, i + n);
        int count = left.getOrDefault(ngram, 0);
        if (count > 0) {
          matches++;
          left.put(ngram, count - 1);
        }
      }
      statistics[1 + n] = matches;
      statistics[1 + ORDERS + n] = Math.max(0, words.size() - n + 1);
    }
    return statistics;
  }

  @Override
  public double score(long[] totals) {
    long length = totals[0];
    long expected = totals[1];
    double logs = 0;
    double smoothing = 1;
    boolean matched = false;
    for (int n = 1; n <= ORDERS; n++) {
      long matches = totals[1 + n];
      long ngrams = totals[1 + ORDERS + n];
      if (ngrams == 0) {
        return 0;
      }
      matched |= matches > 0;
      if (matches == 0) {
        smoothing *= 2;
        logs += Math.log(1 / (smoothing * ngrams));
      } else {
        logs += Math.log((double) matches / ngrams);
      }
    }
    if (!matched) {
      return 0;
    }
    double brevity = length < expected ? Math.exp(1 - (double) expected / length) : 1;
    return 100 * brevity * Math.exp(logs / ORDERS);
  }
}
