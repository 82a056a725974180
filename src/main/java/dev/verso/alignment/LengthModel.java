package dev.verso.alignment;

import dev.verso.bitext.Bead;
import java.util.List;

/**
 * How long a translation is: Gale and Church's (1993) normal model of the target's characters given
 * the source's.
 *
 * @param ratio expected target characters per source character
 * @param variance variance per character
 */
record LengthModel(double ratio, double variance) {
  /** French to English, measured on aligned novels. */
  static final LengthModel FRENCH_ENGLISH = new LengthModel(1.025, 6.7);

  /** δ = (l_t − c·l_s) / √(s²·l), l the mean of c·l_s and l_t. */
  double deviation(double source, double target) {
    return (target - ratio * source) / Math.sqrt(variance * (ratio * source + target + 2) / 2);
  }

  LengthModel mirrored() {
    return new LengthModel(1 / ratio, variance);
  }

  /** The ratio of this pair: beads that are nearly certain count beside the model's own ratio. */
  LengthModel taught(SentenceFeatures source, SentenceFeatures target, List<Bead> beads) {
    double s = 2000;
    double t = 2000 * ratio;
    for (Bead bead : beads) {
      if (!bead.isNull() && bead.posterior() > 0.9) {
        for (int i = bead.sourceStart(); i < bead.sourceEnd(); i++) {
          s += source.length[i];
        }
        for (int j = bead.targetStart(); j < bead.targetEnd(); j++) {
          t += target.length[j];
        }
      }
    }
    return new LengthModel(t / s, variance);
  }
}
