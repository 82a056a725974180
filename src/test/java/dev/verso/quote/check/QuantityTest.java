package dev.verso.quote.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.Language;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

  private static List<Quantity> in(String text, Language language) {
    Side side = new Side(text, language);
    return Quantity.in(side, 0, side.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,5 million de fumeurs | 1.5m smokers",
        "12 000 habitants | 12,000 people",
        "200 milliards d'euros | €200bn",
        "500 milliards | half a trillion",
        "quatre cas sur cinq | 80%",
        "70 % des gens | seven in ten people",
        "deux cent cinquante mille | 250,000",
        "7,25 $ de l'heure | $7.25 an hour",
        "les années 70 | the 1970s",
        "deux tiers des élus | two thirds of those elected",
        "vingt-trois jours | twenty-three days",
        "trente-six mois | thirty-six months",
        "septante-deux ans | seventy-two years",
        "la moitié des cas | 50 per cent of cases",
        "un milliard de dollars | a billion dollars",
        "à 17 h 30 | at 5:30 pm",
        "à 17h30 | at 5.30 p.m.",
        "vers 17 h | about 5 o'clock",
        "à dix-sept heures trente | at 17:30",
        "à 9 heures | at 9 am",
        "quatre-vingt-dix-sept morts | 97 dead",
        "une trentaine de maisons | thirty houses",
        "un sur cinq | 20%"
      })
  void theSameFigureInBothNotations(String french, String english) {
    List<Quantity> f = in(french, Language.FRENCH);
    List<Quantity> e = in(english, Language.ENGLISH);
    assertThat(f).hasSize(1);
    assertThat(e).hasSize(1);
    assertThat(f.get(0).sameAs(e.get(0))).as(f + " and " + e).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "21 millions | 12 million",
        "un milliard | a million",
        "8 % | 80%",
        "1,5 million | 15m",
        "1998 | 1989"
      })
  void differentFigures(String french, String english) {
    assertThat(in(french, Language.FRENCH).get(0).sameAs(in(english, Language.ENGLISH).get(0)))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "moins de 45 ans | AT_MOST",
        "au moins 50 % | AT_LEAST",
        "plus de 300 morts | AT_LEAST",
        "environ 20 espèces | ABOUT",
        "un prix de 20 euros | NONE"
      })
  void whatBoundsAFigure(String french, String bound) {
    assertThat(in(french, Language.FRENCH).get(0).bound()).hasToString(bound);
  }
}
