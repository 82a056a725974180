package dev.verso.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.alignment.TranslationMargin.Candidate;
import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import dev.verso.translation.Translator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForcedDecodingMarginTest {
  private static final List<String> FRENCH =
      List.of(
          "Le président a démissionné mardi soir.",
          "La banque centrale a relevé ses taux d’intérêt.",
          "Les élections auront lieu en octobre prochain.",
          "Un incendie a détruit le marché de la ville.");
  private static final List<String> ENGLISH =
      List.of(
          "The president resigned on Tuesday evening.",
          "The central bank raised its interest rates.",
          "The elections will take place next October.",
          "A fire destroyed the city's market.");

  @Test
  void theMarginPrefersTheTranslation() {
    List<Candidate> candidates = new ArrayList<>();
    for (String french : FRENCH) {
      for (String english : ENGLISH) {
        candidates.add(new Candidate(List.of(french), List.of(english)));
      }
    }
    List<Long> read = new ArrayList<>();
    try (TranslationModel model = TranslationModel.load(Path.of("models/fr-en"));
        Translator translator = new Translator(model, 1)) {
      TranslationMargin margin =
          new ForcedDecodingMargin(
              translator.scorer(), (done, total) -> read.add(total), Cancellation.NONE);
      double[] margins = margin.margins(candidates, FRENCH);
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          if (i != j) {
            assertThat(margins[4 * j + j]).isGreaterThan(margins[4 * i + j] + 1);
          }
        }
      }
      // Sixteen pairs, two of each four being among the others as well; then nothing new.
      assertThat(margin.margins(candidates, FRENCH)).containsExactly(margins);
      assertThat(read).containsExactly(16L);
    }
  }
}
