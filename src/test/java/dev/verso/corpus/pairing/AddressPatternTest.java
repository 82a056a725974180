package dev.verso.corpus.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPatternTest {

  @ParameterizedTest
  @CsvSource({
    "https://example.org/fr/loi.html, https://example.org/en/loi.html",
    "https://fr.example.org/loi, http://en.example.org/loi",
    "https://www.example.org/loi, https://fr.example.org/loi",
    "https://example.org/loi-f.html, https://example.org/loi-e.html",
    "https://example.org/a?lang=fr&id=3, https://example.org/a?lang=en&id=3",
    "docs/fr-CA/a.txt, docs/en_US/a.txt",
    "a.fr.txt, a.en.txt",
    "texte_fra.docx, texte_eng.docx",
    "french/12.txt, english/12.txt"
  })
  void languagesOfTheSameAddressAreTheSame(String french, String english) {
    assertThat(AddressPattern.of(french).key()).isEqualTo(AddressPattern.of(english).key());
    assertThat(AddressPattern.of(french).marked() || AddressPattern.of(english).marked()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/fr/a.html, https://example.org/en/b.html",
    "https://example.org/freedom, https://example.org/enter",
    "tome-1.txt, tome-2.txt",
    "f.txt, g.txt"
  })
  void otherAddressesAreNot(String one, String other) {
    assertThat(AddressPattern.of(one).key()).isNotEqualTo(AddressPattern.of(other).key());
  }

  @Test
  void wordsAreNoMarks() {
    assertThat(AddressPattern.of("https://example.org/energy/french-fries").marked()).isTrue();
    assertThat(AddressPattern.of("https://example.org/energy/fre-hall").marked()).isTrue();
    assertThat(AddressPattern.of("https://example.org/energie/frontieres").marked()).isFalse();
  }
}
