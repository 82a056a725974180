package dev.verso.quote.check;

import dev.verso.quote.check.Finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Words without a counterpart: what was left out, what was put in, and whether the passage says the
 * like at all; and the order of what both say.
 */
final class CoverageComparison implements Comparison {

  static final double BARE = 0.3;

  /** A run of words without counterpart. */
  record Run(int from, int to, double weight, int words) {}

  @Override
  public void compare(Pair pair, CheckItem item, Evidence evidence) {
    double english = pair.covered(pair.english, pair.englishCover, 0, pair.english.size());
    evidence.value("absent", Math.min(1, Math.max(0, 0.7 - english) / 0.5));
    for (Run run : leftOut(pair)) {
      if (run.words > 1) {
        boolean condition =
            Cues.any(pair.french, "ifonly", Math.max(pair.from, run.from - 1), run.to);
        evidence.add(
            "omission",
            Math.min(1, run.weight / 3),
            condition ? ErrorKind.CONDITION : ErrorKind.OMISSION,
            Severity.MAJOR,
            pair.french.span(run.from, run.to),
            null,
            "“" + pair.french.words(run.from, run.to) + "” is missing in the English.");
      }
    }
    // A paraphrase leaves words over on both sides; an addition or omission on one.
    double frenchLeft = leftOut(pair).stream().mapToDouble(Run::weight).sum();
    double englishLeft = putIn(pair).stream().mapToDouble(Run::weight).sum();
    for (Run run : leftOut(pair)) {
      double value = Math.min(1, (run.weight - englishLeft) / 2);
      boolean condition =
          Cues.any(pair.french, "ifonly", Math.max(pair.from, run.from - 1), run.to);
      evidence.add(
          "deficit",
          value,
          condition ? ErrorKind.CONDITION : ErrorKind.OMISSION,
          run.words == 1 ? Severity.MINOR : Severity.MAJOR,
          pair.french.span(run.from, run.to),
          null,
          "“" + pair.french.words(run.from, run.to) + "” is missing in the English.");
    }
    for (Run run : putIn(pair)) {
      double value = Math.min(1, (run.weight - frenchLeft) / 2);
      evidence.add(
          "excess",
          value,
          ErrorKind.ADDITION,
          run.words == 1 ? Severity.MINOR : Severity.MAJOR,
          null,
          pair.english.span(run.from, run.to),
          "The French doesn't say “" + pair.english.words(run.from, run.to) + "”.");
    }
  }

  /** French content words that nothing renders, in runs across small words. */
  static List<Run> leftOut(Pair pair) {
    return runs(pair, pair.french, pair.frenchCover, pair.from, pair.to);
  }

  /** English content words that render nothing, in runs across small words. */
  static List<Run> putIn(Pair pair) {
    return runs(pair, pair.english, pair.englishCover, 0, pair.english.size());
  }

  private static List<Run> runs(Pair pair, Side side, double[] cover, int from, int to) {
    List<Run> runs = new ArrayList<>();
    int start = -1;
    int end = -1;
    double weight = 0;
    int words = 0;
    for (int i = from; i <= to; i++) {
      boolean stop = i == to;
      if (!stop) {
        Side.Token token = side.at(i);
        boolean clause = token.mark() && ",;:.!?()\"«»“”—".contains(token.word()) && start >= 0;
        if (token.content()) {
          boolean bare = cover[i] < BARE && !Cues.any(side, "discourse", i, i + 1);
          if (bare) {
            start = start < 0 ? i : start;
            end = i + 1;
            weight += pair.weight(token) * (1 - cover[i]);
            words++;
          } else if (cover[i] >= BARE) {
            stop = true;
          }
        } else if (clause) {
          stop = true;
        }
      }
      if (stop && start >= 0) {
        runs.add(new Run(leading(side, start, from), end, weight, words));
        start = -1;
        weight = 0;
        words = 0;
      }
    }
    return runs;
  }

  /** Takes the small words before a run with it. */
  private static int leading(Side side, int start, int from) {
    int at = start;
    while (at > from && !side.at(at - 1).content() && !side.at(at - 1).mark() && start - at < 3) {
      at--;
    }
    return at;
  }

  /**
   * How far the rendering and our own translation put the same words in another order: the share of
   * discordant pairs of content words that both hold, as in Kendall's τ; 0 without our translation.
   */
  static double discordance(Pair pair) {
    if (pair.own == null) {
      return 0;
    }
    Map<String, Integer> own = new HashMap<>();
    for (int h = 0; h < pair.own.size(); h++) {
      if (pair.own.at(h).content()) {
        own.merge(pair.own.at(h).stem(), h, (a, b) -> -1);
      }
    }
    List<Integer> positions = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Side.Token token : pair.english.tokens) {
      Integer h = own.get(token.stem());
      if (token.content() && h != null && h >= 0 && seen.put(token.stem(), h) == null) {
        positions.add(h);
      }
    }
    int discordant = 0;
    int all = 0;
    for (int a = 0; a < positions.size(); a++) {
      for (int b = a + 1; b < positions.size(); b++) {
        all++;
        discordant += positions.get(a) > positions.get(b) ? 1 : 0;
      }
    }
    return all < 3 ? 0 : (double) discordant / all;
  }
}
