package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.model.Tokenizer;
import dev.verso.text.TextSpan;
import dev.verso.translation.Partition.Part;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeOfDayRepairTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "À 11 h 20, il part.|In #, he leaves.|At #, he leaves.",
        "A 11h20, il part.|In #, he leaves.|At #, he leaves.",
        "Il part à 11 h 20.|He leaves in #.|He leaves at #.",
        "Il part à 11 h 20.|He leaves at #.|He leaves at #.",
        "Il a couru en 11 h 20.|He ran in #.|He ran in #.",
        "Il l'a lu à index.html.|He read it in #.|He read it in #.",
        "Vers 18h30 il part.|At about # p.m. he leaves.|At about # he leaves.",
        "Il part à 18 h 30.|He leaves at # p.m.|He leaves at #.",
        "Il part à 8 h 30.|He leaves at # p.m.|He leaves at # p.m.",
        "De 9 h à 17 h, il dort.|From 9 a.m. to 17 p.m., he sleeps.|From 9 a.m. to 17:00, he sleeps.",
        "Il part à 20 heures.|He leaves at 20 o'clock.|He leaves at 20:00.",
        "Il part à 20 heures, seul.|He leaves at 20, alone.|He leaves at 20:00, alone.",
        "Il part à 20 h.|He leaves at 20.|He leaves at 20:00.",
        "À 20 heures de vol.|At 20 hours by plane.|At 20 hours by plane.",
        "À 8 heures, il part.|At 8 o'clock, he leaves.|At 8 o'clock, he leaves.",
        "Ils sont 17.|They are 17 p.m.|They are 17 p.m."
      })
  void timesAreGivenAsEnglishGivesThem(String french, String english, String repaired) {
    List<TextSpan> shielded = ProtectedText.find(french);
    String placeholder = String.valueOf(Tokenizer.FIRST_PLACEHOLDER);
    String input = french;
    for (TextSpan span : shielded) {
      input = input.replace(span.of(french), placeholder);
    }
    Part part = new Part(new TextSpan(0, french.length()), true, input, shielded, List.of());
    String text = english.replace("#", placeholder);
    Repair.Translated translated =
        new Repair.Translated(french, part, true, text, List.of(), List.of());
    assertThat(new EditedText(text, new TimeOfDayRepair().edits(translated)).text())
        .isEqualTo(repaired.replace("#", placeholder));
  }
}
