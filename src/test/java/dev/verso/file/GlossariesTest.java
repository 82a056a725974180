package dev.verso.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.verso.text.InputException;
import org.junit.jupiter.api.Test;

class GlossariesTest {

  @Test
  void cellsMayStandInQuotationMarks() {
    assertThat(
            Glossaries.csv(
                "g",
                """
                OTAN,NATO

                 ONU , UN \r
                "Paris, France", "Paris, \"\"the\"\" city",ignored
                la "une",front page
                "fin" de règne,end
                loi,"act"""))
        .containsExactly(
            entry("OTAN", "NATO"),
            entry("ONU", "UN"),
            entry("Paris, France", "Paris, \"the\" city"),
            entry("la \"une\"", "front page"),
            entry("fin de règne", "end"),
            entry("loi", "act"));
  }

  @Test
  void semicolonsMayPartCellsBelowAHeading() {
    assertThat(Glossaries.csv("g", "français;anglais;note\nOTAN;NATO;sigle\nen, un;in, a;\n"))
        .containsExactly(entry("OTAN", "NATO"), entry("en, un", "in, a"));
    assertThat(Glossaries.tsv("g", "source\ttarget\tpos\nchat\tcat\tnom\n"))
        .containsExactly(entry("chat", "cat"));
  }

  @Test
  void anErrorNamesTheLine() {
    assertThatThrownBy(() -> Glossaries.csv("g", "OTAN,NATO\n\nONU\n"))
        .isInstanceOf(InputException.class)
        .hasMessage("g, line 3: not a French and an English term separated by a comma");
    // A quoted cell ends with its line.
    assertThatThrownBy(() -> Glossaries.csv("g", "OTAN,NATO\n\"ONU,UN\nUE,EU\n"))
        .isInstanceOf(InputException.class)
        .hasMessage("g, line 2: not a French and an English term separated by a comma");
    assertThatThrownBy(() -> Glossaries.csv("g", "OTAN,NATO\r\n\"\",UN\r\n"))
        .isInstanceOf(InputException.class)
        .hasMessage("g, line 2: a term is empty");
    assertThatThrownBy(() -> Glossaries.tsv("g", "OTAN\tNATO\nONU,UN\n"))
        .isInstanceOf(InputException.class)
        .hasMessage("g, line 2: not a French and an English term separated by a tab");
  }
}
