package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.TextSpan;
import dev.verso.translation.Partition.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuillemetRepairTest {

  private static String repaired(String english) {
    Part part = new Part(new TextSpan(0, 2), true, "«»", List.of(), List.of());
    Repair.Translated translated =
        new Repair.Translated("«»", part, true, english, List.of(), List.of());
    return new EditedText(english, new GuillemetRepair().edits(translated)).text();
  }

  @Test
  void guillemetsBecomeStraightMarks() {
    assertThat(repaired("He said « yes » and «no».")).isEqualTo("He said \"yes\" and \"no\".");
  }

  @Test
  void noSpaceStandsInsideAPairOfMarks() {
    assertThat(repaired("a \" trap\" of the \"old \" (\" new \"), \" end \""))
        .isEqualTo("a \"trap\" of the \"old\" (\"new\"), \"end\"");
  }

  @Test
  void whatIsNoPairIsLeftAlone() {
    for (String text :
        List.of(
            "a screen of 5\" or 6\" here",
            "he said \" yes",
            "\"one\" two\" three \" four",
            "\"yes\" and \"no\"")) {
      assertThat(repaired(text)).isEqualTo(text);
    }
  }
}
