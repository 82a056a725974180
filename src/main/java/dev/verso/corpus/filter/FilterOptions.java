package dev.verso.corpus.filter;

import java.io.Serializable;
import java.util.Objects;

/**
 * How strict the filters are.
 *
 * @param quality the least probability of being a translation, 0 to keep all
 * @param posterior the least posterior of a bead, 0 to keep all
 * @param longest the most characters of a side
 * @param personalData what happens to personal data
 */
public record FilterOptions(
    double quality, double posterior, int longest, PersonalData.Mode personalData)
    implements Serializable {

  /** Keeps about what two judges called sure or unperfect; see {@code evaluation/README.md}. */
  public static final FilterOptions DEFAULT =
      new FilterOptions(0.2, 0.05, 2000, PersonalData.Mode.KEEP);

  /**
   * @throws IllegalArgumentException if a threshold is no probability
   */
  public FilterOptions {
    Objects.requireNonNull(personalData);
    if (!(quality >= 0 && quality <= 1 && posterior >= 0 && posterior <= 1) || longest < 1) {
      throw new IllegalArgumentException(
          "not thresholds: quality " + quality + ", posterior " + posterior + ", " + longest);
    }
  }

  /** These with another treatment of personal data. */
  public FilterOptions withPersonalData(PersonalData.Mode mode) {
    return new FilterOptions(quality, posterior, longest, mode);
  }

  /** These with another least quality. */
  public FilterOptions withQuality(double least) {
    return new FilterOptions(least, posterior, longest, personalData);
  }
}
