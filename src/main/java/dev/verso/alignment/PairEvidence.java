package dev.verso.alignment;

import dev.verso.alignment.AlignmentWeights.Feature;
import dev.verso.text.Cancellation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Everything known of one text pair that does not depend on the band: both sides as numbers, the
 * length model, the pair's lexicon. Makes scorers for bands.
 */
final class PairEvidence {
  private static final double NUMBER_KEPT = 0.85;
  private static final double NAME_KEPT = 0.75;
  private static final double COGNATE_KEPT = 0.35;
  private static final double WORD_KEPT = 0.4;
  private static final double GRAM_KEPT = 0.35;

  /** Nats of a sentence that a bead says twice on one side and once on the other. */
  private static final double REPEATED = -4;

  final SentenceFeatures source;
  final SentenceFeatures target;
  final LengthModel lengths;
  final PairLexicon forward;
  final PairLexicon backward;
  private final Map<Feature, DirectedEvidence[]> equalChannels;
  private final int[] sourceParagraphs; // null where unknown
  private final int[] targetParagraphs;
  private final int[] sourceRepeats; // sentences up to here that repeat the one before
  private final int[] targetRepeats;
  private final Cancellation cancellation;

  private PairEvidence(
      SentenceFeatures source,
      SentenceFeatures target,
      LengthModel lengths,
      PairLexicon forward,
      PairLexicon backward,
      Map<Feature, DirectedEvidence[]> equalChannels,
      int[] sourceParagraphs,
      int[] targetParagraphs,
      int[] sourceRepeats,
      int[] targetRepeats,
      Cancellation cancellation) {
    this.source = source;
    this.target = target;
    this.lengths = lengths;
    this.forward = forward;
    this.backward = backward;
    this.equalChannels = equalChannels;
    this.sourceParagraphs = sourceParagraphs;
    this.targetParagraphs = targetParagraphs;
    this.sourceRepeats = sourceRepeats;
    this.targetRepeats = targetRepeats;
    this.cancellation = cancellation;
  }

  static PairEvidence of(
      TextPair pair,
      SentenceFeatures source,
      SentenceFeatures target,
      StemLexicon lexicon,
      LengthModel lengths) {
    return of(pair, source, target, lexicon, lengths, Cancellation.NONE);
  }

  /**
   * @param cancellation checked once for each sentence, here and by the scorers
   */
  static PairEvidence of(
      TextPair pair,
      SentenceFeatures source,
      SentenceFeatures target,
      StemLexicon lexicon,
      LengthModel lengths,
      Cancellation cancellation) {
    Map<Feature, DirectedEvidence[]> channels = new EnumMap<>(Feature.class);
    channels.put(Feature.NUMBERS, both(source.numbers, target.numbers, NUMBER_KEPT));
    channels.put(Feature.NAMES, both(source.names, target.names, NAME_KEPT));
    channels.put(Feature.COGNATES, both(source.cognates, target.cognates, COGNATE_KEPT));
    if (pair.translations().isPresent()) {
      TargetTokens tokens = TargetTokens.of(pair.translations().get(), pair.target(), cancellation);
      channels.put(
          Feature.TRANSLATED_WORDS,
          both(tokens.translationWords(), tokens.targetWords(), WORD_KEPT));
      channels.put(
          Feature.TRANSLATED_GRAMS,
          both(tokens.translationGrams(), tokens.targetGrams(), GRAM_KEPT));
    }
    return new PairEvidence(
        source,
        target,
        lengths,
        PairLexicon.prior(source, target, lexicon::forward, lexicon::targetFrequency),
        PairLexicon.prior(target, source, lexicon::backward, lexicon::sourceFrequency),
        channels,
        array(pair.sourceParagraphs()),
        array(pair.targetParagraphs()),
        repeats(pair.source()),
        repeats(pair.target()),
        cancellation);
  }

  private static int[] repeats(List<String> sentences) {
    int[] repeats = new int[sentences.size()];
    for (int k = 1; k < repeats.length; k++) {
      repeats[k] = repeats[k - 1] + (sentences.get(k).equals(sentences.get(k - 1)) ? 1 : 0);
    }
    return repeats;
  }

  private static int[] array(List<Integer> paragraphs) {
    return paragraphs.isEmpty() ? null : paragraphs.stream().mapToInt(Integer::intValue).toArray();
  }

  private static DirectedEvidence[] both(int[][] source, int[][] target, double kept) {
    return new DirectedEvidence[] {
      DirectedEvidence.equal(source, target, kept), DirectedEvidence.equal(target, source, kept)
    };
  }

