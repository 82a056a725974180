package dev.verso.model;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;

/** Sources of a batch, each with its end-of-sentence mark, padded to the longest. */
final class SourceBatch {

  private final int[] lengths;
  private final int length;
  private final long[] ids;
  private final long[] mask;

  private SourceBatch(int[] lengths, int length, long[] ids, long[] mask) {
    this.lengths = lengths;
    this.length = length;
    this.ids = ids;
    this.mask = mask;
  }

  static SourceBatch of(List<List<Integer>> sources, Network network) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("a batch needs a source");
    }
    int[] lengths = sources.stream().mapToInt(source -> source.size() + 1).toArray();
    int longest = Arrays.stream(lengths).max().getAsInt();
    if (longest > network.maxPositions()) {
      throw new IllegalArgumentException(
          "a source of " + longest + " pieces; the model reads at most " + network.maxPositions());
    }
    long[] ids = new long[sources.size() * longest];
    long[] mask = new long[ids.length];
    Arrays.fill(ids, network.tokens().pad());
    for (int row = 0; row < lengths.length; row++) {
      List<Integer> source = sources.get(row);
      for (int i = 0; i < lengths[row]; i++) {
        ids[row * longest + i] = i < source.size() ? source.get(i) : network.tokens().eos();
        mask[row * longest + i] = 1;
      }
    }
    return new SourceBatch(lengths, longest, ids, mask);
  }

  int count() {
    return lengths.length;
  }

  /** Length of the longest source. */
  int length() {
    return length;
  }

  /** Length of one source. */
  int length(int row) {
    return lengths[row];
  }

  long[] mask() {
    return mask.clone();
  }

  List<NDArray> inputs(Graph.Scope scope, String maskName) {
    return List.of(
        scope.longs("input_ids", ids, count(), length),
        scope.longs(maskName, mask, count(), length));
  }
}
