package dev.verso.wordalign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AttentionLinksTest {

  @Test
  void agreementIsThatComputedByHand() {
    // Both target words look at source word 0; the second has its own word to look at too.
    double[][] agreed = AttentionLinks.agreed(new double[][] {{0.9, 0.0}, {0.3, 0.7}});
    double x00 = 0.9 / Math.sqrt(1.2);
    double x10 = 0.3 / Math.sqrt(1.2);
    double x11 = 0.7 / Math.sqrt(0.7);
    assertThat(agreed[0][0]).isCloseTo(0.6 * x00 + 0.4 * x11 / 2, within(1e-4));
    assertThat(agreed[1][0]).isCloseTo(0.6 * x10, within(1e-4));
    assertThat(agreed[1][1]).isCloseTo(0.6 * x11 + 0.4 * x00 / 2, within(1e-4));
    assertThat(agreed[0][1]).isZero();
  }

  @Test
  void staysBetweenZeroAndOneAndSpeaksBothWaysAlikeForAPermutation() {
    Random random = new Random(1);
    for (int run = 0; run < 200; run++) {
      double[][] mass = new double[1 + random.nextInt(5)][1 + random.nextInt(5)];
      for (double[] row : mass) {
        double rest = 1;
        for (int s = 0; s < row.length; s++) {
          row[s] = rest * random.nextDouble();
          rest -= row[s];
        }
      }
      for (double[] row : AttentionLinks.agreed(mass)) {
        for (double p : row) {
          assertThat(p).isBetween(0.0, 1.0);
        }
      }
    }
    double[][] turned = AttentionLinks.agreed(new double[][] {{0, 1}, {1, 0}});
    assertThat(turned[0][1]).isEqualTo(turned[1][0]).isGreaterThan(AttentionLinks.SURE);
    assertThat(turned[0][0]).isZero();
  }
}
