package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  /** The mean of one count: its bootstrap is known in closed form. */
  private static double mean(long[] totals) {
    return (double) totals[0] / totals[1];
  }

  private static int[][] draws(long seed, int size, int bound) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] statistics = new int[size][];
    for (int i = 0; i < size; i++) {
      statistics[i] = new int[] {random.nextInt(bound), 1};
    }
    return statistics;
  }

  @Test
  void theIntervalOfAMeanIsThatOfTheNormalDistribution() {
    int[][] statistics = draws(1, 400, 101);
    double mean = mean(Bootstrap.sum(statistics));
    double variance = 0;
    for (int[] row : statistics) {
      variance += (row[0] - mean) * (row[0] - mean) / statistics.length;
    }
    double halfWidth = 1.96 * Math.sqrt(variance / statistics.length);

    Bootstrap.Interval interval =
        Bootstrap.interval(new Bootstrap(20_000, 7).scores(statistics, BootstrapTest::mean));
    assertThat(interval.low()).isEqualTo(mean - halfWidth, within(0.1));
    assertThat(interval.high()).isEqualTo(mean + halfWidth, within(0.1));
  }

  @Test
  void percentilesCutOneFortiethOnEachSide() {
    double[] scores = new double[1000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (i * 7) % 1000;
    }
    assertThat(Bootstrap.interval(scores)).isEqualTo(new Bootstrap.Interval(25, 974));
    assertThat(Bootstrap.interval(scores).halfWidth()).isEqualTo(474.5);
  }

  @Test
  void theSameSeedGivesTheSameDraws() {
    int[][] statistics = draws(2, 50, 10);
    Bootstrap bootstrap = new Bootstrap(100, 3);
    assertThat(bootstrap.scores(statistics, BootstrapTest::mean))
        .isEqualTo(bootstrap.scores(statistics, BootstrapTest::mean))
        .isNotEqualTo(new Bootstrap(100, 4).scores(statistics, BootstrapTest::mean));
  }

  @Test
  void aSystemDoesNotDifferFromItself() {
    double[] scores = Bootstrap.DEFAULT.scores(draws(5, 50, 10), BootstrapTest::mean);
    assertThat(Bootstrap.pValue(scores, scores.clone(), 0)).isEqualTo(1);
  }

  @Test
  void equalSystemsSeldomSeemToDifferAndUnequalOnesDo() {
    int wrong = 0;
    int found = 0;
    for (int trial = 0; trial < 400; trial++) {
      int[][] first = draws(1000 + trial, 100, 101);
      int[][] second = draws(9000 + trial, 100, 101);
      wrong += pValue(first, second) < 0.05 ? 1 : 0;
      for (int[] row : second) {
        row[0] += 20; // five standard errors of the difference
      }
      found += pValue(first, second) < 0.05 ? 1 : 0;
    }
    // 5 % of 400 is 20, with a standard deviation of 4.4.
    assertThat(wrong).isBetween(7, 36);
    assertThat(found).isGreaterThan(390);
  }

  private static double pValue(int[][] first, int[][] second) {
    Bootstrap bootstrap = new Bootstrap(400, 11);
    return Bootstrap.pValue(
        bootstrap.scores(first, BootstrapTest::mean),
        bootstrap.scores(second, BootstrapTest::mean),
        mean(Bootstrap.sum(second)) - mean(Bootstrap.sum(first)));
  }

  @Test
  void tooFewSamplesGiveNoInterval() {
    assertThatThrownBy(() -> new Bootstrap(39, 1)).hasMessageContaining("not 39");
  }
}
