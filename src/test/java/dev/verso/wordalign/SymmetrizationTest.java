package dev.verso.wordalign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SymmetrizationTest {

  private static boolean[][] links(String... rows) {
    boolean[][] links = new boolean[rows.length][rows[0].length()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length(); j++) {
        links[i][j] = rows[i].charAt(j) == 'x';
      }
    }
    return links;
  }

  /**
   * By hand: 0-0 is in both; 1-0 and 0-1 are its neighbours and join; 3-3, apart from all, joins
   * last, its words being free; 3-0 does not, for both its words are taken by then.
   */
  @Test
  void growsFromTheIntersection() {
    boolean[][] forward = links("xx..", "....", "....", "...x");
    boolean[][] backward = links("x...", "x...", "....", "x...");
    assertThat(Symmetrization.growDiagFinalAnd(forward, backward))
        .isDeepEqualTo(links("xx..", "x...", "....", "...x"));
  }
}
