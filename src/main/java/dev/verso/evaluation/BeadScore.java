package dev.verso.evaluation;

import dev.verso.bitext.Bead;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts for strict and lax precision, recall and F1 of a sentence alignment.
 *
 * <p>Strict: a bead is right if it is in the gold. Lax: a bead is right if some gold bead shares a
 * source sentence and a target sentence with it, and a gold bead is found in the same way.
 * Precision is over predicted beads, where a null counts as right only if exactly in the gold;
 * recall is over gold beads with both sides non-empty; counts are pooled over documents (Sennrich
 * and Volk 2011). Gold sets write the same omission as one {@code k-0} bead or as k {@code 1-0}
 * beads, so nulls are split and counted per sentence on both sides.
 *
 * @param predicted predicted beads, nulls per sentence
 * @param gold gold beads with both sides non-empty
 * @param strictPrecise predicted beads that are in the gold, including nulls
 * @param strictFound gold beads with both sides that were predicted
 * @param laxPrecise predicted beads that overlap a gold bead on both sides, and nulls in the gold
 * @param laxFound gold beads that a predicted bead overlaps on both sides
 */
public record BeadScore(
    int predicted, int gold, int strictPrecise, int strictFound, int laxPrecise, int laxFound) {

  /** No counts. */
  public static final BeadScore NONE = new BeadScore(0, 0, 0, 0, 0, 0);

  /** The counts of one document. Both lists may be in any order. O((n + m) log n). */
  public static BeadScore of(List<Bead> predicted, List<Bead> gold) {
    List<Bead> output = perSentence(predicted);
    List<Bead> reference = perSentence(gold);
    Set<String> exact = new HashSet<>();
    for (Bead bead : reference) {
      exact.add(key(bead));
    }
    Set<String> predictedExact = new HashSet<>();
    for (Bead bead : output) {
      predictedExact.add(key(bead));
    }
    List<Bead> full = reference.stream().filter(bead -> !bead.isNull()).sorted().toList();
    List<Bead> outputFull = output.stream().filter(bead -> !bead.isNull()).sorted().toList();
    int strictPrecise = 0;
    int laxPrecise = 0;
    for (Bead bead : output) {
      boolean same = exact.contains(key(bead));
      strictPrecise += same ? 1 : 0;
      laxPrecise += bead.isNull() ? (same ? 1 : 0) : overlapsAny(bead, full) ? 1 : 0;
    }
    int strictFound = 0;
    int laxFound = 0;
    for (Bead bead : full) {
      strictFound += predictedExact.contains(key(bead)) ? 1 : 0;
      laxFound += overlapsAny(bead, outputFull) ? 1 : 0;
    }
    return new BeadScore(
        output.size(), full.size(), strictPrecise, strictFound, laxPrecise, laxFound);
  }

  private static String key(Bead bead) {
    // The position of an empty side is a convention, not a claim.
    return bead.sourceSize() == 0
        ? ":" + bead.targetStart()
        : bead.targetSize() == 0
            ? bead.sourceStart() + ":"
            : bead.sourceStart()
                + "-"
                + bead.sourceEnd()
                + ":"
                + bead.targetStart()
                + "-"
                + bead.targetEnd();
  }

  private static List<Bead> perSentence(List<Bead> beads) {
    List<Bead> parts = new ArrayList<>();
    for (Bead bead : beads) {
      if (bead.targetSize() == 0) {
        for (int i = bead.sourceStart(); i < bead.sourceEnd(); i++) {
          parts.add(new Bead(i, i + 1, bead.targetStart(), bead.targetStart(), bead.posterior()));
        }
      } else if (bead.sourceSize() == 0) {
        for (int j = bead.targetStart(); j < bead.targetEnd(); j++) {
          parts.add(new Bead(bead.sourceStart(), bead.sourceStart(), j, j + 1, bead.posterior()));
        }
      } else {
        parts.add(bead);
      }
    }
    return parts;
  }

  /** {@code beads} sorted by source; sides of different beads do not overlap. */
  private static boolean overlapsAny(Bead bead, List<Bead> beads) {
    int low = 0;
    int high = beads.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (beads.get(middle).sourceEnd() <= bead.sourceStart()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int k = low; k < beads.size() && beads.get(k).sourceStart() < bead.sourceEnd(); k++) {
      if (beads.get(k).targetStart() < bead.targetEnd()
          && bead.targetStart() < beads.get(k).targetEnd()) {
        return true;
      }
    }
    return false;
  }

  /** The counts of this and another document together. */
  public BeadScore plus(BeadScore other) {
    return new BeadScore(
        predicted + other.predicted,
        gold + other.gold,
        strictPrecise + other.strictPrecise,
        strictFound + other.strictFound,
        laxPrecise + other.laxPrecise,
        laxFound + other.laxFound);
  }

  /** Share of predicted beads that are right, strictly; 1 if nothing was predicted. */
  public double strictPrecision() {
    return ratio(strictPrecise, predicted);
  }

  /** Share of gold beads that were found, strictly; 1 if there are none. */
  public double strictRecall() {
    return ratio(strictFound, gold);
  }

  /** Harmonic mean of strict precision and recall. */
  public double strictF1() {
    return harmonic(strictPrecision(), strictRecall());
  }

  /** Share of predicted beads that are right, laxly; 1 if nothing was predicted. */
  public double laxPrecision() {
    return ratio(laxPrecise, predicted);
  }

  /** Share of gold beads that were found, laxly; 1 if there are none. */
  public double laxRecall() {
    return ratio(laxFound, gold);
  }

  /** Harmonic mean of lax precision and recall. */
  public double laxF1() {
    return harmonic(laxPrecision(), laxRecall());
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? 1 : (double) part / whole;
  }

  private static double harmonic(double p, double r) {
    return p + r == 0 ? 0 : 2 * p * r / (p + r);
  }
}
