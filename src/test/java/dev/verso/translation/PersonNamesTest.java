package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Jean Petit a battu Pierre Leroux.|Jean Petit;Pierre Leroux",
        "Claire Fontaine et Rose Blanc ont signé.|Claire Fontaine;Rose Blanc",
        "« Bien », dit Jean-Marc de La Tour.|Jean-Marc de La Tour",
        "M. Petit, Mme Blanc et le Dr Roux.|Petit;Blanc;Roux",
        "Marie Claire Bonnet Roche parle.|Marie Claire Bonnet Roche",
        "Le pape Jean-Paul II et Jeanne d’Arc.|",
        "Charles III a reçu le roi Philippe Bernard.|",
        "Jules César et Christophe Colomb.|",
        "Vladimir Poutine a parlé à Paris.|",
        "Pierre parle. Marie aussi.|",
        "Il a dit M. et puis rien.|"
      })
  void fullNamesOfPersons(String text, String expected) {
    List<String> found = PersonNames.in(text).stream().map(span -> span.of(text)).toList();
    assertThat(String.join(";", found)).isEqualTo(expected == null ? "" : expected);
  }
}
