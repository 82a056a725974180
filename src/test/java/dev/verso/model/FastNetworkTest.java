package dev.verso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast layout's ways of reading given targets agree. */
class FastNetworkTest {

  @Test
  void whatTargetsShareIsReadOnceToTheSameEnd() {
    Random random = new Random(3);
    try (TranslationModel model = TranslationModel.load(Path.of("models/fr-en"))) {
      Tokenizer words = model.targetTokenizer();
      List<Integer> source =
          model.sourceTokenizer().encode("Nous ne signerons aucun accord avant mardi.").ids();
      List<Integer> whole = words.encode("We will sign no agreement before Tuesday.").ids();
      for (int shared = 0; shared <= whole.size(); shared++) {
        List<List<Integer>> targets = new ArrayList<>(List.of(whole));
        for (int row = 0; row < 5; row++) {
          List<Integer> other = new ArrayList<>(whole.subList(0, shared));
          for (int more = random.nextInt(5); more > 0; more--) {
            other.add(2 + random.nextInt(900));
          }
          targets.add(other);
        }
        try (DecodingState state = model.network().encode(List.of(source))) {
          List<Forced> apart = state.force(new int[targets.size()], targets);
          List<Forced> alike = state.forceAlike(targets);
          assertThat(alike).hasSameSizeAs(apart);
          for (int row = 0; row < apart.size(); row++) {
            assertThat(alike.get(row).length()).isEqualTo(targets.get(row).size() + 1);
            for (int t = 0; t < apart.get(row).length(); t++) {
              assertThat(alike.get(row).logProbability(t))
                  .as(shared + " shared, target " + row + ", piece " + t)
                  .isCloseTo(apart.get(row).logProbability(t), within(1e-3));
            }
            Attention one = alike.get(row).attention();
            Attention other = apart.get(row).attention();
            for (int t = 0; t < targets.get(row).size(); t++) {
              for (int s = 0; s < source.size(); s++) {
                assertThat(one.rows().get(t).at(s))
                    .isCloseTo(other.rows().get(t).at(s), within(1e-3f));
              }
            }
          }
        }
      }
    }
  }
}
