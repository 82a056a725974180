package dev.verso.alignment;

import java.util.ArrayList;
import java.util.List;

/**
 * Sizes of a bead with both sides non-empty: source and target sentences together at most 6, one to
 * six and six to one besides.
 */
record BeadType(int source, int target) {
  /** Most sentences on a side. */
  static final int WIDEST = 6;

  /** All types; their order is their index in scores and weights. */
  static final List<BeadType> ALL = all();

  private static List<BeadType> all() {
    List<BeadType> types = new ArrayList<>();
    for (int a = 1; a <= WIDEST; a++) {
      for (int b = 1; b <= WIDEST; b++) {
        if (a + b <= WIDEST || Math.min(a, b) == 1) {
          types.add(new BeadType(a, b));
        }
      }
    }
    return List.copyOf(types);
  }

  static int index(int source, int target) {
    return ALL.indexOf(new BeadType(source, target));
  }

  /** Such as {@code 2-1}. */
  String label() {
    return source + "-" + target;
  }
}
