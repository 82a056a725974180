package dev.verso.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Scores translations of one test set, the first system against the others: BLEU and chrF with
 * bootstrap intervals, and for each of the others the p-value of its difference from the first.
 *
 * <p>Immutable and thread-safe.
 */
public final class MtEvaluation {

  private static final List<CorpusMetric> METRICS = List.of(new Bleu(), new Chrf());

  /**
   * Segments of one file or one system.
   *
   * @param name its name in tables and errors
   * @param lines its segments in the set's order
   */
  public record Lines(String name, List<String> lines) {

    /** Copies the list. */
    public Lines {
      lines = List.copyOf(lines);
    }
  }

  private final Lines source;
  private final Lines reference;
  private final Bootstrap bootstrap;

  /**
   * An evaluation over one test set.
   *
   * @throws IllegalArgumentException if the set is empty or its sides differ in length
   */
  public MtEvaluation(Lines source, Lines reference, Bootstrap bootstrap) {
    this.source = source;
    this.reference = reference;
    this.bootstrap = bootstrap;
    if (source.lines().isEmpty()) {
      throw new IllegalArgumentException(source.name() + " is empty: there is nothing to score");
    }
    checkLength(reference);
  }

  private void checkLength(Lines lines) {
    if (lines.lines().size() != source.lines().size()) {
      throw new IllegalArgumentException(
          lines.name()
              + " has "
              + lines.lines().size()
              + " lines, "
              + source.name()
              + " has "
              + source.lines().size()
              + ": they must correspond line by line");
    }
  }

  /**
   * Scores the systems; the first is the one the others are compared with.
   *
   * @throws IllegalArgumentException if there are no systems, or one has another number of lines
   *     than the set
   */
  public MtReport run(List<Lines> systems) {
    if (systems.isEmpty()) {
      throw new IllegalArgumentException("there are no systems to score");
    }
    systems.forEach(this::checkLength);
    List<List<MtReport.Score>> scores = new ArrayList<>();
    systems.forEach(system -> scores.add(new ArrayList<>()));
    for (CorpusMetric metric : METRICS) {
      double[] firstSamples = null;
      double first = 0;
      for (int i = 0; i < systems.size(); i++) {
        int[][] statistics = metric.statistics(systems.get(i).lines(), reference.lines());
        double score = metric.score(Bootstrap.sum(statistics));
        double[] samples = bootstrap.scores(statistics, metric::score);
        double p = Double.NaN;
        if (firstSamples == null) {
          firstSamples = samples;
          first = score;
        } else {
          p = Bootstrap.pValue(firstSamples, samples, score - first);
        }
        scores.get(i).add(new MtReport.Score(metric.name(), score, Bootstrap.interval(samples), p));
      }
    }
    List<MtReport.Row> rows = new ArrayList<>();
    for (int i = 0; i < systems.size(); i++) {
      Lines system = systems.get(i);
      int empty = 0;
      int copied = 0;
      for (int k = 0; k < system.lines().size(); k++) {
        String line = system.lines().get(k).strip();
        String original = source.lines().get(k).strip();
        if (line.isEmpty() && !original.isEmpty()) {
          empty++;
        } else if (line.equals(original) && original.codePoints().anyMatch(Character::isLetter)) {
          copied++;
        }
      }
      rows.add(new MtReport.Row(system.name(), scores.get(i), empty, copied));
    }
    return new MtReport(
        source.name(),
        reference.name(),
        source.lines().size(),
        bootstrap,
        METRICS.stream().map(metric -> metric.name() + "|" + metric.signature()).toList(),
        rows);
  }
}
