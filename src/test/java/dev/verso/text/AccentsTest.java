package dev.verso.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccentsTest {

  @Test
  void lettersLoseTheirMarksAndNothingElse() {
    assertThat(Accents.folded("Garçon, été, Noël, MAÎTRE")).isEqualTo("Garcon, ete, Noel, MAITRE");
    assertThat(Accents.folded("cœur 12 % « a »")).isEqualTo("cœur 12 % « a »");
    assertThat(Accents.folded("e\u0301")).isEqualTo("e");
  }
}
