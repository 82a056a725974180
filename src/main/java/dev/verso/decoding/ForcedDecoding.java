package dev.verso.decoding;

import dev.verso.model.DecodingState;
import dev.verso.model.Forced;
import dev.verso.model.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads given translations with a network: how likely is each of their pieces, and where in the
 * source does the network look for it?
 *
 * <p>Thread-safe. One call of the network for each source batch and its targets.
 */
public final class ForcedDecoding {

  /** Pieces of a batch, including padding: their scores take 64 kB each. */
  private static final int MOST_PIECES = 2_048;

  private final Network network;

  public ForcedDecoding(Network network) {
    this.network = network;
  }

  /**
   * Scores each target under the source of the same index.
   *
   * @param sources piece ids without end marks
   * @param targets piece ids without end marks, one for each source
   * @throws IllegalArgumentException if the lists differ in size
   */
  public List<Forced> score(List<List<Integer>> sources, List<List<Integer>> targets) {
    if (sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          sources.size() + " sources and " + targets.size() + " targets");
    }
    if (sources.isEmpty()) {
      return List.of();
    }
    int[] indices = new int[sources.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = i;
    }
    try (DecodingState state = network.encode(sources)) {
      return state.force(indices, targets);
    }
  }

  /**
   * Scores many targets under one source; the source is encoded once, and what all of a batch share
   * at their beginnings is read once where the network can.
   *
   * @param source piece ids without end mark
   * @param targets piece ids without end marks
   * @param batch number of targets scored together, fewer if they are long
   */
  public List<Forced> score(List<Integer> source, List<List<Integer>> targets, int batch) {
    List<Forced> all = new ArrayList<>();
    int longest = targets.stream().mapToInt(List::size).max().orElse(0);
    int together = Math.max(1, Math.min(batch, MOST_PIECES / (longest + 1)));
    try (DecodingState state = network.encode(List.of(source))) {
      for (int from = 0; from < targets.size(); from += together) {
        int end = Math.min(targets.size(), from + together);
        all.addAll(state.forceAlike(targets.subList(from, end)));
      }
    }
    return List.copyOf(all);
  }
}
