package dev.verso.usecase.corpus;

import dev.verso.corpus.export.CorpusStatistics;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of pairs.
 *
 * @param pairs how many are in the corpus
 * @param rejected how many are not, by reason
 */
public record CorpusSummary(long pairs, Map<String, Long> rejected) {

  /** Copies the map. */
  public CorpusSummary {
    rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
  }

  /** Of the counts of a corpus. */
  public static CorpusSummary of(CorpusStatistics statistics) {
    Map<String, Long> rejected = new TreeMap<>();
    statistics.rejected().forEach((reason, count) -> rejected.put(reason.label(), count));
    return new CorpusSummary(statistics.pairs(), rejected);
  }
}
