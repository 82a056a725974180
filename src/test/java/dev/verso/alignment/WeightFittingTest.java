package dev.verso.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.alignment.AlignmentWeights.Feature;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeightFittingTest {
  private static final List<GoldAlignment> BOOK = List.of(Books.JANE_EYRE);

  private static double fittedMargin(TranslationMargin margin) {
    LogLinearAligner aligner = LogLinearAligner.shipped().withMargin(margin);
    return WeightFitting.fit(BOOK, aligner, Set.of()).of(Feature.MARGIN);
  }

  /** A margin that knows the gold earns weight, one that draws lots next to none. */
  @Test
  void theMarginGetsTheWeightItDeserves() {
    TextPair pair = Books.JANE_EYRE.pair();
    Set<TranslationMargin.Candidate> gold = new HashSet<>();
    Books.JANE_EYRE.beads().stream()
        .filter(bead -> !bead.isNull())
        .forEach(
            bead ->
                gold.add(
                    new TranslationMargin.Candidate(
                        pair.source().subList(bead.sourceStart(), bead.sourceEnd()),
                        pair.target().subList(bead.targetStart(), bead.targetEnd()))));
    double knows =
        fittedMargin(
            (candidates, source) ->
                candidates.stream().mapToDouble(c -> gold.contains(c) ? 2 : -2).toArray());
    double drawsLots =
        fittedMargin(
            (candidates, source) -> new Random(3).doubles(candidates.size(), -2, 2).toArray());
    assertThat(knows).isGreaterThan(0.1);
    assertThat(drawsLots).isBetween(-0.02, 0.03);
  }

  /** Evidence left out stays out; weights remember what they saw. */
  @Test
  void featuresLeftOutWeighNothing() {
    AlignmentWeights weights =
        WeightFitting.fit(BOOK, LogLinearAligner.shipped(), Set.of("names", "length"));
    assertThat(weights.of(Feature.NAMES)).isZero();
    assertThat(weights.of(Feature.LENGTH)).isZero();
    assertThat(weights.of(Feature.LEXICAL)).isPositive();
    assertThat(weights.fittedOn()).containsExactly("JaneEyre");
  }
}
