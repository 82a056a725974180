package dev.verso.evaluation;

import dev.verso.alignment.GoldAlignment;
import dev.verso.alignment.LogLinearAligner;
import dev.verso.alignment.SentenceAligner;
import dev.verso.alignment.TextPair;
import dev.verso.bitext.Bead;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** How a sentence aligner copes with missing passages, unrelated texts and large ones. Seeded. */
public final class AlignmentRobustness {
  private static final int SHORTEST_RUN = 5;
  private static final int LONGEST_RUN = 20;

  private AlignmentRobustness() {}

  /**
   * The text with runs of 5 to 20 sentences removed from either side until {@code share} of all
   * sentences is gone; they are also removed from the gold beads.
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
   * Scores on the texts with passages missing, each text with weights that never saw it.
   *
   * @param rounds draws for each text
   */
  public static SentenceAlignmentEvaluation.Row missingPassages(
      List<GoldAlignment> gold, LogLinearAligner aligner, double share, int rounds) {
    Map<String, BeadScore> scores = new LinkedHashMap<>();
    for (GoldAlignment text : gold) {
      SentenceAligner unseen =
          aligner.withWeights(SentenceAlignmentEvaluation.unseen(text, aligner, Set.of(), gold));
      for (int round = 0; round < rounds; round++) {
        GoldAlignment rest = withoutPassages(text, share, 31L * round + text.name().hashCode());
        scores.merge(
            text.name(),
            BeadScore.of(unseen.align(rest.pair()).beads(), rest.beads()),
            BeadScore::plus);
      }
    }
    return new SentenceAlignmentEvaluation.Row(
        String.format(Locale.ROOT, "%.0f %% removed, %d draws a text", 100 * share, rounds),
        scores);
  }

  /** How two texts may belong together, or not. */
  public enum Relation {
    /** A text and its translation. */
    TRANSLATION("translation"),
    /** The same with 30 % of the sentences removed from either side in runs. */
    PASSAGES_MISSING("30 % removed in runs"),
    /** The translation lacks its second half. */
    HALF_MISSING("second half missing"),
    /** The translation's second half is from another text. */
    HALF_FOREIGN("second half another's"),
    /** A tenth of the text and the whole translation. */
    TEN_TIMES_LONGER("a tenth against the whole"),
    /** The translation's sentences in random order. */
    SHUFFLED("sentences shuffled"),
    /** The translation of another text. */
    UNRELATED("another's translation"),
    /** The text twice, or its translation twice. */
    SAME_LANGUAGE("same language twice");

    private final String label;

    Relation(String label) {
      this.label = label;
    }

    /** Whether the texts are not translations of each other, sentence by sentence in order. */
    public boolean isNone() {
      return compareTo(SHUFFLED) >= 0;
    }
  }

  /**
   * Document scores of pairs that are related to various degrees.
   *
   * @param byRelation the scores in the order of the texts
   */
  public record DocumentScores(Map<Relation, List<Double>> byRelation) {

    /** Copies the lists. */
    public DocumentScores {
      Map<Relation, List<Double>> copy = new EnumMap<>(Relation.class);
      byRelation.forEach((relation, scores) -> copy.put(relation, List.copyOf(scores)));
      byRelation = Collections.unmodifiableMap(copy);
    }

    /** The lowest score of a relation. */
    public double lowest(Relation relation) {
      return Collections.min(byRelation.get(relation));
    }

    /** The highest score of a relation. */
    public double highest(Relation relation) {
      return Collections.max(byRelation.get(relation));
    }

    /** Prints lowest, median and highest of each relation. */
    public void print(Appendable out) throws IOException {
      out.append(
          String.format(
              Locale.ROOT,
              "%-28s %5s %8s %8s %8s%n",
              "document score",
              "pairs",
              "lowest",
              "median",
              "highest"));
      for (Map.Entry<Relation, List<Double>> entry : byRelation.entrySet()) {
        List<Double> sorted = entry.getValue().stream().sorted().toList();
        out.append(
            String.format(
                Locale.ROOT,
                "  %-26s %5d %8.4f %8.4f %8.4f%n",
                entry.getKey().label,
                sorted.size(),
                sorted.get(0),
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() - 1)));
      }
    }
  }

  /** Scores each text and its translation in every {@link Relation}. Seeded. */
  public static DocumentScores documentScores(List<GoldAlignment> gold, SentenceAligner aligner) {
    Map<Relation, List<TextPair>> pairs = new EnumMap<>(Relation.class);
    for (Relation relation : Relation.values()) {
      pairs.put(relation, new ArrayList<>());
    }
    for (GoldAlignment text : gold) {
      List<String> source = text.pair().source();
      List<String> target = text.pair().target();
      pairs.get(Relation.TRANSLATION).add(TextPair.of(source, target));
      pairs.get(Relation.PASSAGES_MISSING).add(withoutPassages(text, 0.3, 1).pair());
      List<String> firstHalf = target.subList(0, (target.size() + 1) / 2);
      pairs.get(Relation.HALF_MISSING).add(TextPair.of(source, firstHalf));
      pairs
          .get(Relation.TEN_TIMES_LONGER)
          .add(TextPair.of(source.subList(0, (source.size() + 9) / 10), target));
      List<String> shuffled = new ArrayList<>(target);
      Collections.shuffle(shuffled, new Random(1));
      pairs.get(Relation.SHUFFLED).add(TextPair.of(source, shuffled));
      pairs.get(Relation.SAME_LANGUAGE).add(TextPair.of(source, source));
      pairs.get(Relation.SAME_LANGUAGE).add(TextPair.of(target, target));
      for (GoldAlignment other : gold) {
        if (!other.equals(text)) {
          List<String> foreign = other.pair().target();
          pairs.get(Relation.UNRELATED).add(TextPair.of(source, foreign));
          List<String> half = new ArrayList<>(firstHalf);
          half.addAll(foreign.subList(0, Math.min(foreign.size(), firstHalf.size())));
          pairs.get(Relation.HALF_FOREIGN).add(TextPair.of(source, half));
        }
      }
    }
    Map<Relation, List<Double>> scores = new EnumMap<>(Relation.class);
    pairs.forEach(
        (relation, list) ->
            scores.put(
                relation, list.stream().map(pair -> aligner.align(pair).documentScore()).toList()));
    scores.values().removeIf(List::isEmpty);
    return new DocumentScores(scores);
  }

  /**
   * Time and memory of one size.
   *
   * @param sentences sentences of either side
   * @param seconds wall-clock time of one alignment
   * @param peakMegabytes highest heap use seen, in MiB
   * @param found share of pairs (i, i) that were returned as 1-1 beads
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

    /** Prints a line for each size with the ratio to the previous one. */
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
   * @throws IllegalArgumentException if there are fewer lines than a count requires
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
