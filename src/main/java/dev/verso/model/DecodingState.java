package dev.verso.model;

import java.util.List;

/**
 * A batch of N encoded sources and the cache of the hypotheses that are being extended.
 *
 * <p>Every sentence has the same number K of hypotheses, so a step has B = N·K rows, those of a
 * sentence next to each other. Owns native memory: close it. Not thread-safe.
 */
public interface DecodingState extends AutoCloseable {

  /** Number of sources that were encoded. */
  int sources();

  /** Length of the longest source in pieces, including its end-of-sentence mark. */
  int sourceLength();

  /**
   * Extends the hypotheses by one piece each.
   *
   * @param sentences the sources still being decoded, as indices into the batch; N of them
   * @param parents B rows of the previous step's result that are continued; ignored in the first
   *     step
   * @param tokens the last pieces of the hypotheses, B of them; the decoder's start piece in the
   *     first step
   * @param width number of candidates that each row wants, at least 1
   * @param wanted further pieces whose probability is wanted, the same number W ≥ 0 for each row,
   *     or an empty array
   * @return the best {@code width} continuations of each row
   */
  Candidates step(int[] sentences, int[] parents, int[] tokens, int width, int[][] wanted);

  /**
   * Reads given targets in one pass, T of them, one for each of {@code sentences}.
   *
   * @param sentences indices into the batch; a source may be named more than once
   * @param targets ids of each target without the end-of-sentence mark, which is added here
   * @return for each target the natural-log probability of every piece given those before it
   */
  List<Forced> force(int[] sentences, List<List<Integer>> targets);

  /**
   * Reads targets of the first source, which may begin alike: what they share may be read only
   * once.
   *
   * @param targets ids of each target without the end-of-sentence mark, which is added here
   * @return as {@link #force}
   */
  default List<Forced> forceAlike(List<List<Integer>> targets) {
    return force(new int[targets.size()], targets);
  }

  /** Frees the batch's native memory. */
  @Override
  void close();
}
