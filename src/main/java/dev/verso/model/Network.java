package dev.verso.model;

import java.util.List;

/**
 * An encoder–decoder network over piece ids (Vaswani et al. 2017), whatever files it is loaded
 * from.
 *
 * <p>Thread-safe: any number of threads may hold a {@link DecodingState} each.
 */
public interface Network extends AutoCloseable {

  /** Number of pieces the decoder chooses from, including padding. */
  int vocabularySize();

  /** Ids of the special pieces. */
  Manifest.Tokens tokens();

  /** Most pieces of a source, including its end-of-sentence mark. */
  int maxPositions();

  /** Whether steps report attention: whether word links can be derived from a translation. */
  boolean attends();

  /**
   * How many steps after the choice of a piece its attention is read: 0 if the network reports
   * where the piece it writes comes from, 1 if it reports where the piece it reads came from (the
   * shift of Chen et al. 2020), which is more accurate, as that piece is known.
   */
  int attentionShift();

  /**
   * Encodes a batch of sources, N sentences padded to the longest.
   *
   * @param sources ids of each source, without the end-of-sentence mark, which is added here
   * @return the state that its hypotheses are decoded with; the caller closes it
   * @throws IllegalArgumentException if there are no sources, or one is longer than {@link
   *     #maxPositions()} allows
   */
  DecodingState encode(List<List<Integer>> sources);

  /** Frees the graphs; states that are still open become unusable. */
  @Override
  void close();
}
