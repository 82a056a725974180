package dev.verso.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is French at a glance, and what must be looked at more closely. */
class SourceLanguageTest {

  private static long plainly(String file) throws IOException {
    return Files.readAllLines(Path.of("evaluation/mt", file)).stream()
        .filter(SourceLanguage::isPlainlyFrench)
        .count();
  }

  @Test
  void mostFrenchSentencesAndNoEnglishOnes() throws IOException {
    assertThat(plainly("flores-dev.fr")).isGreaterThan(750);
    assertThat(plainly("flores-dev.en")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "El ministre va dir que les eleccions se celebraran a la primavera, i que les obres de la"
            + " carretera començaran abans de la fi del mes.",
        "Lo ministre diguèt que las eleccions se faràn a la prima e que los trabalhs de la rota"
            + " començaràn abans la fin del mes.",
        "La maggior parte degli abitanti della città vive in case che non sono state costruite per"
            + " resistere a un terremoto di questa forza.",
        "La mayor parte de los habitantes de la ciudad vive en casas que no se construyeron para"
            + " resistir un terremoto de esta fuerza.",
        "Ministrul a spus că alegerile se vor ține în primăvară și că lucrările la drum vor începe"
            + " înainte de sfârșitul lunii.",
        "Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae, aliam Aquitani.",
        "Majorite moun ki nan vil la ap viv nan kay ki pa te fèt pou reziste yon gwo tranblemanntè.",
        "Os trabalhos da estrada vão começar antes do fim do mês, disse o ministro à imprensa.",
        "Die Arbeiten an der Strasse beginnen vor dem Ende des Monats, sagte der Minister."
      })
  void noneOfItsNeighbours(String text) {
    assertThat(SourceLanguage.isPlainlyFrench(text)).isFalse();
  }

  @Test
  void shortEnglishIsToldFromFrench() throws IOException {
    assertThat(
            SourceLanguage.plainlyOther("This is an English text, and no French is in it at all."))
        .contains("English");
    for (String line : Files.readAllLines(Path.of("evaluation/mt/flores-dev.fr"))) {
      assertThat(SourceLanguage.plainlyOther(line)).as(line).isEmpty();
    }
  }
}
