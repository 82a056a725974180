package dev.verso.corpus.export;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * How often values fall into intervals of equal width; the last interval also holds what is above.
 *
 * <p>Not thread-safe. The order of values does not matter: their sum is kept in millionths,
 * exactly.
 */
public final class Histogram implements Serializable {

  private static final long serialVersionUID = 1;

  private static final int WIDTH = 420;
  private static final int HEIGHT = 120;
  private static final int MARGIN = 24;
  private static final double MILLION = 1e6;

  private final String title;
  private final double from;
  private final double width;
  private final long[] counts;
  private long values;
  private long sum; // in millionths

  /** A histogram of {@code bins} intervals over {@code [from, to)}. */
  public Histogram(String title, double from, double to, int bins) {
    this.title = title;
    this.from = from;
    this.width = (to - from) / bins;
    this.counts = new long[bins];
  }

  /** Counts a value. */
  public void add(double value) {
    int bin = (int) Math.floor((value - from) / width);
    counts[Math.max(0, Math.min(counts.length - 1, bin))]++;
    values++;
    sum += Math.round(value * MILLION);
  }

  /**
   * Counts what another has counted.
   *
   * @throws IllegalArgumentException if its intervals are others
   */
  public void add(Histogram other) {
    if (other.counts.length != counts.length || other.from != from || other.width != width) {
      throw new IllegalArgumentException(title + " and " + other.title + " have other intervals");
    }
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] += other.counts[bin];
    }
    values += other.values;
    sum += other.sum;
  }

  /** What it is of. */
  public String title() {
    return title;
  }

  /** Counts by interval. */
  public long[] counts() {
    return counts.clone();
  }

  /** Where the intervals begin: the first value of interval {@code bin}. */
  public double start(int bin) {
    return from + bin * width;
  }

  /** Number of values. */
  public long values() {
    return values;
  }

  /** Mean of the values, rounded to four decimals; 0 of none. */
  public double mean() {
    return values == 0 ? 0 : Math.round(sum / MILLION / values * 1e4) / 1e4;
  }

  /** A picture of it, readable without colours. */
  public String svg() {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"%s\" width=\"%d\""
                + " height=\"%d\" viewBox=\"0 0 %d %d\">",
            title,
            WIDTH,
            HEIGHT + MARGIN,
            WIDTH,
            HEIGHT + MARGIN));
    long most = Math.max(1, Arrays.stream(counts).max().orElse(1));
    double bar = (double) WIDTH / counts.length;
    for (int k = 0; k < counts.length; k++) {
      double height = (double) HEIGHT * counts[k] / most;
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#357\"><title>%s –"
                  + " %s: %d</title></rect>",
              k * bar,
              HEIGHT - height,
              Math.max(1, bar - 1),
              height,
              number(start(k)),
              number(start(k + 1)),
              counts[k]));
    }
    for (int tick = 0; tick <= 4; tick++) {
      int bin = tick * counts.length / 4;
      String anchor = tick == 0 ? "start" : tick == 4 ? "end" : "middle";
      out.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" font-size=\"11\" text-anchor=\"%s\">%s</text>",
              bin * bar,
              HEIGHT + MARGIN / 2 + 3,
              anchor,
              number(start(bin))));
    }
    return out.append("</svg>").toString();
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
