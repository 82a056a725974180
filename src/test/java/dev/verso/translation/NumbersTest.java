package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.Language;
import dev.verso.translation.Numbers.Numeral;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  private static List<Numeral> french(String text) {
    return Numbers.in(text, Language.FRENCH);
  }

  private static List<Numeral> english(String text) {
    return Numbers.in(text, Language.ENGLISH);
  }

  private static List<String> digits(String text) {
    return french(text).stream().map(Numeral::digits).toList();
  }

  @Test
  void digitsAndWhatPartsThemAreOneNumber() {
    assertThat(digits("12 000, 12.000 et 12,000")).containsExactly("12000", "12000", "12000");
    assertThat(digits("1\u202F234\u202F567,89 euros")).containsExactly("123456789");
    assertThat(digits("de 3 à 2, le 14 juillet 1958")).containsExactly("3", "2", "14", "1958");
    assertThat(digits("les 3 450 pages de 2024 300 fois")).containsExactly("3450", "2024", "300");
    assertThat(digits("01 42 34 56 78")).containsExactly("01", "42", "34", "56", "78");
    assertThat(digits("aucun")).isEmpty();
  }

  @Test
  void aNumberStandsWhereItsDigitsDo() {
    String text = "Quelque 1 200 hommes.";
    assertThat(french(text).get(0).span().of(text)).isEqualTo("1 200");
  }

  @Test
  void repeatsAreCounted() {
    assertThat(Numbers.missing(french("5 et 5"), english("5"))).hasSize(1);
    assertThat(Numbers.missing(french("5"), english("5 and 5"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12 450 habitants|12,450 inhabitants",
        "2.200.112 tonnes|2,200,112 tonnes",
        "3,5 %|3.5%",
        "1.234,56 €|€1,234.56",
        "1.5 fois|1.5 times",
        "35 millions d’euros|€35 million",
        "35 millions d’euros|€35m",
        "35 millions d’euros|35,000,000 euros",
        "1,5 milliard|1.5 billion",
        "2 000 milliards|2 trillion",
        "12 Md€|€12bn",
        "12 M€|€12 million",
        "35 m de haut|35m tall",
        "5,0 points|5 points",
        "à 17 h 30|at 5:30 pm",
        "à 0 h 15|at 12:15 am",
        "les années 80|the 1980s",
        "version 2.4.1|version 2.4.1",
        "le 05 mai|on May 5"
      })
  void whatSaysTheSameIsTheSame(String french, String english) {
    assertThat(Numbers.missing(french(french), english(english))).isEmpty();
    assertThat(Numbers.missing(english(english), french(french))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2.200.112 tonnes|2,200.112 tonnes",
        "2.200 tonnes|2.200 tonnes",
        "3,5 %|3,5%",
        "35 milliards|35 million",
        "35 millions|35",
        "12 450|12.450",
        "1,5|15"
      })
  void whatSaysSomethingElseIsNot(String french, String english) {
    assertThat(Numbers.missing(french(french), english(english))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "−3,5 °C|true",
        "de -3 à|true",
        "(-1,40 €)|true",
        "Le déficit : – 5,5 % du PIB|true",
        "-12 points|true",
        "covid-19|false",
        "10-20 jours|false",
        "le bilan : – 5 morts|false",
        "Lyon – 3 buts|false",
        "3,5 °C|false"
      })
  void aSignBelongsToTheNumber(String text, boolean negative) {
    List<Numeral> found = french(text);
    assertThat(found.get(found.size() - 1).negative()).isEqualTo(negative);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "413|413",
        "2014|2014",
        "1 234,5|1,234.5",
        "12.000|12,000",
        "12000|12,000",
        "1,5|1.5",
        "2.200.112|2,200,112",
        "1.234,56|1,234.56",
        "1 200|1,200",
        "2.5|2.5"
      })
  void frenchNumbersInEnglish(String french, String english) {
    assertThat(NumberNotation.inEnglish(french)).isEqualTo(english);
  }
}
