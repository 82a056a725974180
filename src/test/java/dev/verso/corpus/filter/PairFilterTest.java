package dev.verso.corpus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.PairSide;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairFilterTest {

  private static final PairFilter FILTER = new PairFilter(FilterOptions.DEFAULT);

  private static Verdict judged(PairFilter filter, String source, String target) {
    CorpusPair pair =
        CorpusPair.of(
            new PairSide("a", 0, source.length(), source),
            new PairSide("b", 0, target.length(), target),
            Map.of(),
            "");
    return filter.judge(pair, OptionalDouble.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Le maire a inauguré la nouvelle école lundi. | The mayor opened the new school on Monday.",
        "Oui. | Yes.",
        "Merci beaucoup ! | Thank you very much!",
        "Il a payé 3 600 euros en trois mois. | He paid 3,600 euros in 3 months."
      })
  void translationsAreKept(String source, String target) {
    assertThat(judged(FILTER, source, target).reason()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Le maire a inauguré l'école. | Le maire a inauguré l'école. | COPY",
        "Le maire a inauguré la nouvelle école hier. | Der Bürgermeister hat gestern die neue Schule"
            + " im Stadtteil feierlich eröffnet. | LANGUAGE",
        "Le maire a inauguré l'école. | The mayor mayor mayor mayor mayor opened it. | GARBLED",
        "Le maire a inauguré l'\uFFFDcole. | The mayor opened the school. | GARBLED",
        "*** | --- | EMPTY",
        "Partager sur Facebook | Share on Facebook | BOILERPLATE",
        "La pluie tombe depuis ce matin sur la vallée. | Parliament will vote on the budget next"
            + " week. | QUALITY",
        "Le loyer est de 420 euros pour 35 mètres carrés. | The rent is 510 euros for 48 square"
            + " metres. | NUMBERS"
      })
  void othersGoWithTheirReason(String source, String target, Reason reason) {
    assertThat(judged(FILTER, source, target).reason()).contains(reason);
  }

  @Test
  void mojibakeIsPutRightAndMarked() {
    Verdict verdict =
        judged(FILTER, "Lâ€™Ã©cole a Ã©tÃ© inaugurÃ©e lundi.", "The school was opened on Monday.");
    assertThat(verdict.pair().source().text()).isEqualTo("L’école a été inaugurée lundi.");
    assertThat(verdict.pair().notes()).containsExactly("mojibake");
    assertThat(verdict.reason()).isEmpty();
    assertThat(verdict.pair().hash())
        .isEqualTo(
            CorpusPair.hash("L’école a été inaugurée lundi.", "The school was opened on Monday."));
  }

  @Property(tries = 200)
  void whatWasBrokenIsMended(@ForAll("texts") String text) {
    String broken =
        new String(
            text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.Charset.forName("ISO-8859-1"));
    assertThat(Mojibake.repaired(broken)).isEqualTo(text);
    assertThat(Mojibake.repaired(text)).isEqualTo(text);
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> texts() {
    return net.jqwik.api.Arbitraries.strings()
        .withChars("aeéèàçœÀÉ’«»–\u00A0 .x")
        .ofMinLength(1)
        .ofMaxLength(30);
  }

  @Test
  void personalDataIsMaskedOrDropped() {
    String source =
        "Écrivez à jeanne.roy@exemple.fr ou appelez le 01 44 55 66 77 avant le 12 mars.";
    String target = "Write to jeanne.roy@exemple.fr or call 01 44 55 66 77 before 12 March.";
    Verdict masked =
        judged(
            new PairFilter(FilterOptions.DEFAULT.withPersonalData(PersonalData.Mode.MASK)),
            source,
            target);
    assertThat(masked.pair().source().text())
        .isEqualTo("Écrivez à <e-mail> ou appelez le <phone> avant le 12 mars.");
    assertThat(masked.pair().notes()).containsExactly("masked");
    Verdict dropped =
        judged(
            new PairFilter(FilterOptions.DEFAULT.withPersonalData(PersonalData.Mode.DROP)),
            source,
            target);
    assertThat(dropped.reason()).isEqualTo(Optional.of(Reason.PERSONAL));
    assertThat(dropped.pair().source().text()).doesNotContain("jeanne");
  }

  @Test
  void onlyAccountNumbersWithTheirCheckDigitsAreAccounts() {
    assertThat(PersonalData.masked("IBAN FR14 2004 1010 0505 0001 3M02 606.")).contains("<IBAN>");
    assertThat(PersonalData.masked("IBAN FR15 2004 1010 0505 0001 3M02 606."))
        .doesNotContain("<IBAN>");
    assertThat(PersonalData.masked("De 1990 à 2010, 1 200 000 habitants et 12,5 %."))
        .isEqualTo("De 1990 à 2010, 1 200 000 habitants et 12,5 %.");
  }
}