  /** The same pair with a lexicon and lengths that it taught. */
  PairEvidence taught(PairLexicon newForward, PairLexicon newBackward, LengthModel newLengths) {
    return new PairEvidence(
        source,
        target,
        newLengths,
        newForward,
        newBackward,
        equalChannels,
        sourceParagraphs,
        targetParagraphs,
        sourceRepeats,
        targetRepeats,
        cancellation);
  }

  private Map<Feature, DirectedEvidence[]> channels() {
    Map<Feature, DirectedEvidence[]> all = new EnumMap<>(equalChannels);
    all.put(
        Feature.LEXICAL,
        new DirectedEvidence[] {
          DirectedEvidence.lexical(source.stems, target.stems, forward),
          DirectedEvidence.lexical(target.stems, source.stems, backward)
        });
    return all;
  }

  /** A scorer for beads within the band. */
  Scorer scorer(Band band, AlignmentWeights weights) {
    return new Scorer(band, weights);
  }

  /** Scores with the weights given; the channels are summed up front. */
  final class Scorer implements BeadScorer {
    private final AlignmentWeights weights;
    private final DirectedEvidence.Windows forwardWindows;
    private final DirectedEvidence.Windows backwardWindows;
    private final float[] forwardGrid;
    private final float[] backwardGrid;
    private final double[] typeWeight;
    private final double lengthWeight;
    private final Lengths random;

    private Scorer(Band band, AlignmentWeights weights) {
      this.weights = weights;
      forwardWindows = DirectedEvidence.Windows.forward(band);
      backwardWindows = DirectedEvidence.Windows.backward(band);
      forwardGrid = new float[forwardWindows.size()];
      backwardGrid = new float[backwardWindows.size()];
      channels()
          .forEach(
              (feature, channel) -> {
                double half = weights.of(feature) / 2;
                if (half != 0) {
                  channel[0].addTo(forwardGrid, half, forwardWindows, cancellation);
                  channel[1].addTo(backwardGrid, half, backwardWindows, cancellation);
                }
              });
      typeWeight = new double[BeadType.ALL.size()];
      for (int type = 0; type < typeWeight.length; type++) {
        typeWeight[type] = weights.type(type);
      }
      lengthWeight = weights.of(Feature.LENGTH);
      random = new Lengths();
    }

    @Override
    public double bead(int type, int i, int j) {
      BeadType size = BeadType.ALL.get(type);
      double score =
          typeWeight[type]
              + lengthWeight * random.odds(size.source(), size.target(), i, j)
              + summed(forwardGrid, forwardWindows, backwardGrid, backwardWindows, size, i, j)
              + REPEATED * repeated(size, i, j);
      if (sourceParagraphs != null && targetParagraphs != null) {
        score +=
            weights.of(Feature.PARAGRAPH_START) * paragraphStart(i, j)
                + weights.of(Feature.PARAGRAPH_CROSSED) * paragraphsCrossed(size, i, j);
      }
      return score;
    }

    @Override
    public double sourceNull(int i) {
      return weights.of(Feature.NULL_SENTENCE)
          + weights.of(Feature.NULL_LENGTH) * nullLength(source.length[i], random.sourceMean);
    }

    @Override
    public double targetNull(int j) {
      return weights.of(Feature.NULL_SENTENCE)
          + weights.of(Feature.NULL_LENGTH) * nullLength(target.length[j], random.targetMean);
    }

    @Override
    public double openSource() {
      return weights.of(Feature.NULL_RUN_SOURCE);
    }

    @Override
    public double openTarget() {
      return weights.of(Feature.NULL_RUN_TARGET);
    }
  }

  private static double summed(
      float[] forwardGrid,
      DirectedEvidence.Windows forwardWindows,
      float[] backwardGrid,
      DirectedEvidence.Windows backwardWindows,
      BeadType size,
      int i,
      int j) {
    double sum = 0;
    for (int k = j; k < j + size.target(); k++) {
      sum += forwardGrid[forwardWindows.at(k, i, size.source())];
    }
    for (int k = i; k < i + size.source(); k++) {
      sum += backwardGrid[backwardWindows.at(k, j, size.target())];
    }
    return sum;
  }

  private static double nullLength(double length, double mean) {
    return Math.max(-2, Math.min(2, Math.log(length / mean)));
  }

  /** A translator joins sentences, but hardly ever a sentence and its repetition. */
  private int repeated(BeadType size, int i, int j) {
    return Math.abs(
        (sourceRepeats[i + size.source() - 1] - sourceRepeats[i])
            - (targetRepeats[j + size.target() - 1] - targetRepeats[j]));
  }

