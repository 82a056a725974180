package dev.verso.wordalign;

/** Joins the links of two directions into one set (Och and Ney 2003; Koehn, Och and Marcu 2003). */
final class Symmetrization {
  private static final int[][] NEIGHBOURS = {
    {-1, 0}, {0, -1}, {1, 0}, {0, 1}, {-1, -1}, {-1, 1}, {1, -1}, {1, 1}
  };

  private Symmetrization() {}

  /**
   * Grow-diag-final-and: the intersection, grown by neighbouring links of the union one of whose
   * words has no link yet, then by links of the union neither of whose words has one. O(I·J) a
   * round.
   *
   * @param forward links of the forward direction, [I][J]
   * @param backward links of the backward direction, [I][J]
   */
  static boolean[][] growDiagFinalAnd(boolean[][] forward, boolean[][] backward) {
    int sources = forward.length;
    int targets = sources == 0 ? 0 : forward[0].length;
    boolean[][] links = new boolean[sources][targets];
    boolean[] sourceLinked = new boolean[sources];
    boolean[] targetLinked = new boolean[targets];
    for (int i = 0; i < sources; i++) {
      for (int j = 0; j < targets; j++) {
        if (forward[i][j] && backward[i][j]) {
          links[i][j] = true;
          sourceLinked[i] = true;
          targetLinked[j] = true;
        }
      }
    }
    boolean grown = true;
    while (grown) {
      grown = false;
      for (int i = 0; i < sources; i++) {
        for (int j = 0; j < targets; j++) {
          if (!links[i][j]) {
            continue;
          }
          for (int[] step : NEIGHBOURS) {
            int a = i + step[0];
            int b = j + step[1];
            if (a >= 0
                && a < sources
                && b >= 0
                && b < targets
                && !links[a][b]
                && (forward[a][b] || backward[a][b])
                && !(sourceLinked[a] && targetLinked[b])) {
              links[a][b] = true;
              sourceLinked[a] = true;
              targetLinked[b] = true;
              grown = true;
            }
          }
        }
      }
    }
    for (boolean[][] direction : new boolean[][][] {forward, backward}) {
      for (int i = 0; i < sources; i++) {
        for (int j = 0; j < targets; j++) {
          if (direction[i][j] && !sourceLinked[i] && !targetLinked[j]) {
            links[i][j] = true;
            sourceLinked[i] = true;
            targetLinked[j] = true;
          }
        }
      }
    }
    return links;
  }
}
