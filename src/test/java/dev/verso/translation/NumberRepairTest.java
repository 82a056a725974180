package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.TextSpan;
import dev.verso.translation.Partition.Part;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberRepairTest {

  private static String repaired(String french, String english) {
    Part part = new Part(new TextSpan(0, french.length()), true, french, List.of(), List.of());
    Repair.Translated translated =
        new Repair.Translated(french, part, true, english, List.of(), List.of());
    return new EditedText(english, new NumberRepair().edits(translated)).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2.200.112 tonnes|2,200.112 tonnes|2,200,112 tonnes",
        "5 000 000 de visiteurs en 24 heures|5.000000 visitors in 24 hours|5,000,000 visitors in 24 hours",
        "3.500 euros|EUR 3 500|EUR 3,500",
        "35 milliards et 12 milliards|35 million and 12 billion|35 billion and 12 billion",
        "413 voix|431 votes|413 votes",
        "Il faisait −3,5 °C.|It was 3.5 °C.|It was -3.5 °C.",
        "perd 3,2 % (-1,40 €)|loses 3.2% (€1.40)|loses 3.2% (-€1.40)",
        "-5 %|down 5%|down 5%",
        "-5 degrés|minus 5 degrees|minus 5 degrees",
        "-5 degrés|-5 degrees|-5 degrees",
        "de 5 à 7|from 5 to 7|from 5 to 7"
      })
  void theSourceHasTheRightOne(String french, String english, String expected) {
    assertThat(repaired(french, english)).isEqualTo(expected);
  }
}
