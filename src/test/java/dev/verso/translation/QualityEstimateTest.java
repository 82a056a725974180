package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.verso.decoding.Hypothesis;
import dev.verso.decoding.Hypothesis.Outcome;
import dev.verso.model.Attention;
import dev.verso.translation.QualityEstimate.Searched;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityEstimateTest {

  private static Hypothesis hypothesis(List<Integer> ids, double each, List<Attention.Row> seen) {
    return new Hypothesis(
        ids,
        Collections.nCopies(ids.size() + 1, each),
        new Attention(seen),
        Outcome.COMPLETE,
        each);
  }

  private static double signal(String name, List<Double> signals) {
    return signals.get(QualityEstimate.SIGNALS.indexOf(name));
  }

  @Test
  void signalsAreThoseComputedByHand() {
    // Two source pieces and the end mark; the second source piece is never looked at.
    Attention.Row first = Attention.Row.of(1f, 0f, 0f);
    Hypothesis chosen = hypothesis(List.of(7, 8, 7, 8), -0.5, Collections.nCopies(5, first));
    Hypothesis rival = hypothesis(List.of(7, 8, 9), -1.0, List.of());
    List<Double> signals =
        QualityEstimate.signals(
            List.of(
                new Searched(
                    "l’île Sainte-Lucie",
                    List.of(3, 99),
                    "St Lucia",
                    chosen,
                    1,
                    List.of(chosen, rival))),
            2);
    assertThat(signals).hasSameSizeAs(QualityEstimate.SIGNALS);
    assertThat(signal("meanLogProbability", signals)).isEqualTo(-0.5);
    assertThat(signal("worstLogProbabilities", signals)).isEqualTo(-0.5);
    assertThat(signal("uncoveredSource", signals)).isEqualTo(0.5);
    assertThat(signal("spreadAttention", signals)).isZero();
    assertThat(signal("lengthRatio", signals)).isCloseTo(Math.log(5 / 3.0), within(1e-9));
    assertThat(signal("lostNumbers", signals)).isEqualTo(2);
    assertThat(signal("repetition", signals)).isEqualTo(0.25);
    assertThat(signal("logLength", signals)).isCloseTo(Math.log(3), within(1e-9));
    // Pairs {78, 87} against {78, 89}: one of two is shared.
    assertThat(signal("beamAgreement", signals)).isEqualTo(0.5);
    assertThat(signal("lead", signals)).isEqualTo(0.5);
    assertThat(signal("sourceRarity", signals))
        .isCloseTo((Math.log(4) + Math.log(100)) / 2, within(1e-9));
    assertThat(signal("fragmentation", signals)).isEqualTo(1);
    assertThat(signal("capitals", signals)).isEqualTo(0.5);
    assertThat(signal("doubtful", signals)).isZero();
    assertThat(signal("characterRatio", signals)).isCloseTo(Math.log(9 / 19.0), within(1e-9));
    assertThat(signal("wordLength", signals)).isEqualTo(9);
    assertThat(signal("elisions", signals)).isEqualTo(0.5);
    assertThat(signal("inventedWords", signals)).isEqualTo(0.5);
  }

  @Test
  void aSearchWithoutRivalsAgreesWithItself() {
    Hypothesis only = hypothesis(List.of(7, 8), -2, List.of());
    List<Double> signals =
        QualityEstimate.signals(
            List.of(new Searched("mot", List.of(3), "word", only, 0, List.of(only))), 0);
    assertThat(signal("beamAgreement", signals)).isEqualTo(1);
    assertThat(signal("lead", signals)).isZero();
    assertThat(signal("doubtful", signals)).isEqualTo(1);
  }

  @Test
  void isClippedToProbabilities() {
    List<Double> weights =
        new ArrayList<>(Collections.nCopies(QualityEstimate.SIGNALS.size(), 0.0));
    weights.add(0, 3.0);
    List<Double> none = Collections.nCopies(QualityEstimate.SIGNALS.size(), 0.0);
    assertThat(new QualityEstimate(weights).of(none)).isEqualTo(1);
    weights.set(0, -3.0);
    assertThat(new QualityEstimate(weights).of(none)).isZero();
  }

  @Test
  void refusesWeightsForOtherSignals() {
    assertThatThrownBy(() -> new QualityEstimate(List.of(1.0, 2.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 weights");
  }
}
