package dev.verso.quote.check;

import dev.verso.quote.Quote;
import dev.verso.quote.QuoteExtractor;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Which part of a French passage an English quote renders: the whole, what stands in quotation
 * marks, a quote found by {@link QuoteExtractor}, or a run of sentences. The part taken is the one
 * that holds most words that are covered and fewest that are not.
 */
final class Scope {

  private static final double EXPECTED = 0.4;

  /** Sentences and clauses of a passage that runs may begin and end at. */
  private static final int MOST_CUTS = 200;

  private Scope() {}

  /**
   * Narrows a pair.
   *
   * @param partial whether clauses that only tell who speaks may be left out
   */
  static void narrow(Pair pair, boolean partial) {
    Side french = pair.french;
    List<int[]> candidates = new ArrayList<>();
    candidates.add(new int[] {0, french.size()});
    List<Integer> cuts = new ArrayList<>(List.of(0));
    for (int i = 1; i < french.size() && cuts.size() < MOST_CUTS; i++) {
      String mark = french.at(i - 1).word();
      if (french.at(i - 1).mark() && ".!?:;…".contains(mark)) {
        cuts.add(i);
      }
    }
    cuts.add(french.size());
    for (int a = 0; a < cuts.size(); a++) {
      for (int b = a + 1; b < cuts.size(); b++) {
        candidates.add(new int[] {cuts.get(a), cuts.get(b)});
      }
    }
    if (partial) {
      marked(french, candidates);
      for (Quote quote :
          QuoteExtractor.of(Language.FRENCH).report(french.text, pair.cancellation).quotes()) {
        for (TextSpan content : quote.content()) {
          add(french, content, candidates);
        }
        add(french, quote.extent(), candidates);
      }
    }
    int[] best = candidates.get(0);
    double[] worth = worth(pair);
    double most = score(worth, best);
    for (int[] candidate : candidates) {
      pair.cancellation.check();
      if (words(french, candidate) < 2) {
        continue;
      }
      double score = score(worth, candidate);
      if (score > most + 1e-9
          || (score > most - 1e-9 && candidate[1] - candidate[0] < best[1] - best[0])) {
        most = Math.max(most, score);
        best = candidate;
      }
    }
    int from = best[0];
    int to = best[1];
    while (from < to - 1 && french.at(from).mark()) {
      from++;
    }
    while (to > from + 1 && french.at(to - 1).mark()) {
      to--;
    }
    pair.scope(from, to);
  }

  private static int words(Side side, int[] range) {
    int words = 0;
    for (int i = range[0]; i < range[1]; i++) {
      words += side.at(i).mark() ? 0 : 1;
    }
    return words;
  }

  private static void marked(Side french, List<int[]> candidates) {
    int open = -1;
    for (int i = 0; i < french.size(); i++) {
      String word = french.at(i).word();
      if (word.equals("«") || word.equals("“") || (word.equals("\"") && open < 0)) {
        open = i + 1;
      } else if (open >= 0 && (word.equals("»") || word.equals("”") || word.equals("\""))) {
        if (i > open) {
          candidates.add(new int[] {open, i});
        }
        open = -1;
      }
    }
    if (open > 0 && open < french.size()) {
      candidates.add(new int[] {open, french.size()});
    }
  }

  private static void add(Side french, TextSpan span, List<int[]> candidates) {
    int from = -1;
    int to = -1;
    for (int i = 0; i < french.size(); i++) {
      if (french.at(i).start() >= span.start() && french.at(i).end() <= span.end()) {
        from = from < 0 ? i : from;
        to = i + 1;
      }
    }
    if (from >= 0) {
      candidates.add(new int[] {from, to});
    }
  }

  /** What each word adds to the score of a range that holds it. */
  private static double[] worth(Pair pair) {
    double[] worth = new double[pair.french.size()];
    for (int i = 0; i < worth.length; i++) {
      worth[i] = pair.weight(pair.french.at(i)) * (Math.min(1, pair.frenchCover[i]) - EXPECTED);
    }
    return worth;
  }

  private static double score(double[] worth, int[] range) {
    double score = 0;
    for (int i = range[0]; i < range[1]; i++) {
      score += worth[i];
    }
    return score;
  }
}
