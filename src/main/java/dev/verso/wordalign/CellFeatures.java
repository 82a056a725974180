package dev.verso.wordalign;

import dev.verso.language.TokenizedSentence;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of each word pair of a sentence pair, as numbers for a log-linear classifier: both
 * HMMs' posteriors, the lexicon, likeness, distance from the diagonal, attention where there is a
 * model, and how the pair stands against its rivals in row and column.
 */
final class CellFeatures {
  static final List<String> NAMES =
      List.of(
          "bias",
          "forward",
          "backward",
          "product",
          "lexicon",
          "alike",
          "distance",
          "mark.one",
          "mark.same",
          "mark.other",
          "rare",
          "forward.share",
          "backward.share",
          "neighbours",
          "attention",
          "attention.share",
          "attention.column",
          "attention.neighbours");

  static final int SIZE = NAMES.size();
  private static final int ATTENTION = NAMES.indexOf("attention");

  private CellFeatures() {}

  /** Whether a feature needs a model's attention. */
  static boolean isAttention(int feature) {
    return feature >= ATTENTION;
  }

  /**
   * Features [I][J][{@link #SIZE}].
   *
   * @param attention [J][I], or null
   */
  static double[][][] of(
      AlignmentModel model,
      TokenizedSentence source,
      TokenizedSentence target,
      double[][] attention) {
    int sources = source.size();
    int targets = target.size();
    double[][][] features = new double[sources][targets][SIZE];
    if (sources == 0 || targets == 0) {
      return features;
    }
    double[][] alike = WordSimilarity.of(source, target);
    AlignmentModel.Posteriors posteriors = model.posteriors(source, target, alike);
    double[][] both = new double[sources][targets];
    double[][] looked = new double[sources][targets];
    for (int i = 0; i < sources; i++) {
      for (int j = 0; j < targets; j++) {
        both[i][j] = Math.sqrt(posteriors.forward()[j][i] * posteriors.backward()[i][j]);
        looked[i][j] = attention == null ? 0 : attention[j][i];
      }
    }
    Rivals bothRivals = Rivals.of(both);
    Rivals lookedRivals = Rivals.of(looked);
    Lexicon lexicon = model.lexicon;
    for (int i = 0; i < sources; i++) {
      int s = lexicon.sourceId(source.key(i));
      boolean sourceMark = isMark(source.word(i));
      for (int j = 0; j < targets; j++) {
        int t = lexicon.targetId(target.key(j));
        boolean targetMark = isMark(target.word(j));
        int entry = lexicon.entry(s, t);
        double dictionary =
            entry < 0
                ? 1e-4
                : Math.max(1e-4, Math.sqrt(lexicon.forward(entry) * lexicon.backward(entry)));
        double forward = posteriors.forward()[j][i];
        double backward = posteriors.backward()[i][j];
        double[] f = features[i][j];
        f[0] = 1;
        f[1] = logit(forward);
        f[2] = logit(backward);
        f[3] = both[i][j];
        f[4] = Math.log(dictionary) / 4 + 1;
        f[5] = alike[i][j];
        f[6] =
            Math.abs((i + 0.5) / sources - (j + 0.5) / targets)
                * Math.min(1, (sources + targets) / 20.0);
        f[7] = sourceMark != targetMark ? 1 : 0;
        f[8] = sourceMark && targetMark && source.key(i).equals(target.key(j)) ? 1 : 0;
        f[9] = sourceMark && targetMark && f[8] == 0 ? 1 : 0;
        f[10] =
            sourceMark || targetMark
                ? 0
                : -Math.log10(
                            Math.max(s < 0 ? 1e-6 : lexicon.sourceFrequency(s), 1e-6)
                                * Math.max(t < 0 ? 1e-6 : lexicon.targetFrequency(t), 1e-6))
                        / 6
                    - 1;
        f[11] = both[i][j] / bothRivals.overSources[j];
        f[12] = both[i][j] / bothRivals.overTargets[i];
        f[13] = neighbours(both, i, j);
        if (attention != null) {
          f[14] = logit(looked[i][j]);
          f[15] = looked[i][j] / lookedRivals.overSources[j];
          f[16] = looked[i][j] / lookedRivals.overTargets[i];
          f[17] = neighbours(looked, i, j);
        }
      }
    }
    return features;
  }

  private static double logit(double p) {
    double inside = Math.max(0.002, Math.min(0.998, p));
    return Math.log(inside / (1 - inside)) / 3;
  }

  static boolean isMark(String word) {
    return word.codePoints().noneMatch(Character::isLetterOrDigit);
  }

  /**
   * The greatest cell of each target word's column and of each source word's row: a cell's part of
   * it is 1 where it is itself the greatest.
   */
  @SuppressWarnings("ArrayRecordComponent") // stays in the room; arrays for speed
  private record Rivals(double[] overSources, double[] overTargets) {

    static Rivals of(double[][] matrix) {
      double[] overSources = new double[matrix[0].length];
      double[] overTargets = new double[matrix.length];
      Arrays.fill(overSources, 1e-3);
      Arrays.fill(overTargets, 1e-3);
      for (int i = 0; i < matrix.length; i++) {
        for (int j = 0; j < matrix[i].length; j++) {
          overSources[j] = Math.max(overSources[j], matrix[i][j]);
          overTargets[i] = Math.max(overTargets[i], matrix[i][j]);
        }
      }
      return new Rivals(overSources, overTargets);
    }
  }

  /** The better of the two diagonals' mean, and half of the crossing neighbours. */
  private static double neighbours(double[][] matrix, int i, int j) {
    double main = at(matrix, i - 1, j - 1) + at(matrix, i + 1, j + 1);
    double cross =
        Math.max(
            Math.max(at(matrix, i - 1, j), at(matrix, i + 1, j)),
            Math.max(at(matrix, i, j - 1), at(matrix, i, j + 1)));
    double anti = at(matrix, i - 1, j + 1) + at(matrix, i + 1, j - 1);
    return Math.max(Math.max(main, anti) / 2, cross);
  }

  private static double at(double[][] matrix, int i, int j) {
    return i < 0 || j < 0 || i >= matrix.length || j >= matrix[i].length ? 0 : matrix[i][j];
  }
}
