package dev.verso.evaluation;

/**
 * Counts of predicted against gold word links, and the scores of Och and Ney (2003). With A the
 * predicted links, S the sure and P ⊇ S the possible gold links: precision |A∩P| / |A|, recall
 * |A∩S| / |S|, alignment error rate 1 − (|A∩S| + |A∩P|) / (|A| + |S|).
 *
 * @param predicted |A|
 * @param sure |S|
 * @param predictedSure |A∩S|
 * @param predictedPossible |A∩P|
 */
public record WordScore(long predicted, long sure, long predictedSure, long predictedPossible) {

  /**
   * @throws IllegalArgumentException if an intersection is larger than its sets
   */
  public WordScore {
    if (predictedSure < 0
        || predictedSure > predictedPossible
        || predictedPossible > predicted
        || predictedSure > sure) {
      throw new IllegalArgumentException(
          "not counts of links: %d predicted, %d sure, %d and %d in both"
              .formatted(predicted, sure, predictedSure, predictedPossible));
    }
  }

  /** Alignment error rate, 0 at best; also 0 if nothing is sure and nothing was predicted. */
  public double errorRate() {
    long all = predicted + sure;
    return all == 0 ? 0 : 1 - (double) (predictedSure + predictedPossible) / all;
  }

  /** Share of the predicted links that are at least possible; 1 if there are none. */
  public double precision() {
    return predicted == 0 ? 1 : (double) predictedPossible / predicted;
  }

  /** Share of the sure links that were predicted; 1 if there are none. */
  public double recall() {
    return sure == 0 ? 1 : (double) predictedSure / sure;
  }

  /** Both counts together, as over two sentences. */
  public WordScore plus(WordScore other) {
    return new WordScore(
        predicted + other.predicted,
        sure + other.sure,
        predictedSure + other.predictedSure,
        predictedPossible + other.predictedPossible);
  }
}
