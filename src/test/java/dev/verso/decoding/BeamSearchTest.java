package dev.verso.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.verso.model.NgramFiles;
import dev.verso.model.PieceLexicon;
import dev.verso.model.WordList;
import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Search against enumerating every output of a toy vocabulary. */
class BeamSearchTest {

  private static final int PIECES = 4; // end mark, unknown, and two that print
  private static final int LENGTH = 4;

  private static SearchOptions options(int beam, double alpha) {
    return new SearchOptions(beam, alpha, 0, LENGTH);
  }

  private record Scored(List<Integer> ids, double rank) {}

  /** Every output that ends with the end mark or at the length limit, ranked as documented. */
  private static List<Scored> exhaustive(TableNetwork network, List<Integer> source, double alpha) {
    List<Scored> all = new ArrayList<>();
    walk(network, source, List.of(), 0, alpha, all, LENGTH);
    return all;
  }

  private static void walk(
      TableNetwork network,
      List<Integer> source,
      List<Integer> prefix,
      double score,
      double alpha,
      List<Scored> all,
      int length) {
    double[] next = network.next(source, prefix);
    for (int id = 0; id < PIECES; id++) {
      double extended = score + next[id];
      double rank = extended / Math.pow(prefix.size() + 1, alpha);
      if (id == TableNetwork.EOS) {
        all.add(new Scored(prefix, rank));
      } else if (id != TableNetwork.UNK) {
        List<Integer> longer = new ArrayList<>(prefix);
        longer.add(id);
        if (longer.size() == length) {
          all.add(new Scored(longer, rank));
        } else {
          walk(network, source, longer, extended, alpha, all, length);
        }
      }
    }
  }

