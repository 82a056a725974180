package dev.verso.evaluation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.evaluation.GoldWordPair.TokenPair;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Scores predicted word links against gold ones whose words may have been split in another way.
 *
 * <p>A predicted link is two ranges of characters. It stands for every pair of gold tokens that
 * overlap its two sides: a link of {@code l’OTAN} to {@code NATO} predicts both {@code l’–NATO} and
 * {@code OTAN–NATO} where the gold file separates the article. Pairs predicted twice count once. A
 * link that overlaps no gold token on one of its sides (a space, nothing) predicts one pair that is
 * in no gold set, so it lowers precision.
 */
public final class WordsEvaluation {

  private WordsEvaluation() {}

  /**
   * Scores the links of every pair.
   *
   * @param gold the gold pairs
   * @param predicted the links predicted for each, offsets in UTF-16 units from the start of its
   *     two sentences
   * @throws IllegalArgumentException if there are not as many predictions as pairs, or none
   */
  public static WordsReport run(
      String name,
      List<GoldWordPair> gold,
      List<List<AlignmentLink>> predicted,
      Bootstrap bootstrap) {
    if (gold.isEmpty() || gold.size() != predicted.size()) {
      throw new IllegalArgumentException(
          predicted.size() + " predicted alignments for " + gold.size() + " gold pairs of " + name);
    }
    return new WordsReport(
        name,
        gold.size(),
        bootstrap,
        List.of(
            row("all links", gold, predicted, link -> true, bootstrap),
            row(
                "sure links alone",
                gold,
                predicted,
                link -> link.strength() == AlignmentLink.Strength.SURE,
                bootstrap)));
  }

  private static WordsReport.Row row(
      String name,
      List<GoldWordPair> gold,
      List<List<AlignmentLink>> predicted,
      Predicate<AlignmentLink> filter,
      Bootstrap bootstrap) {
    int[][] statistics = new int[gold.size()][];
    WordScore total = new WordScore(0, 0, 0, 0);
    for (int i = 0; i < statistics.length; i++) {
      WordScore score = score(gold.get(i), predicted.get(i).stream().filter(filter).toList());
      total = total.plus(score);
      statistics[i] =
          new int[] {
            (int) score.predicted(),
            (int) score.sure(),
            (int) score.predictedSure(),
            (int) score.predictedPossible()
          };
    }
    double[] samples =
        bootstrap.scores(
            statistics, sums -> new WordScore(sums[0], sums[1], sums[2], sums[3]).errorRate());
    return new WordsReport.Row(name, total, Bootstrap.interval(samples));
  }

  /** The counts of one pair. O(links · tokens). */
  public static WordScore score(GoldWordPair gold, List<AlignmentLink> links) {
    Set<TokenPair> pairs = new HashSet<>();
    Set<List<TextSpan>> spurious = new HashSet<>();
    for (AlignmentLink link : links) {
      List<Integer> french = overlapping(gold.frenchTokens(), link.source());
      List<Integer> english = overlapping(gold.englishTokens(), link.target());
      if (french.isEmpty() || english.isEmpty()) {
        spurious.add(List.of(link.source(), link.target()));
      }
      for (int f : french) {
        for (int e : english) {
          pairs.add(new TokenPair(f, e));
        }
      }
    }
    return new WordScore(
        pairs.size() + spurious.size(),
        gold.sure().size(),
        pairs.stream().filter(gold.sure()::contains).count(),
        pairs.stream().filter(gold.possible()::contains).count());
  }

  private static List<Integer> overlapping(List<TextSpan> tokens, TextSpan span) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).overlaps(span)) {
        found.add(i);
      }
    }
    return found;
  }
}
