package dev.verso.decoding;

import java.util.List;

/**
 * Detects a hypothesis that repeats itself: its last pieces are one block, over and over.
 *
 * <p>A block of p ≤ 16 pieces that occurs r times in a row is a loop if r ≥ 4 (5 for p = 1), unless
 * the source repeats itself at least as often ({@code "ha ha ha ha ha"} may stay).
 */
final class LoopGuard {

  private static final int LONGEST_BLOCK = 16;

  private final int sourceRepeats;

  LoopGuard(List<Integer> source) {
    int most = 1;
    for (int end = 1; end <= source.size(); end++) {
      for (int period = 1; period <= LONGEST_BLOCK; period++) {
        most = Math.max(most, repeats(source, end, period));
      }
    }
    sourceRepeats = most;
  }

  /** The length of the block that {@code ids} repeats at its end, or 0. */
  int loopingBlock(List<Integer> ids) {
    for (int period = 1; period <= LONGEST_BLOCK && period * 4 <= ids.size(); period++) {
      int limit = period == 1 ? 5 : 4;
      if (repeats(ids, ids.size(), period) >= Math.max(limit, sourceRepeats + 2)) {
        return period;
      }
    }
    return 0;
  }

  /** The pieces up to the first instance of the block that the end repeats. */
  int lengthWithoutLoop(List<Integer> ids) {
    int period = loopingBlock(ids);
    if (period == 0) {
      return ids.size();
    }
    return ids.size() - period * (repeats(ids, ids.size(), period) - 1);
  }

  /** How often the last {@code period} pieces before {@code end} occur in a row there. */
  private static int repeats(List<Integer> ids, int end, int period) {
    if (end < period) {
      return 0;
    }
    int same = 0;
    for (int i = end - 1; i - period >= 0 && ids.get(i).equals(ids.get(i - period)); i--) {
      same++;
    }
    return same / period + 1;
  }
}
