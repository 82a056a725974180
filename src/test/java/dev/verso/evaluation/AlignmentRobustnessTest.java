package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.alignment.Books;
import dev.verso.alignment.GoldAlignment;
import dev.verso.alignment.LogLinearAligner;
import dev.verso.bitext.Bead;
import dev.verso.evaluation.AlignmentRobustness.Relation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignmentRobustnessTest {

  @Test
  void removesRunsAndKeepsTheGoldOfWhatRemains() {
    GoldAlignment whole = Books.LA_FAUTE;
    GoldAlignment rest = AlignmentRobustness.withoutPassages(whole, 0.3, 7);
    int before = whole.pair().source().size() + whole.pair().target().size();
    int after = rest.pair().source().size() + rest.pair().target().size();
    assertThat(after).isEqualTo(before - (int) Math.ceil(0.3 * before));
    for (Bead bead : rest.beads()) {
      if (!bead.isNull()) {
        String french = rest.pair().source().get(bead.sourceStart());
        String english = rest.pair().target().get(bead.targetStart());
        assertThat(whole.beads())
            .anyMatch(
                gold ->
                    whole
                            .pair()
                            .source()
                            .subList(gold.sourceStart(), gold.sourceEnd())
                            .contains(french)
                        && whole
                            .pair()
                            .target()
                            .subList(gold.targetStart(), gold.targetEnd())
                            .contains(english));
      }
    }
    assertThat(AlignmentRobustness.withoutPassages(whole, 0.3, 7)).isEqualTo(rest);
    assertThat(AlignmentRobustness.withoutPassages(whole, 0, 7).beads()).isEqualTo(whole.beads());
  }

  @Test
  void theAlignerBearsMissingPassages() {
    SentenceAlignmentEvaluation.Row row =
        AlignmentRobustness.missingPassages(
            List.of(Books.JANE_EYRE, Books.LA_FAUTE), LogLinearAligner.shipped(), 0.3, 2);
    assertThat(row.pooled().strictF1()).isGreaterThan(0.87);
  }

  /** The score says how much of two texts corresponds, and that unrelated ones do not. */
  @Test
  void documentScoresFollowTheShareTranslated() {
    AlignmentRobustness.DocumentScores scores =
        AlignmentRobustness.documentScores(Books.all(), LogLinearAligner.shipped());
    assertThat(scores.byRelation()).containsOnlyKeys(Relation.values());
    double lowestTrue = scores.lowest(Relation.TRANSLATION);
    assertThat(lowestTrue).isGreaterThan(0.65);
    assertThat(scores.lowest(Relation.PASSAGES_MISSING)).isBetween(0.4, lowestTrue);
    assertThat(scores.lowest(Relation.HALF_MISSING)).isGreaterThan(0.4);
    assertThat(scores.highest(Relation.HALF_MISSING)).isLessThan(0.7);
    assertThat(scores.lowest(Relation.HALF_FOREIGN)).isGreaterThan(0.15);
    assertThat(scores.highest(Relation.HALF_FOREIGN)).isLessThan(0.65);
    assertThat(scores.lowest(Relation.TEN_TIMES_LONGER)).isGreaterThan(0.08);
    assertThat(scores.highest(Relation.TEN_TIMES_LONGER)).isLessThan(0.25);
    for (Relation relation : Relation.values()) {
      if (relation.isNone()) {
        assertThat(scores.highest(relation)).as(relation.name()).isLessThan(0.05);
      }
    }
  }

  @Test
  void largePairsAreSearchedInABand() {
    // Distinguishable sentences, enough of them to leave the dense search.
    List<String> french = new ArrayList<>();
    List<String> english = new ArrayList<>();
    for (int k = 0; k < 700; k++) {
      french.add("La maison numéro " + (1000 + k * 37) + " appartient au médecin du village.");
      english.add("House number " + (1000 + k * 37) + " belongs to the village doctor.");
    }
    AlignmentRobustness.Scaling scaling =
        AlignmentRobustness.scaling(french, english, LogLinearAligner.shipped(), 100, 700);
    assertThat(scaling.sizes()).extracting(AlignmentRobustness.Size::found).containsOnly(1.0);
  }
}
