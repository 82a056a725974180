package dev.verso.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopGuardTest {

  private static List<Integer> repeat(List<Integer> start, List<Integer> block, int times) {
    List<Integer> all = new ArrayList<>(start);
    for (int i = 0; i < times; i++) {
      all.addAll(block);
    }
    return all;
  }

  @Test
  void aBlockOverAndOverIsALoop() {
    LoopGuard guard = new LoopGuard(List.of(7, 8, 9));
    assertThat(guard.loopingBlock(repeat(List.of(1, 2), List.of(5, 6, 4), 3))).isZero();
    assertThat(guard.loopingBlock(repeat(List.of(1, 2), List.of(5, 6, 4), 4))).isEqualTo(3);
    assertThat(guard.loopingBlock(repeat(List.of(1), List.of(5), 4))).isZero();
    assertThat(guard.loopingBlock(repeat(List.of(1), List.of(5), 5))).isEqualTo(1);
  }

  @Test
  void theFirstInstanceStays() {
    LoopGuard guard = new LoopGuard(List.of(7));
    assertThat(guard.lengthWithoutLoop(repeat(List.of(1, 2), List.of(5, 6), 6))).isEqualTo(4);
    assertThat(guard.lengthWithoutLoop(List.of(1, 2, 3))).isEqualTo(3);
  }

  @Test
  void aSourceThatRepeatsItselfMayBeFollowed() {
    List<Integer> laughing = Collections.nCopies(10, 3);
    LoopGuard guard = new LoopGuard(laughing);
    assertThat(guard.loopingBlock(Collections.nCopies(10, 5))).isZero();
    assertThat(guard.loopingBlock(Collections.nCopies(12, 5))).isEqualTo(1);
  }
}
