package dev.verso.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageIdentificationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fr|Le ministre a déclaré lundi que les négociations se poursuivraient cette semaine.",
        "fr|LE PRÉSIDENT ANNONCE DES ÉLECTIONS LÉGISLATIVES ANTICIPÉES POUR LE MOIS DE JUIN",
        "en|The minister said on Monday that the negotiations would go on for another week.",
        "de|Der Außenminister sagte am Montag, dass die Verhandlungen fortgesetzt werden sollen.",
        "es|El ministro dijo el lunes que las negociaciones continuarán durante esta semana.",
        "it|Il ministro ha detto lunedì che i negoziati continueranno per tutta la settimana.",
        "ru|Министр заявил в понедельник, что переговоры продолжатся на этой неделе в столице."
      })
  void newsSentencesTellTheirLanguage(String tag, String text) {
    LanguageIdentification.Guess guess = LanguageIdentification.of(text).orElseThrow();
    assertThat(guess.tag()).isEqualTo(tag);
    if (!tag.equals("fr")) {
      assertThat(guess.oddsAgainst("fr")).isGreaterThan(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"''", "Oui.", "12345 67890 12345 67890 12345 67890 12345 67890 12345 67890 12345"})
  void tooFewLettersTellNothing(String text) {
    assertThat(LanguageIdentification.of(text)).isEmpty();
  }
}
