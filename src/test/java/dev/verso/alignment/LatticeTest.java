package dev.verso.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verso.bitext.Bead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Search against the enumeration of every alignment. */
class LatticeTest {

  /** Scores drawn from the place alone. */
  private record Drawn(long seed) implements BeadScorer {
    private double draw(int a, int b, int c) {
      long x = seed + a * 7_919L + b * 104_729L + c * 1_299_709L;
      x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
      x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
      return ((x ^ (x >>> 31)) >>> 11) / (double) (1L << 53) * 6 - 4;
    }

    @Override
    public double bead(int type, int i, int j) {
      return draw(type, i, j);
    }

    @Override
    public double sourceNull(int i) {
      return draw(100, i, 0);
    }

    @Override
    public double targetNull(int j) {
      return draw(101, 0, j);
    }

    @Override
    public double openSource() {
      return draw(102, 0, 0);
    }

    @Override
    public double openTarget() {
      return draw(103, 0, 0);
    }
  }

  private static void enumerate(
      BeadScorer scorer,
      int n,
      int m,
      int i,
      int j,
      double score,
      List<Bead> path,
      Map<List<Bead>, Double> all) {
    if (i == n && j == m) {
      all.put(List.copyOf(path), score);
      return;
    }
    for (int type = 0; type < BeadType.ALL.size(); type++) {
      BeadType size = BeadType.ALL.get(type);
      if (i + size.source() <= n && j + size.target() <= m) {
        path.add(new Bead(i, i + size.source(), j, j + size.target(), 1));
        enumerate(
            scorer,
            n,
            m,
            i + size.source(),
            j + size.target(),
            score + scorer.bead(type, i, j),
            path,
            all);
        path.remove(path.size() - 1);
      }
    }
    Bead last = path.isEmpty() ? null : path.get(path.size() - 1);
    boolean afterSource = last != null && last.targetSize() == 0;
    boolean afterTarget = last != null && last.sourceSize() == 0;
    if (i < n && !afterTarget) {
      path.add(new Bead(i, i + 1, j, j, 1));
      double open = afterSource ? 0 : scorer.openSource();
      enumerate(scorer, n, m, i + 1, j, score + open + scorer.sourceNull(i), path, all);
      path.remove(path.size() - 1);
    }
    if (j < m) {
      path.add(new Bead(i, i, j, j + 1, 1));
      double open = afterTarget ? 0 : scorer.openTarget();
      enumerate(scorer, n, m, i, j + 1, score + open + scorer.targetNull(j), path, all);
      path.remove(path.size() - 1);
    }
  }

  @Property(tries = 150)
  void agreesWithBruteForce(
      @ForAll @IntRange(max = 5) int n, @ForAll @IntRange(max = 5) int m, @ForAll long seed) {
    Drawn scorer = new Drawn(seed);
    Map<List<Bead>, Double> all = new HashMap<>();
    enumerate(scorer, n, m, 0, 0, 0, new ArrayList<>(), all);
    double top = all.values().stream().mapToDouble(x -> x).max().orElseThrow();
    double sum = all.values().stream().mapToDouble(x -> Math.exp(x - top)).sum();
    Map<Bead, Double> posteriors = new HashMap<>();
    all.forEach(
        (path, score) ->
            path.forEach(
                bead -> {
                  Bead key = placeless(bead);
                  posteriors.merge(key, Math.exp(score - top) / sum, Double::sum);
                }));

    Lattice lattice = new Lattice(Band.full(n, m), scorer);
    double[] best = new double[1];
    List<Bead> path = lattice.best(best);
    assertThat(best[0]).isCloseTo(top, within(1e-5));
    assertThat(all.get(path)).isCloseTo(top, within(1e-5));
    assertThat(lattice.sum()).isCloseTo(top + Math.log(sum), within(1e-5));
    for (int type = 0; type < BeadType.ALL.size(); type++) {
      BeadType size = BeadType.ALL.get(type);
      for (int i = 0; i + size.source() <= n; i++) {
        for (int j = 0; j + size.target() <= m; j++) {
          Bead bead = new Bead(i, i + size.source(), j, j + size.target(), 1);
          assertThat(lattice.posterior(type, i, j))
              .isCloseTo(posteriors.getOrDefault(bead, 0.0), within(1e-5));
        }
      }
    }
    Lattice.NullPosteriors nulls = lattice.nulls();
    for (int i = 0; i < n; i++) {
      assertThat(nulls.source()[i])
          .isCloseTo(posteriors.getOrDefault(new Bead(i, i + 1, 0, 0, 1), 0.0), within(1e-5));
    }
    for (int j = 0; j < m; j++) {
      assertThat(nulls.target()[j])
          .isCloseTo(posteriors.getOrDefault(new Bead(0, 0, j, j + 1, 1), 0.0), within(1e-5));
    }

    // The least risk: no alignment holds more posterior less price.
    double price = 0.5;
    double greatest =
        all.keySet().stream()
            .mapToDouble(beads -> value(/* path= */ beads, /* best= */ path, posteriors, price))
            .max()
            .orElseThrow();
    assertThat(value(lattice.expected(price), path, posteriors, price))
        .isCloseTo(greatest, within(1e-4));
  }

