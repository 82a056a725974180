package dev.verso.translation;

import dev.verso.decoding.Hypothesis;
import dev.verso.model.Attention;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Estimates how good a translation is from what decoding knows, without a reference.
 *
 * <p>The {@link #SIGNALS} s of a segment go through a linear model fitted to sentence chrF of the
 * model's own translations: quality = clip(w₀ + Σ wᵢ sᵢ, 0, 1), so a quality of 0.6 reads as "about
 * chrF 60 expected". The weights belong to a model and stand in its manifest; without them only the
 * mean log-probability counts. {@code ./verso evaluate quality SOURCE REFERENCE --fit} prints them.
 *
 * <p>Immutable and thread-safe. O(T·S) for T target and S source pieces.
 */
public final class QualityEstimate {

  /** Names of the signals, in the order of {@link #signals}. */
  public static final List<String> SIGNALS =
      List.of(
          "meanLogProbability",
          "worstLogProbabilities",
          "uncoveredSource",
          "spreadAttention",
          "lengthRatio",
          "lostNumbers",
          "repetition",
          "logLength",
          "beamAgreement",
          "lead",
          "sourceRarity",
          "fragmentation",
          "capitals",
          "doubtful",
          "characterRatio",
          "wordLength",
          "elisions",
          "inventedWords");

  private static final List<Double> UNFITTED =
      Stream.concat(Stream.of(0.85, 0.35), Collections.nCopies(SIGNALS.size() - 1, 0.0).stream())
          .toList();

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final double DOUBTFUL = Math.log(0.2);

  private final List<Double> weights;

  /**
   * @param weights the constant and one weight for each signal, or empty for a model without any
   * @throws IllegalArgumentException if their number is another
   */
  public QualityEstimate(List<Double> weights) {
    this.weights = weights.isEmpty() ? UNFITTED : List.copyOf(weights);
    if (this.weights.size() != SIGNALS.size() + 1) {
      throw new IllegalArgumentException(
          weights.size() + " weights for " + SIGNALS.size() + " signals and a constant");
    }
  }

  /** The estimate in [0, 1] for these signals. */
  public double of(List<Double> signals) {
    double sum = weights.get(0);
    for (int i = 0; i < signals.size(); i++) {
      sum += weights.get(i + 1) * signals.get(i);
    }
    return Math.max(0, Math.min(1, sum));
  }

  /**
   * One searched part of a segment.
   *
   * @param text the source text
   * @param source its pieces
   * @param translation the text of the chosen hypothesis
   * @param chosen the translation
   * @param invented how many of its words do not exist
   * @param found all that the search completed, the chosen one among them
   */
  record Searched(
      String text,
      List<Integer> source,
      String translation,
      Hypothesis chosen,
      int invented,
      List<Hypothesis> found) {}

  /**
   * The signals of a segment's hypotheses, one for each part that was searched.
   *
   * @param lostNumbers numbers of the source that the translation lacks
   */
  static List<Double> signals(List<Searched> parts, int lostNumbers) {
    List<Double> logProbabilities = new ArrayList<>();
    double uncovered = 0;
    double entropy = 0;
    int source = 0;
    int written = 0;
    int characters = 0;
    int translated = 0;
    int elisions = 0;
    int attended = 0;
    double repetition = 0;
    double agreement = 0;
    double lead = 0;
    double rarity = 0;
    int words = 0;
    int capitals = 0;
    int invented = 0;
    for (int p = 0; p < parts.size(); p++) {
      Searched searched = parts.get(p);
      Hypothesis part = searched.chosen();
      int pieces = searched.source().size();
      int length = Math.max(1, part.ids().size());
      invented += searched.invented();
      agreement += length * agreement(searched);
      lead += length * lead(searched);
      for (int id : searched.source()) {
        rarity += Math.log(id + 1.0);
      }
      for (String word : SPACES.split(searched.text().strip())) {
        capitals += words++ > 0 && Character.isUpperCase(word.codePointAt(0)) ? 1 : 0;
      }
      logProbabilities.addAll(part.logProbabilities());
      source += pieces;
      written += part.ids().size();
      characters += searched.text().length();
      translated += searched.translation().length();
      elisions += (int) searched.text().chars().filter(c -> c == '\'' || c == '’').count();
      repetition += repeatedBigrams(part.ids());
      double[] received = new double[pieces];
      for (int t = 0; t < part.ids().size() && t < part.attention().length(); t++) {
        Attention.Row row = part.attention().rows().get(t);
        attended++;
        for (int s = 0; s < row.length(); s++) {
          double a = row.at(s);
          entropy -= a > 1e-9 ? a * Math.log(a) : 0;
          if (s < received.length) {
            received[s] += a;
          }
        }
      }
      for (double mass : received) {
        uncovered += Math.max(0, 0.5 - mass) * 2;
      }
    }
    if (logProbabilities.isEmpty()) {
      return Collections.nCopies(SIGNALS.size(), 0.0);
    }
    double mean = logProbabilities.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    Collections.sort(logProbabilities);
    int fifth = Math.max(1, logProbabilities.size() / 5);
    double worst =
        logProbabilities.subList(0, fifth).stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(0);
    double doubtful =
        logProbabilities.stream().filter(p -> p < DOUBTFUL).count()
            / (double) logProbabilities.size();
    return List.of(
        mean,
        worst,
        uncovered / Math.max(1, source),
        attended == 0 ? 0 : entropy / attended,
        Math.abs(Math.log((written + 1.0) / (source + 1.0))),
        (double) lostNumbers,
        repetition / Math.max(1, written),
        Math.log(source + 1.0),
        agreement / Math.max(1, written),
        lead / Math.max(1, written),
        rarity / Math.max(1, source),
        source / (double) Math.max(1, words),
        capitals / (double) Math.max(1, words),
        doubtful,
        Math.log((translated + 1.0) / (characters + 1.0)),
        characters / (double) Math.max(1, words),
        elisions / (double) Math.max(1, words),
        invented / (double) Math.max(1, words));
  }

  /** Mean share of the chosen translation's piece pairs that its rivals have too, in [0, 1]. */
  private static double agreement(Searched searched) {
    Set<Long> own = bigrams(searched.chosen().ids());
    double sum = 0;
    int rivals = 0;
    for (Hypothesis rival : searched.found()) {
      if (rival.ids().equals(searched.chosen().ids())) {
        continue;
      }
      Set<Long> other = bigrams(rival.ids());
      long shared = other.stream().filter(own::contains).count();
      sum += own.size() + other.size() == 0 ? 1 : 2.0 * shared / (own.size() + other.size());
      rivals++;
    }
    return rivals == 0 ? 1 : sum / rivals;
  }

  /** By how much the chosen translation's score per piece leads those of its rivals on average. */
  private static double lead(Searched searched) {
    return searched.found().stream()
        .filter(rival -> !rival.ids().equals(searched.chosen().ids()))
        .mapToDouble(rival -> searched.chosen().scorePerPiece() - rival.scorePerPiece())
        .average()
        .orElse(0);
  }

  private static Set<Long> bigrams(List<Integer> ids) {
    Set<Long> pairs = new HashSet<>();
    for (int i = 1; i < ids.size(); i++) {
      pairs.add(((long) ids.get(i - 1) << 32) | ids.get(i));
    }
    return pairs;
  }

  private static int repeatedBigrams(List<Integer> ids) {
    Set<Long> seen = new HashSet<>();
    int repeated = 0;
    for (int i = 1; i < ids.size(); i++) {
      if (!seen.add(((long) ids.get(i - 1) << 32) | ids.get(i))) {
        repeated++;
      }
    }
    return repeated;
  }
}
