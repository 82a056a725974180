package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {

  @Test
  void withoutTiesItIsTheFormulaOfSquaredRankDifferences() {
    // Ranks 1 2 3 4 5 and 2 1 4 3 5: 1 − 6·(1+1+1+1+0) / (5·24) = 0.8
    assertThat(
            RankCorrelation.spearman(
                new double[] {10, 20, 30, 40, 50}, new double[] {-3, -7, 0.5, 0.1, 9}))
        .isEqualTo(0.8, within(1e-12));
  }

  @Test
  void tiesShareTheirRanks() {
    // Ranks 1.5 1.5 3 4 and 1 2 3.5 3.5; centred (-1 -1 .5 1.5) and (-1.5 -.5 1 1):
    // 4 / √(4.5 · 4.5)
    assertThat(RankCorrelation.spearman(new double[] {0.0, -0.0, 2, 3}, new double[] {1, 2, 3, 3}))
        .isEqualTo(4 / 4.5, within(1e-12));
  }

  @Test
  void noOrderNoCorrelation() {
    assertThat(RankCorrelation.spearman(new double[] {1, 1}, new double[] {1, 2})).isNaN();
    assertThat(RankCorrelation.spearman(new double[0], new double[0])).isNaN();
    assertThatThrownBy(() -> RankCorrelation.spearman(new double[1], new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RankCorrelation.spearman(new double[] {Double.NaN}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 200)
  void onlyTheOrderCounts(@ForAll @Size(12) int[] first, @ForAll @Size(12) int[] second) {
    double[] x = Arrays.stream(first).mapToDouble(v -> v % 5).toArray();
    double[] y = Arrays.stream(second).mapToDouble(v -> v % 50).toArray();
    double rho = RankCorrelation.spearman(x, y);
    if (!Double.isNaN(rho)) {
      assertThat(rho).isBetween(-1 - 1e-9, 1 + 1e-9);
      double[] stretched = Arrays.stream(x).map(v -> Math.exp(3 * v)).toArray();
      assertThat(RankCorrelation.spearman(stretched, y)).isEqualTo(rho, within(1e-9));
      double[] turned = Arrays.stream(y).map(v -> -v).toArray();
      assertThat(RankCorrelation.spearman(x, turned)).isEqualTo(-rho, within(1e-9));
      assertThat(RankCorrelation.spearman(y, x)).isEqualTo(rho, within(1e-9));
    }
    double[] up = IntStream.range(0, 12).asDoubleStream().toArray();
    assertThat(RankCorrelation.spearman(up, up)).isEqualTo(1, within(1e-12));
  }
}
