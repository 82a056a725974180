package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verso.bitext.Bead;
import dev.verso.bitext.BeadFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeadScoreTest {

  private static List<Bead> beads(String... lines) {
    return BeadFormat.read("beads", List.of(lines));
  }

  @Test
  void perfectOutputScoresOne() {
    List<Bead> gold = beads("[0]:[0]", "[1, 2]:[1]", "[]:[2]", "[3]:[]");
    BeadScore score = BeadScore.of(gold, gold);
    assertThat(score.strictF1()).isEqualTo(1);
    assertThat(score.laxF1()).isEqualTo(1);
    assertThat(score).isEqualTo(new BeadScore(4, 2, 4, 2, 4, 2));
  }

  /**
   * Counted by hand. Gold: 0:0, 12:1, 3:23, 4 untranslated, 5:4. Output: 0:0 (right), 1:1 (half of
   * 12:1), 2 untranslated (wrong), 3:23 (right), 45:4 (contains 5:4). Strict precision 2 of 5,
   * recall 2 of 4; lax precision 4 of 5, recall 4 of 4.
   */
  @Test
  void countsAWorkedExample() {
    List<Bead> gold = beads("[0]:[0]", "[1, 2]:[1]", "[3]:[2, 3]", "[4]:[]", "[5]:[4]");
    List<Bead> output = beads("[0]:[0]", "[1]:[1]", "[2]:[]", "[3]:[2, 3]", "[4, 5]:[4]");
    BeadScore score = BeadScore.of(output, gold);
    assertThat(score.strictPrecision()).isEqualTo(2.0 / 5);
    assertThat(score.strictRecall()).isEqualTo(2.0 / 4);
    assertThat(score.strictF1()).isCloseTo(4.0 / 9, within(1e-12));
    assertThat(score.laxPrecision()).isEqualTo(4.0 / 5);
    assertThat(score.laxRecall()).isEqualTo(1);
    assertThat(score.laxF1()).isCloseTo(8.0 / 9, within(1e-12));
  }

  /** One 2-0 bead and two 1-0 beads say the same; the position of the empty side says nothing. */
  @Test
  void nullsCountPerSentence() {
    List<Bead> gold = beads("[0]:[0]", "[1, 2]:[]", "[]:[1, 2]", "[3]:[3]");
    List<Bead> output =
        List.of(
            new Bead(0, 1, 0, 1, 1),
            new Bead(1, 1, 1, 2, 1),
            new Bead(1, 1, 2, 3, 1),
            new Bead(1, 2, 3, 3, 1),
            new Bead(2, 3, 3, 3, 1),
            new Bead(3, 4, 3, 4, 1));
    assertThat(BeadScore.of(output, gold)).isEqualTo(new BeadScore(6, 2, 6, 2, 6, 2));
  }

  /** A bead that overlaps on only one side is not a lax match. */
  @Test
  void laxAsksForBothSides() {
    List<Bead> gold = beads("[0]:[0]", "[1]:[1]");
    List<Bead> output = beads("[]:[0]", "[0]:[1]", "[1]:[]");
    BeadScore score = BeadScore.of(output, gold);
    assertThat(score.laxFound()).isZero();
    assertThat(score.laxPrecise()).isZero();
    assertThat(score.strictF1()).isZero();
  }

  @Test
  void poolingAddsCounts() {
    BeadScore one = new BeadScore(4, 3, 2, 2, 3, 3);
    BeadScore two = new BeadScore(6, 5, 6, 5, 6, 5);
    assertThat(one.plus(two)).isEqualTo(new BeadScore(10, 8, 8, 7, 9, 8));
    assertThat(BeadScore.NONE.strictF1()).isEqualTo(1);
  }
}
