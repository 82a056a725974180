package dev.verso.wordalign;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.AlignmentLink.Strength;
import dev.verso.language.TokenizedSentence;
import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.Comparator;
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
 * probability is p_P.
 *
 * <p>{@link #competing} adds, for uses that need a place for every word rather than links to stand
 * by: among the words left without a link, pairs by falling p_S + p_P down to {@value #REST}, each
 * word once, which is the competitive linking of Melamed (2000), "Models of Translational
 * Equivalence among Words", run on what the classifier left over.
 *
 * <p>O(I·J) time and memory, I and J at most {@value #MOST_WORDS}. Immutable, thread-safe if the
 * attention source is.
 */
public final class CombinedAligner implements WordAligner {
  private static final double GAIN = 0.95;
  private static final double REST = 0.1;

  /** Empty for the shipped one, which is read when words are first linked. */
  private final Optional<AlignmentModel> trained;

  private final Optional<LinkWeights> weights;
  private final Optional<AttentionSource> attention;
  private final boolean competing;

  private CombinedAligner(
      Optional<AlignmentModel> trained,
      Optional<LinkWeights> weights,
      Optional<AttentionSource> attention,
      boolean competing) {
    this.trained = trained;
    this.weights = weights;
    this.attention = attention;
    this.competing = competing;
  }

  /** French to English with the shipped lexicon and weights, without a network. */
  public static CombinedAligner shipped() {
    return new CombinedAligner(Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  /** This aligner over what a corpus taught another. */
  public CombinedAligner over(StatisticalAligner learned) {
    return new CombinedAligner(Optional.of(learned.model()), weights, attention, competing);
  }

  /** This aligner with a translation model's attention. */
  public CombinedAligner withAttention(AttentionSource source) {
    return new CombinedAligner(trained, weights, Optional.of(source), competing);
  }

  /** This aligner with other weights. */
  public CombinedAligner withWeights(LinkWeights other) {
    return new CombinedAligner(trained, Optional.of(other), attention, competing);
  }

  /** This aligner, also linking words that it otherwise leaves alone; such links are possible. */
  public CombinedAligner competing() {
    return new CombinedAligner(trained, weights, attention, true);
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
    return CellFeatures.of(trained.orElseGet(AlignmentModel::shipped), source, target, looked);
  }

  @Override
  public List<AlignmentLink> align(
      TokenizedSentence source, TokenizedSentence target, Cancellation cancellation) {
    cancellation.check();
    if (WordAligner.isTooLong(source, target)) {
      return List.of();
    }
    LinkWeights using = weights.orElseGet(() -> LinkWeights.shipped(attention.isPresent()));
    double[][][] features = features(source, target);
    List<Cell> linked = new ArrayList<>();
    List<Cell> rest = new ArrayList<>();
    boolean[] sourceLinked = new boolean[source.size()];
    boolean[] targetLinked = new boolean[target.size()];
    for (int i = 0; i < source.size(); i++) {
      cancellation.check();
      for (int j = 0; j < target.size(); j++) {
        double sure = using.sure(features[i][j]);
        Cell cell = new Cell(i, j, sure, Math.max(sure, using.possible(features[i][j])));
        if (cell.gain() >= GAIN) {
          linked.add(cell);
          sourceLinked[i] = true;
          targetLinked[j] = true;
        } else if (competing && cell.gain() >= REST) {
          rest.add(cell);
        }
      }
    }
    rest.sort(Comparator.comparingDouble(Cell::gain).reversed());
    for (Cell cell : rest) {
      if (!sourceLinked[cell.i] && !targetLinked[cell.j]) {
        linked.add(cell);
        sourceLinked[cell.i] = true;
        targetLinked[cell.j] = true;
      }
    }
    linked.sort(Comparator.comparingInt(Cell::i).thenComparingInt(Cell::j));
    return linked.stream().map(cell -> cell.link(source, target)).toList();
  }

  /** Source word i and target word j with the probabilities that their link is sure, possible. */
  private record Cell(int i, int j, double sure, double possible) {

    double gain() {
      return sure + possible;
    }

    AlignmentLink link(TokenizedSentence source, TokenizedSentence target) {
      return new AlignmentLink(
          source.words().get(i),
          target.words().get(j),
          sure >= 0.5 ? Strength.SURE : Strength.POSSIBLE,
          possible);
    }
  }
}
