package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.TextSpan;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectedTextTest {

  /** A text, and what is protected in it, separated by semicolons. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "Lisez exemple.fr, pro-lait.com ou Monde.fr.|exemple.fr;pro-lait.com;Monde.fr",
        "Voir lemonde.fr/a?x=1 et rapport_2024.pdf.|lemonde.fr/a?x=1;rapport_2024.pdf",
        "C’est fini.Le chat dort, dit M.Dupont, p. 12.|",
        "Le 12.03.2024, le 3/4/2021 et le 2020-03-04.|12.03.2024;3/4/2021;2020-03-04",
        "Le 06.12.34.56.78 ou 06 12 34 56 78.|06.12.34.56.78;06 12 34 56 78",
        "Le +33 6 12 34 56 78 ou le 0 800 12 34 56.|+33 6 12 34 56 78;0 800 12 34 56",
        "Compte FR76 3000 6000 0112 3456 7890 189.|FR76 3000 6000 0112 3456 7890 189",
        "Carte 4970 1012 3456 7890, version 1.2.3.|4970 1012 3456 7890;1.2.3",
        "Il y a 2.200.112 tonnes, 1.234,56 € et 3,5 %.|",
        "À 17 h 30 ou 8h05, 3 heures après.|17 h 30;8h05",
        "Bonjour %s et %1$s : %d sur %(total)s.|%s;%1$s;%d;%(total)s",
        "Une hausse de 5 % des prix, 100%des gens.|",
        "{count} de {{nom}}, ${HOME} et $PATH pour $100.|{count};{{nom}};${HOME};$PATH",
        "{n, plural, one {# jour} other {# jours}} !|{n, plural, one {# jour} other {# jours}}",
        "Cliquez <b>ici</b><br/> si 3 < x et y > 2.|<b>;</b>;<br/>",
        "Xi (习近平), الجزيرة et Володимир Зеленський.|习近平;الجزيرة;Володимир Зеленський",
        "1️⃣ Bravo ❤️ → 👍🏽|1️⃣;❤️;→;👍🏽",
        "10⁶ m² de CO₂ en 2014¹, H₂SO₄ et 2½.|10⁶;m²;CO₂;2014¹;H₂SO₄;2½",
        "35 millions d’euros² [3] [...] (sic)|²;[3];[...];(sic)"
      })
  void whatMustComeThrough(String text, String expected) {
    List<String> found = ProtectedText.find(text).stream().map(span -> span.of(text)).toList();
    assertThat(String.join(";", found)).isEqualTo(expected == null ? "" : expected);
  }

  @Property
  void rangesAreInOrderAndDisjointWhateverComes(@ForAll String text) {
    int end = 0;
    for (TextSpan span : ProtectedText.find(text)) {
      assertThat(span.start()).isGreaterThanOrEqualTo(end);
      assertThat(span.length()).isPositive();
      end = span.end();
    }
    assertThat(end).isLessThanOrEqualTo(text.length());
  }
}
