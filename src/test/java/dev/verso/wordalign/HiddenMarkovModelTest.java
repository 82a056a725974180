package dev.verso.wordalign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HiddenMarkovModelTest {

  /** Every path of positions and empty words, summed. */
  private static double sum(
      double[][] emission,
      double[][] transitions,
      int j,
      int position,
      double p,
      int[] path,
      double[][] posterior) {
    int sources = emission[0].length - 1;
    if (j == emission.length) {
      for (int k = 0; k < path.length; k++) {
        posterior[k][path[k]] += p;
      }
      return p;
    }
    double total = 0;
    for (int i = 0; i < sources; i++) {
      path[j] = i;
      total +=
          sum(
              emission,
              transitions,
              j + 1,
              i,
              p * (1 - JumpModel.TO_NULL) * transitions[position + 1][i] * emission[j][i],
              path,
              posterior);
    }
    if (j == 0) {
      // The empty word at the start remembers each position as likely as a word would stand there.
      for (int i = 0; i < sources; i++) {
        path[j] = sources;
        total +=
            sum(
                emission,
                transitions,
                j + 1,
                i,
                p * JumpModel.TO_NULL * transitions[0][i] * emission[j][sources],
                path,
                posterior);
      }
    } else {
      path[j] = sources;
      total +=
          sum(
              emission,
              transitions,
              j + 1,
              position,
              p * JumpModel.TO_NULL * emission[j][sources],
              path,
              posterior);
    }
    return total;
  }

  @Property(tries = 60)
  void agreesWithBruteForce(
      @ForAll @IntRange(min = 1, max = 4) int sources,
      @ForAll @IntRange(min = 1, max = 4) int targets,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[][] emission = new double[targets][sources + 1];
    for (double[] row : emission) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextDouble() + 1e-3;
      }
    }
    double[][] transitions = new JumpModel().transitions(sources);
    double[][] expected = new double[targets][sources + 1];
    double total = sum(emission, transitions, 0, -1, 1, new int[targets], expected);
    double[][] posterior = HiddenMarkovModel.posteriors(emission, transitions, null);
    for (int j = 0; j < targets; j++) {
      for (int i = 0; i <= sources; i++) {
        assertThat(posterior[j][i]).isCloseTo(expected[j][i] / total, within(1e-9));
      }
    }
  }

  @Test
  void aWordNothingExplainsComesFromNull() {
    double[][] emission = {{0.5, 0.1, 0.01}, {0, 0, 0}, {0.1, 0.5, 0.01}};
    double[][] posterior =
        HiddenMarkovModel.posteriors(emission, new JumpModel().transitions(2), null);
    assertThat(posterior[1][2]).isCloseTo(1, within(1e-9));
    assertThat(posterior[0][0]).isGreaterThan(0.5);
    assertThat(posterior[2][1]).isGreaterThan(0.5);
  }
}
