package dev.verso.evaluation;

import dev.verso.alignment.GoldAlignment;
import dev.verso.alignment.LogLinearAligner;
import dev.verso.alignment.SentenceAligner;
import dev.verso.alignment.TextPair;
import dev.verso.alignment.WeightFitting;
import dev.verso.bitext.Bead;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** How a sentence aligner bears missing passages, unrelated texts and large ones. Seeded. */
public final class AlignmentRobustness {
  private static final int SHORTEST_RUN = 5;
  private static final int LONGEST_RUN = 20;

  private AlignmentRobustness() {}

  /**
   * The text with runs of 5 to 20 sentences taken out of either side until {@code share} of all
   * sentences is gone; gold beads lose the sentences that are gone.
   *
   * @throws IllegalArgumentException if the share is not in [0, 1)
   */
  public static GoldAlignment withoutPassages(GoldAlignment gold, double share, long seed) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("not a share to remove: " + share);
    }
    Random random = new Random(seed);
    boolean[] sourceGone = new boolean[gold.pair().source().size()];
    boolean[] targetGone = new boolean[gold.pair().target().size()];
    int all = sourceGone.length + targetGone.length;
    double wanted = share * all;
    int taken = 0;
    while (taken < wanted) {
      boolean[] side = random.nextInt(all) < sourceGone.length ? sourceGone : targetGone;
      int length = SHORTEST_RUN + random.nextInt(LONGEST_RUN - SHORTEST_RUN + 1);
      int start = random.nextInt(side.length);
      for (int k = start; k < Math.min(side.length, start + length) && taken < wanted; k++) {
        if (!side[k]) {
          side[k] = true;
          taken++;
        }
      }
    }
    int[] source = places(sourceGone);
    int[] target = places(targetGone);
    List<Bead> beads = new ArrayList<>();
    for (Bead bead : gold.beads()) {
      int sourceStart = source[bead.sourceStart()];
      int sourceEnd = source[bead.sourceEnd()];
      int targetStart = target[bead.targetStart()];
      int targetEnd = target[bead.targetEnd()];
      if (sourceStart < sourceEnd || targetStart < targetEnd) {
        beads.add(new Bead(sourceStart, sourceEnd, targetStart, targetEnd, 1));
      }
    }
    return new GoldAlignment(
        gold.name(),
        TextPair.of(kept(gold.pair().source(), sourceGone), kept(gold.pair().target(), targetGone)),
        beads);
  }

  private static int[] places(boolean[] gone) {
    int[] places = new int[gone.length + 1];
    for (int k = 0; k < gone.length; k++) {
      places[k + 1] = places[k] + (gone[k] ? 0 : 1);
    }
    return places;
  }

  private static List<String> kept(List<String> sentences, boolean[] gone) {
    List<String> kept = new ArrayList<>();
    for (int k = 0; k < gone.length; k++) {
      if (!gone[k]) {
        kept.add(sentences.get(k));
      }
    }
    return kept;
  }

  /**
   * Scores on the texts with passages missing, each text with weights fitted on the others.
   *
   * @param rounds draws a text
   */
  public static SentenceAlignmentEvaluation.Row missingPassages(
      List<GoldAlignment> gold, double share, int rounds) {
    Map<String, BeadScore> scores = new LinkedHashMap<>();
    LogLinearAligner shipped = LogLinearAligner.shipped();
    for (GoldAlignment text : gold) {
      List<GoldAlignment> others =
          gold.stream().filter(other -> !other.name().equals(text.name())).toList();
      SentenceAligner aligner = shipped.withWeights(WeightFitting.fit(others, shipped, Set.of()));
      for (int round = 0; round < rounds; round++) {
        GoldAlignment rest = withoutPassages(text, share, 31L * round + text.name().hashCode());
        scores.merge(
            text.name(),
            BeadScore.of(aligner.align(rest.pair()).beads(), rest.beads()),
            BeadScore::plus);
      }
    }
    return new SentenceAlignmentEvaluation.Row(
        String.format(Locale.ROOT, "%.0f %% removed, %d draws a text", 100 * share, rounds),
        scores);
  }

  /**
   * Document scores of true and of unrelated pairs.
   *
   * @param leastTrue the lowest score of a text with its own translation
   * @param mostUnrelated the highest score of a text with another's translation
   * @param scores by name, {@code source | target}
   */
  public record Unrelated(double leastTrue, double mostUnrelated, Map<String, Double> scores) {

    /** Keeps the order. */
    public Unrelated {
      scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    /** Prints every pair's score, then the two extremes. */
    public void print(Appendable out) throws IOException {
      for (Map.Entry<String, Double> entry : scores.entrySet()) {
        out.append(String.format(Locale.ROOT, "%-52s %.4f\n", entry.getKey(), entry.getValue()));
      }
      out.append(
          String.format(
              Locale.ROOT,
              "lowest true pair %.4f, highest unrelated pair %.4f\n",
              leastTrue,
              mostUnrelated));
    }
  }

  /** Pairs every source with every target. */
  public static Unrelated unrelated(List<GoldAlignment> gold, SentenceAligner aligner) {
    Map<String, Double> scores = new LinkedHashMap<>();
    double leastTrue = 1;
    double mostUnrelated = 0;
    for (GoldAlignment source : gold) {
      for (GoldAlignment target : gold) {
        double score =
            aligner
                .align(TextPair.of(source.pair().source(), target.pair().target()))
                .documentScore();
        scores.put(source.name() + " | " + target.name(), score);
        if (source.name().equals(target.name())) {
          leastTrue = Math.min(leastTrue, score);
        } else {
          mostUnrelated = Math.max(mostUnrelated, score);
        }
      }
    }
    return new Unrelated(leastTrue, mostUnrelated, scores);
  }

  /**
   * Time and memory of one size.
   *
   * @param sentences sentences of either side
   * @param seconds wall-clock time of one alignment
   * @param peakMegabytes highest heap use seen, in MiB
   * @param found share of pairs (i, i) that came back as beads 1-1
   */
  public record Size(int sentences, double seconds, long peakMegabytes, double found) {}

  /**
   * Time and memory by size.
   *
   * @param sizes ascending
   */
  public record Scaling(List<Size> sizes) {

    /** Copies the list. */
    public Scaling {
      sizes = List.copyOf(sizes);
    }

    /** Prints a line a size with the ratio to the size before. */
    public void print(Appendable out) throws IOException {
      for (int k = 0; k < sizes.size(); k++) {
        Size size = sizes.get(k);
        out.append(
            String.format(
                Locale.ROOT,
                "%,9d sentences a side %9.2f s %6d MiB peak heap, %.4f of pairs found",
                size.sentences(),
                size.seconds(),
                size.peakMegabytes(),
                size.found()));
        if (k > 0) {
          out.append(
              String.format(
                  Locale.ROOT, ", time x %.1f", size.seconds() / sizes.get(k - 1).seconds()));
        }
        out.append('\n');
      }
    }
  }

  /**
   * Aligns the first n of parallel lines for each n, after one run to warm up.
   *
   * @param source one sentence a line
   * @param target its translation on the same line
   * @throws IllegalArgumentException if there are fewer lines than a count asks for
   */
  public static Scaling scaling(
      List<String> source, List<String> target, SentenceAligner aligner, int... counts) {
    int[] ascending = counts.clone();
    Arrays.sort(ascending);
    List<Size> sizes = new ArrayList<>();
    for (int count : ascending) {
      if (count > source.size() || count > target.size()) {
        throw new IllegalArgumentException(
            count + " sentences wanted, " + Math.min(source.size(), target.size()) + " given");
      }
      TextPair pair = TextPair.of(source.subList(0, count), target.subList(0, count));
      if (sizes.isEmpty()) {
        aligner.align(pair);
      }
      List<MemoryPoolMXBean> heap =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .toList();
      heap.forEach(MemoryPoolMXBean::resetPeakUsage);
      long start = System.nanoTime();
      List<Bead> beads = aligner.align(pair).beads();
      double seconds = (System.nanoTime() - start) / 1e9;
      long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
      long found =
          beads.stream()
              .filter(
                  bead ->
                      bead.sourceSize() == 1
                          && bead.targetSize() == 1
                          && bead.sourceStart() == bead.targetStart())
              .count();
      sizes.add(new Size(count, seconds, peak >> 20, (double) found / count));
    }
    return new Scaling(sizes);
  }
}