  private double paragraphStart(int i, int j) {
    boolean sourceStarts = i == 0 || sourceParagraphs[i] != sourceParagraphs[i - 1];
    boolean targetStarts = j == 0 || targetParagraphs[j] != targetParagraphs[j - 1];
    return sourceStarts && targetStarts ? 1 : sourceStarts || targetStarts ? -1 : 0;
  }

  private double paragraphsCrossed(BeadType size, int i, int j) {
    int crossedSource = sourceParagraphs[i + size.source() - 1] - sourceParagraphs[i];
    int crossedTarget = targetParagraphs[j + size.target() - 1] - targetParagraphs[j];
    return -Math.min(2, Math.abs(crossedSource)) - Math.min(2, Math.abs(crossedTarget));
  }

  /** Length log-odds against a random run of as many target sentences. */
  private final class Lengths {
    private static final double LEAST = -10;
    private static final double MOST = 3;

    final double sourceMean;
    final double targetMean;
    private final double sourceVariance;
    private final double targetVariance;
    private final long[] sourceBefore;
    private final long[] targetBefore;

    Lengths() {
      sourceBefore = before(source.length);
      targetBefore = before(target.length);
      sourceMean = (double) sourceBefore[source.size] / Math.max(1, source.size);
      targetMean = (double) targetBefore[target.size] / Math.max(1, target.size);
      sourceVariance = variance(source.length, sourceMean);
      targetVariance = variance(target.length, targetMean);
    }

    private static long[] before(int[] length) {
      long[] sums = new long[length.length + 1];
      for (int k = 0; k < length.length; k++) {
        sums[k + 1] = sums[k] + length[k];
      }
      return sums;
    }

    private static double variance(int[] length, double mean) {
      double sum = 0;
      for (int l : length) {
        sum += (l - mean) * (l - mean);
      }
      // A floor for texts of one length, in characters squared.
      return Math.max(100, sum / Math.max(1, length.length));
    }

    double odds(int a, int b, int i, int j) {
      double s = lengths.ratio() * (sourceBefore[i + a] - sourceBefore[i]);
      double t = targetBefore[j + b] - targetBefore[j];
      double difference = t - s;
      double spread = lengths.variance() * (s + t + 2) / 2;
      double randomMean = b * targetMean - a * lengths.ratio() * sourceMean;
      double randomSpread =
          b * targetVariance + a * lengths.ratio() * lengths.ratio() * sourceVariance;
      double away = difference - randomMean;
      double odds =
          -0.5
              * (difference * difference / spread
                  - away * away / randomSpread
                  + Math.log(spread / randomSpread));
      return Math.max(LEAST, Math.min(MOST, odds));
    }
  }

  /** Every feature of every bead apart, for fitting weights. Memory heavy: for small pairs. */
  final class FeatureTable {
    private final DirectedEvidence.Windows forwardWindows;
    private final DirectedEvidence.Windows backwardWindows;
    private final Map<Feature, float[][]> grids = new EnumMap<>(Feature.class);
    private final Lengths random = new Lengths();

    FeatureTable(Band band) {
      forwardWindows = DirectedEvidence.Windows.forward(band);
      backwardWindows = DirectedEvidence.Windows.backward(band);
      channels()
          .forEach(
              (feature, channel) -> {
                float[][] grid = {
                  new float[forwardWindows.size()], new float[backwardWindows.size()]
                };
                channel[0].addTo(grid[0], 0.5, forwardWindows, cancellation);
                channel[1].addTo(grid[1], 0.5, backwardWindows, cancellation);
                grids.put(feature, grid);
              });
    }

    /** The features of a bead in the order of the weights. */
    void bead(int type, int i, int j, float[] out) {
      java.util.Arrays.fill(out, 0);
      BeadType size = BeadType.ALL.get(type);
      out[type] = 1;
      out[AlignmentWeights.index(Feature.LENGTH)] =
          (float) random.odds(size.source(), size.target(), i, j);
      grids.forEach(
          (feature, grid) ->
              out[AlignmentWeights.index(feature)] =
                  (float) summed(grid[0], forwardWindows, grid[1], backwardWindows, size, i, j));
      if (sourceParagraphs != null && targetParagraphs != null) {
        out[AlignmentWeights.index(Feature.PARAGRAPH_START)] = (float) paragraphStart(i, j);
        out[AlignmentWeights.index(Feature.PARAGRAPH_CROSSED)] =
            (float) paragraphsCrossed(size, i, j);
      }
    }

    double sourceNullLength(int i) {
      return nullLength(source.length[i], random.sourceMean);
    }

    double targetNullLength(int j) {
      return nullLength(target.length[j], random.targetMean);
    }
  }
}