  private static double logSum(BeadScorer scorer, int n, int i, int j, int state) {
    if (i == n && j == n) {
      return 0;
    }
    double sum = Double.NEGATIVE_INFINITY;
    for (int type = 0; type < BeadType.ALL.size(); type++) {
      BeadType size = BeadType.ALL.get(type);
      if (i + size.source() <= n && j + size.target() <= n) {
        double rest = logSum(scorer, n, i + size.source(), j + size.target(), 0);
        sum = Lattice.logSum(sum, scorer.bead(type, i, j) + rest);
      }
    }
    if (i < n && state != 2) {
      double open = state == 1 ? 0 : scorer.openSource();
      sum = Lattice.logSum(sum, open + scorer.sourceNull(i) + logSum(scorer, n, i + 1, j, 1));
    }
    if (j < n) {
      double open = state == 2 ? 0 : scorer.openTarget();
      sum = Lattice.logSum(sum, open + scorer.targetNull(j) + logSum(scorer, n, i, j + 1, 2));
    }
    return sum;
  }

  /** Every alignment of six sentences with six, one by one. */
  @Test
  void sixSentencesSumToWhatRecursionSays() {
    for (long seed = 1; seed <= 3; seed++) {
      Drawn scorer = new Drawn(seed);
      assertThat(new Lattice(Band.full(6, 6), scorer).sum())
          .isCloseTo(logSum(scorer, 6, 0, 0, 0), within(1e-4));
    }
  }

  /** A null without the place of its empty side, which is no part of its posterior. */
  private static Bead placeless(Bead bead) {
    if (bead.targetSize() == 0) {
      return new Bead(bead.sourceStart(), bead.sourceEnd(), 0, 0, 1);
    }
    return bead.sourceSize() == 0
        ? new Bead(0, 0, bead.targetStart(), bead.targetEnd(), 1)
        : new Bead(bead.sourceStart(), bead.sourceEnd(), bead.targetStart(), bead.targetEnd(), 1);
  }

  private static double value(
      List<Bead> path, List<Bead> best, Map<Bead, Double> posteriors, double price) {
    Set<Bead> onBest = new HashSet<>();
    best.forEach(bead -> onBest.add(placeless(bead)));
    double sum = 0;
    for (Bead bead : path) {
      Bead key = placeless(bead);
      sum += Lattice.value(posteriors.getOrDefault(key, 0.0), price, onBest.contains(key));
    }
    return sum;
  }

  /** A band wide enough to hold the grid is the grid; a band around the best path keeps it. */
  @Property(tries = 100)
  void aBandAroundTheBestPathFindsIt(
      @ForAll @IntRange(min = 1, max = 14) int n,
      @ForAll @IntRange(min = 1, max = 14) int m,
      @ForAll @IntRange(max = 3) int radius,
      @ForAll long seed) {
    Drawn scorer = new Drawn(seed);
    List<Bead> dense = new Lattice(Band.full(n, m), scorer).best(new double[1]);
    int[][] path = CoarseSearch.boundaries(dense, n);
    Band band = Band.around(path[0], path[1], m, radius);
    assertThat(new Lattice(band, scorer).best(new double[1])).isEqualTo(dense);
    Band wide = Band.around(path[0], path[1], m, n + m);
    assertThat(wide.isFull()).isTrue();
  }
}
