package dev.verso.corpus.filter;

import dev.verso.text.Cancellation;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationScorer;
import java.util.ArrayList;
import java.util.List;

/**
 * How much likelier a model finds a target under its own source than under other sentences: [log
 * p(t|s) − mean log p(t|s′)] / |t| in nats per piece, by forced decoding.
 *
 * <p>Unlike the aligner's margin, s′ are the same two sentences for every pair of every corpus, so
 * that a pair's margin does not depend on what stands around it. Three passes of the network a
 * pair. Thread-safe.
 */
public final class FixedMargin {

  /** A sentence as in the news, and one as people talk. */
  private static final List<String> OTHERS =
      List.of(
          "Le directeur de l'école a expliqué que les travaux de la toiture dureraient encore"
              + " trois semaines.",
          "Tu viens avec nous ce soir, ou tu restes à la maison ?");

  private final TranslationScorer scorer;

  public FixedMargin(TranslationScorer scorer) {
    this.scorer = scorer;
  }

  /**
   * The margins of pairs.
   *
   * @param sources French
   * @param targets English, as many
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public double[] of(List<String> sources, List<String> targets, Cancellation cancellation) {
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    for (int k = 0; k < sources.size(); k++) {
      from.add(sources.get(k));
      to.add(targets.get(k));
      for (String other : OTHERS) {
        from.add(other);
        to.add(targets.get(k));
      }
    }
    List<SegmentTranslation> scored = scorer.score(from, to, cancellation);
    double[] margins = new double[sources.size()];
    int each = 1 + OTHERS.size();
    for (int k = 0; k < margins.length; k++) {
      double others = 0;
      for (int o = 1; o < each; o++) {
        others += scored.get(k * each + o).score();
      }
      margins[k] = scored.get(k * each).score() - others / OTHERS.size();
    }
    return margins;
  }
}