  @Property(tries = 300)
  void aWideBeamIsExhaustive(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 2) int halfAlpha,
      @ForAll @IntRange(min = 1, max = 4) int sharpness) {
    double alpha = halfAlpha / 2.0;
    TableNetwork network = new TableNetwork(PIECES, seed, sharpness / 2.0);
    List<Integer> source = List.of(2, 3, 2);
    List<Scored> all = exhaustive(network, source, alpha);
    double best = all.stream().mapToDouble(Scored::rank).max().getAsDouble();
    Hypothesis found =
        new BeamSearch(network, options(all.size(), alpha))
            .search(List.of(source), Cancellation.NONE)
            .get(0)
            .get(0);
    double rank = found.score() / Math.pow(found.logProbabilities().size(), alpha);
    assertThat(rank).isCloseTo(best, within(1e-9));
    assertThat(network.open).isZero();
  }

  @Property(tries = 300)
  void inventedWordsCostTheirPenalty(@ForAll long seed) {
    TableNetwork network = new TableNetwork(PIECES, seed, 1);
    List<Integer> source = List.of(2, 3, 2);
    List<String> pieces = List.of("", "", " ab", "a");
    Spelling spelling = new Spelling(WordList.of(List.of("aba")), pieces::get, pieces::get);
    double best = Double.NEGATIVE_INFINITY;
    List<Scored> all = exhaustive(network, source, 0);
    for (Scored output : all) {
      best = Math.max(best, merit(spelling, source, output.ids(), pieces, output.rank()));
    }
    Hypothesis found =
        new BeamSearch(
                network,
                options(all.size(), 0),
                Optional.of(spelling),
                Optional.empty(),
                Optional.empty())
            .search(List.of(source), Cancellation.NONE)
            .get(0)
            .get(0);
    assertThat(merit(spelling, source, found.ids(), pieces, found.score()))
        .isCloseTo(best, within(1e-9));
  }

  @Property(tries = 200)
  void aLanguageModelAddsItsShare(@ForAll long seed) {
    TableNetwork network = new TableNetwork(PIECES, seed, 1);
    NgramFiles known = new NgramFiles(PIECES, seed);
    List<Integer> source = List.of(2, 3, 2);
    List<Scored> all = exhaustive(network, source, 0);
    double best =
        all.stream()
            .mapToDouble(output -> output.rank() + .1 * fluency(known, output.ids()))
            .max()
            .getAsDouble();
    Hypothesis found =
        new BeamSearch(
                network,
                options(all.size(), 0),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new ShallowFusion(known.model())))
            .search(List.of(source), Cancellation.NONE)
            .get(0)
            .get(0);
    assertThat(found.score() + .1 * fluency(known, found.ids())).isCloseTo(best, within(1e-5));
  }

  /** Σ ln p of the pieces, and of the end mark where the length leaves one. */
  private static double fluency(NgramFiles known, List<Integer> ids) {
    List<Integer> before = new ArrayList<>(List.of(PIECES));
    double sum = 0;
    for (int id : ids) {
      sum += known.expected(before, id);
      before.add(id);
    }
    return ids.size() == LENGTH ? sum : sum + known.expected(before, TableNetwork.EOS);
  }

  @Property(tries = 300)
  void piecesWithoutSupportCostWhatTheFormulaSays(@ForAll long seed) {
    TableNetwork network = new TableNetwork(PIECES, seed, 1);
    List<Integer> source = List.of(2, 3, 2);
    Random random = new Random(seed);
    double p2 = random.nextDouble() / 2;
    double p3 = random.nextDouble();
    PieceLexicon lexicon = PieceLexicon.of(Map.of(2, Map.of(2, p2), 3, Map.of(2, p3)));
    List<String> pieces = List.of("", "", " ab", "a");
    LexicalSupport support = new LexicalSupport(lexicon, pieces::get, pieces::get);
    double[] costs = {
      0, 0, .2 * Math.log(Math.min(1, Math.max(.001, 2 * p2 + p3))), .2 * Math.log(.001)
    };
    List<Scored> all = exhaustive(network, source, 0);
    double best =
        all.stream()
            .mapToDouble(output -> output.rank() + sum(costs, output.ids()))
            .max()
            .getAsDouble();
    Hypothesis found =
        new BeamSearch(
                network,
                options(all.size(), 0),
                Optional.empty(),
                Optional.of(support),
                Optional.empty())
            .search(List.of(source), Cancellation.NONE)
            .get(0)
            .get(0);
    assertThat(found.score() + sum(costs, found.ids())).isCloseTo(best, within(1e-6));
  }

  private static double sum(double[] costs, List<Integer> ids) {
    return ids.stream().mapToDouble(id -> costs[id]).sum();
  }

  /** At the length limit a word is not over yet. */
  private static double merit(
      Spelling spelling,
      List<Integer> source,
      List<Integer> ids,
      List<String> pieces,
      double score) {
    String text = ids.stream().map(pieces::get).collect(Collectors.joining());
    boolean cut = ids.size() == LENGTH;
    int invented = spelling.invented(source, List.of(), text).size();
    if (cut && text.endsWith(" ab")) {
      invented--; // it can still become "aba"
    }
    return score - Spelling.PENALTY * invented;
  }

  @Property(tries = 300)
  void aWideBeamFindsTheBestThatHoldsThePhrase(@ForAll long seed) {
    TableNetwork network = new TableNetwork(PIECES, seed, 1);
    List<Integer> source = List.of(2, 3, 2);
    List<Integer> phrase = List.of(2, 3);
    // The length limit grows by the phrase.
    List<Scored> all = new ArrayList<>();
    walk(network, source, List.of(), 0, 1, all, LENGTH);
    List<Scored> allowed =
        all.stream()
            .filter(output -> output.ids().size() == LENGTH || holds(output.ids(), phrase))
            .toList();
    double best = allowed.stream().mapToDouble(Scored::rank).max().getAsDouble();
    Hypothesis found =
        new BeamSearch(
                network, new SearchOptions(SearchOptions.MAX_BEAM, 1, 0, LENGTH - phrase.size()))
            .search(
                List.of(source),
                List.of(Constraints.of(List.of(new RequiredPhrase(List.of(phrase))))),
                Cancellation.NONE)
            .get(0)
            .get(0);
    double rank = found.score() / found.logProbabilities().size();
    assertThat(rank).isCloseTo(best, within(1e-9));
  }

  @Property(tries = 200)
  void aNarrowBeamHoldsAllPhrasesToo(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int beam) {
    TableNetwork network = new TableNetwork(8, seed, 2);
    List<RequiredPhrase> required =
        List.of(
            new RequiredPhrase(List.of(List.of(2, 3, 4), List.of(2, 5))),
            new RequiredPhrase(List.of(List.of(6))));
    SearchOptions limits = new SearchOptions(beam, 1, 0, 12);
    Hypothesis found =
        new BeamSearch(network, limits)
            .search(List.of(List.of(2)), List.of(Constraints.of(required)), Cancellation.NONE)
            .get(0)
            .get(0);
    if (found.outcome() == Hypothesis.Outcome.COMPLETE) {
      assertThat(holds(found.ids(), List.of(2, 3, 4)) || holds(found.ids(), List.of(2, 5)))
          .isTrue();
      assertThat(found.ids()).contains(6);
    }
    // Without phrases the search is the one without phrases.
    assertThat(
            new BeamSearch(network, limits)
                .search(List.of(List.of(2)), List.of(Constraints.NONE), Cancellation.NONE))
        .isEqualTo(new BeamSearch(network, limits).search(List.of(List.of(2)), Cancellation.NONE));
  }

  @Property(tries = 300)
  void aWideBeamFindsTheBestWithOneOfTheBeginnings(@ForAll long seed, @ForAll boolean closed) {
    TableNetwork network = new TableNetwork(PIECES, seed, 1);
    List<Integer> source = List.of(2, 3, 2);
    List<List<Integer>> beginnings = List.of(List.of(2, 3), List.of(3));
    Set<Integer> notNext = closed ? Set.of(3) : Set.of();
    double best =
        exhaustive(network, source, 1).stream()
            .filter(output -> begins(output.ids(), beginnings, notNext))
            .mapToDouble(Scored::rank)
            .max()
            .getAsDouble();
    Hypothesis found =
        new BeamSearch(network, options(SearchOptions.MAX_BEAM, 1))
            .search(
                List.of(source),
                List.of(new Constraints(List.of(), beginnings, notNext)),
                Cancellation.NONE)
            .get(0)
            .get(0);
    double rank = found.score() / found.logProbabilities().size();
    assertThat(rank).isCloseTo(best, within(1e-9));
  }

  private static boolean begins(
      List<Integer> ids, List<List<Integer>> beginnings, Set<Integer> notNext) {
    return beginnings.stream()
        .filter(one -> ids.size() >= one.size() && ids.subList(0, one.size()).equals(one))
        .anyMatch(one -> ids.size() == one.size() || !notNext.contains(ids.get(one.size())));
  }

  @Test
  void whatOnlyGoesOnWithForbiddenPiecesGoesOnWithThem() {
    // A vocabulary of the two marks and one piece that prints, and an end mark that comes too
    // early.
    TableNetwork network = new TableNetwork(3, 1, 1);
    RequiredPhrase later = new RequiredPhrase(List.of(List.of(2, 2)));
    Constraints constraints = new Constraints(List.of(later), List.of(List.of(2)), Set.of(2));
    Hypothesis found =
        new BeamSearch(network, options(2, 1))
            .search(List.of(List.of(2)), List.of(constraints), Cancellation.NONE)
            .get(0)
            .get(0);
    assertThat(found.ids()).startsWith(2, 2);
  }

  private static boolean holds(List<Integer> ids, List<Integer> phrase) {
    return Collections.indexOfSubList(ids, phrase) >= 0;
  }

  @Property(tries = 200)
  void aBeamOfOneIsGreedy(@ForAll long seed) {
    TableNetwork network = new TableNetwork(PIECES, seed, 1);
    List<Integer> source = List.of(3);
    List<Integer> greedy = new ArrayList<>();
    while (greedy.size() < LENGTH) {
      double[] next = network.next(source, greedy);
      int best = TableNetwork.EOS;
      for (int id = 2; id < PIECES; id++) {
        best = next[id] > next[best] ? id : best;
      }
      if (best == TableNetwork.EOS) {
        break;
      }
      greedy.add(best);
    }
    assertThat(
            new BeamSearch(network, options(1, 1))
                .search(List.of(source), Cancellation.NONE)
                .get(0)
                .get(0)
                .ids())
        .isEqualTo(greedy);
  }

  @Property(tries = 100)
  void theBatchDoesNotChangeASentence(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int beam) {
    TableNetwork network = new TableNetwork(6, seed, 1);
    List<List<Integer>> sources =
        List.of(List.of(2), List.of(2, 3, 4, 5, 4), List.of(), List.of(5, 5), List.of(3, 2, 3));
    BeamSearch search = new BeamSearch(network, new SearchOptions(beam, 1, 1.5, 3));
    List<List<Hypothesis>> together = search.search(sources, Cancellation.NONE);
    for (int i = 0; i < sources.size(); i++) {
      assertThat(search.search(List.of(sources.get(i)), Cancellation.NONE).get(0))
          .isEqualTo(together.get(i));
    }
  }

  @Test
  void hypothesesComeBestFirstAndCarryTheirProbabilities() {
    TableNetwork network = new TableNetwork(6, 7, 1);
    List<Integer> source = List.of(4, 5);
    List<Hypothesis> found =
        new BeamSearch(network, new SearchOptions(5, 1, 2, 4))
            .search(List.of(source), Cancellation.NONE)
            .get(0);
    assertThat(found).hasSizeGreaterThan(1);
    double last = 0;
    for (Hypothesis hypothesis : found) {
      double rank = hypothesis.scorePerPiece();
      assertThat(rank).isLessThanOrEqualTo(last == 0 ? 0 : last);
      last = rank;
      double score = 0;
      List<Integer> prefix = new ArrayList<>();
      for (int id : hypothesis.ids()) {
        score += network.next(source, prefix)[id];
        prefix.add(id);
      }
      if (hypothesis.outcome() == Hypothesis.Outcome.COMPLETE) {
        score += network.next(source, prefix)[TableNetwork.EOS];
      }
      assertThat(hypothesis.score()).isCloseTo(score, within(1e-9));
    }
  }

  @Test
  void aCancelledSearchStopsAndFreesItsState() {
    TableNetwork network = new TableNetwork(6, 1, 0.1);
    AtomicInteger asked = new AtomicInteger();
    BeamSearch search = new BeamSearch(network, new SearchOptions(2, 1, 0, 60));
    assertThatThrownBy(() -> search.search(List.of(List.of(2)), () -> asked.incrementAndGet() > 2))
        .isInstanceOf(CancellationException.class);
    assertThat(asked.get()).isEqualTo(3);
    assertThat(network.open).isZero();
  }

  @Test
  void nothingInNothingOut() {
    assertThat(
            new BeamSearch(new TableNetwork(4, 1, 1), SearchOptions.ofBeam(2))
                .search(List.of(), Cancellation.NONE))
        .isEmpty();
  }

  @Test
  void aBeamOutsideItsRangeIsRefused() {
    assertThatThrownBy(() -> SearchOptions.ofBeam(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 64");
    assertThatThrownBy(() -> SearchOptions.ofBeam(65)).isInstanceOf(IllegalArgumentException.class);
  }
}
