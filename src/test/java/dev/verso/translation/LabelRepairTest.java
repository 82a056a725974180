package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.TextSpan;
import dev.verso.translation.Partition.Part;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelRepairTest {

  private static String repaired(String french, String english) {
    Part part = new Part(new TextSpan(0, french.length()), true, french, List.of(), List.of());
    Repair.Translated translated =
        new Repair.Translated(french, part, true, english, List.of(), List.of());
    return new EditedText(english, new LabelRepair().edits(translated)).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Lieu : salle des fêtes|Lieu: village hall|Place: village hall",
        "Lieu : salle des fêtes|Venue: village hall|Venue: village hall",
        "lieu :|lieu:|place:",
        "Heure : 20 h|Heure: 8 p.m.|Time: 8 p.m.",
        "Le lieu : une salle|The place: a hall|The place: a hall",
        "Marie : je pars|Marie: I am leaving|Marie: I am leaving",
        "Rappel : tout est gratuit|Everything is free|Everything is free"
      })
  void aLabelIsEnglish(String french, String english, String expected) {
    assertThat(repaired(french, english)).isEqualTo(expected);
  }
}
