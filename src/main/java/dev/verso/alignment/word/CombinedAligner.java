package dev.verso.alignment.word;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.AlignmentLink.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verso's word aligner: each word pair is judged by a log-linear classifier over both HMMs'
 * posteriors, the lexicon, likeness, position, marks, its rivals and neighbours, and, where a
 * translation model is given, its attention under forced decoding.
 *
 * <p>With p_S and p_P the probabilities that a link is sure and at least possible, a link lowers
 * the expected alignment error rate 1 − (|A∩S| + |A∩P|)/(|A| + |S|) exactly if p_S + p_P is greater
 * than 1 less the rate itself; {@value #GAIN} is that threshold. A link is sure from p_S ≥ ½; its
 * probability is p_P. O(I·J·(I + J)) time. Immutable, thread-safe if the attention source is.
 */
public final class CombinedAligner implements WordAligner {
  private static final double GAIN = 0.95;

  private final AlignmentModel model;
  private final Optional<LinkWeights> weights;
  private final Optional<AttentionSource> attention;

  private CombinedAligner(
      AlignmentModel model, Optional<LinkWeights> weights, Optional<AttentionSource> attention) {
    this.model = model;
    this.weights = weights;
    this.attention = attention;
  }

  /** French to English with the shipped lexicon and weights, without a network. */
  public static CombinedAligner shipped() {
    return new CombinedAligner(AlignmentModel.shipped(), Optional.empty(), Optional.empty());
  }

  /** This aligner over what a corpus taught another. */
  public CombinedAligner over(StatisticalAligner trained) {
    return new CombinedAligner(trained.model(), weights, attention);
  }

  /** This aligner with a translation model's attention. */
  public CombinedAligner withAttention(AttentionSource source) {
    return new CombinedAligner(model, weights, Optional.of(source));
  }

  /** This aligner with other weights. */
  public CombinedAligner withWeights(LinkWeights other) {
    return new CombinedAligner(model, Optional.of(other), attention);
  }

  boolean hasAttention() {
    return attention.isPresent();
  }

  double[][][] features(TokenizedSentence source, TokenizedSentence target) {
    double[][] looked = null;
    if (attention.isPresent() && source.size() > 0 && target.size() > 0) {
      looked = attention.get().attention(source, target);
      if (looked.length != target.size() || looked[0].length != source.size()) {
        throw new IllegalStateException(
            "attention over " + looked.length + " target words, not " + target.size());
      }
    }
    return CellFeatures.of(model, source, target, looked);
  }

  @Override
  public List<AlignmentLink> align(TokenizedSentence source, TokenizedSentence target) {
    LinkWeights using = weights.orElseGet(() -> LinkWeights.shipped(attention.isPresent()));
    double[][][] features = features(source, target);
    List<AlignmentLink> links = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      for (int j = 0; j < target.size(); j++) {
        double sure = using.sure(features[i][j]);
        double possible = Math.max(sure, using.possible(features[i][j]));
        if (sure + possible >= GAIN) {
          links.add(
              new AlignmentLink(
                  source.words().get(i),
                  target.words().get(j),
                  sure >= 0.5 ? Strength.SURE : Strength.POSSIBLE,
                  possible));
        }
      }
    }
    return links;
  }
}
