package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.translation.Numbers.Numeral;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  private static List<String> digits(String text) {
    return Numbers.in(text).stream().map(Numeral::digits).toList();
  }

  @Test
  void separatorsDoNotMatter() {
    assertThat(digits("12 000, 12.000 et 12,000")).containsExactly("12000", "12000", "12000");
    assertThat(digits("1\u202F234\u202F567,89 euros")).containsExactly("123456789");
    assertThat(digits("de 3 à 2, le 14 juillet 1958")).containsExactly("3", "2", "14", "1958");
    assertThat(digits("les 3 450 pages")).containsExactly("3450");
    assertThat(digits("01 42 34 56 78")).containsExactly("01", "42", "34", "56", "78");
    assertThat(digits("aucun")).isEmpty();
  }

  @Test
  void aNumberStandsWhereItsDigitsDo() {
    String text = "Quelque 1 200 hommes.";
    assertThat(Numbers.in(text).get(0).span().of(text)).isEqualTo("1 200");
  }

  @Test
  void repeatsAreCounted() {
    assertThat(Numbers.missing(Numbers.in("5 et 5"), Numbers.in("5"))).hasSize(1);
    assertThat(Numbers.missing(Numbers.in("5"), Numbers.in("5 et 5"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"413|413", "1 234,5|1,234.5", "12.000|12,000", "1,5|1.5", "2.5|2.5", "1 200|1,200"})
  void frenchNumbersInEnglish(String french, String english) {
    assertThat(NumberRepair.inEnglish(french)).isEqualTo(english);
  }
}
