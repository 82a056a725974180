package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.TextSpan;
import dev.verso.translation.Partition.Part;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndMarkRepairTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Arrêtez-le !|Stop it.|Stop it!",
        "« Qui vient ? »|\"Who comes.\"|\"Who comes?\"",
        "Vraiment ?!|Really?|Really?",
        "Vraiment ?|Really...|Really...",
        "Il dit oui !|He says no. 5|He says no. 5",
        "Quoi ? Il vient.|What? He comes.|What? He comes.",
        "Il vient.|He comes.|He comes.",
        "Ah !|Oh|Oh"
      })
  void theSourcesMarkTakesTheStopsPlace(String french, String english, String repaired) {
    Part part = new Part(new TextSpan(0, french.length()), true, french, List.of(), List.of());
    Repair.Translated translated =
        new Repair.Translated(french, part, true, english, List.of(), List.of());
    assertThat(new EditedText(english, new EndMarkRepair().edits(translated)).text())
        .isEqualTo(repaired);
  }
}
