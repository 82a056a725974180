package dev.verso.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.alignment.TranslationMargin;
import dev.verso.alignment.TranslationMargin.Candidate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignmentDeskTest {
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
    try (TranslationDesk desk = TranslationDesk.open(TranslationDesk.shippedModel(), 1)) {
      TranslationMargin margin = AlignmentDesk.margin(desk, (done, total) -> read.add(total));
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
