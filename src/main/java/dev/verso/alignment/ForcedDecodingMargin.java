package dev.verso.alignment;

import dev.verso.text.Cancellation;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The margin by forced decoding: how much likelier the model finds a bead's target under its own
 * source than under {@value #OTHERS} other sentences of the document, the same for every bead so
 * that rival beads are measured against one yardstick.
 *
 * <p>Each pair of texts is scored once; what was scored is kept as long as the margin is.
 * Thread-safe. One pass of the network for each new pair.
 */
public final class ForcedDecodingMargin implements TranslationMargin {

  private static final int OTHERS = 2;

  /** Pairs scored in one call, between two reports of progress. */
  private static final int CHUNK = 256;

  private final TranslationScorer scorer;
  private final Progress progress;
  private final Cancellation cancellation;
  private final Map<List<String>, Double> known = new HashMap<>(); // guarded by itself

  /**
   * @param scorer of the model that is asked
   * @param progress told how many pairs are scored
   * @param cancellation ends the scoring, then with a {@link
   *     java.util.concurrent.CancellationException}
   */
  public ForcedDecodingMargin(
      TranslationScorer scorer, Progress progress, Cancellation cancellation) {
    this.scorer = scorer;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  @Override
  public double[] margins(List<Candidate> candidates, List<String> source) {
    synchronized (known) {
      List<String> others = others(source);
      Set<List<String>> wanted = new LinkedHashSet<>();
      for (Candidate candidate : candidates) {
        String target = String.join(" ", candidate.target());
        wanted.add(List.of(String.join(" ", candidate.source()), target));
        others.forEach(other -> wanted.add(List.of(other, target)));
      }
      wanted.removeAll(known.keySet());
      List<List<String>> pairs = new ArrayList<>(wanted);
      for (int start = 0; start < pairs.size(); start += CHUNK) {
        List<List<String>> chunk = pairs.subList(start, Math.min(pairs.size(), start + CHUNK));
        List<SegmentTranslation> scored =
            scorer.score(
                chunk.stream().map(pair -> pair.get(0)).toList(),
                chunk.stream().map(pair -> pair.get(1)).toList(),
                cancellation);
        for (int k = 0; k < chunk.size(); k++) {
          known.put(chunk.get(k), scored.get(k).score());
        }
        progress.advanced(start + chunk.size(), pairs.size());
      }
      return candidates.stream().mapToDouble(candidate -> margin(candidate, others)).toArray();
    }
  }

  /** The own source's mean log-probability over the other sentences'; NaN if there is no other. */
  private double margin(Candidate candidate, List<String> others) {
    String target = String.join(" ", candidate.target());
    double own = known.get(List.of(String.join(" ", candidate.source()), target));
    return own
        - others.stream()
            .filter(other -> !candidate.source().contains(other))
            .mapToDouble(other -> known.get(List.of(other, target)))
            .average()
            .orElse(Double.NaN);
  }

  /** Sentences of at least mean length, evenly spread. */
  private static List<String> others(List<String> source) {
    double mean = source.stream().mapToInt(String::length).average().orElse(0);
    String[] others = new String[OTHERS];
    for (int k = 0; k < OTHERS; k++) {
      int start = (int) ((k + 1L) * source.size() / (OTHERS + 1));
      for (int step = 0; others[k] == null; step++) {
        String sentence = source.get((start + step) % source.size());
        if (sentence.length() >= mean) {
          others[k] = sentence;
        }
      }
    }
    return Arrays.stream(others).distinct().toList();
  }
}
