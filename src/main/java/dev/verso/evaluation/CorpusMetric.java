package dev.verso.evaluation;

import java.util.List;

/**
 * A score of a translation against one reference that depends only on sums of counts over the
 * segments: the counts are computed once, and every resample of the corpus is a sum.
 *
 * <p>Implementations are immutable and thread-safe.
 */
public interface CorpusMetric {

  /** Its name, such as {@code BLEU}. */
  String name();

  /** The settings that determine the score, in the form of sacreBLEU's signatures. */
  String signature();

  /** The counts of one segment; their number is the same for each. */
  int[] statistics(String hypothesis, String reference);

  /** The score, from 0 to 100, of segments whose counts add up to {@code totals}. */
  double score(long[] totals);

  /**
   * The counts of all segments.
   *
   * @throws IllegalArgumentException if there are not as many hypotheses as references
   */
  default int[][] statistics(List<String> hypotheses, List<String> references) {
    if (hypotheses.size() != references.size()) {
      throw new IllegalArgumentException(
          hypotheses.size() + " hypotheses for " + references.size() + " references");
    }
    int[][] statistics = new int[hypotheses.size()][];
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] = statistics(hypotheses.get(i), references.get(i));
    }
    return statistics;
  }

  /**
   * The score of a corpus; 0 for an empty one.
   *
   * @throws IllegalArgumentException if there are not as many hypotheses as references
   */
  default double corpus(List<String> hypotheses, List<String> references) {
    int[][] statistics = statistics(hypotheses, references);
    return statistics.length == 0 ? 0 : score(Bootstrap.sum(statistics));
  }

  /** The score of a single segment. */
  default double sentence(String hypothesis, String reference) {
    return corpus(List.of(hypothesis), List.of(reference));
  }
}
