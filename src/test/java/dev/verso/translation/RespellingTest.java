package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.model.TranslationModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Divided words and inclusive spellings, with the tokenizer that ships. */
class RespellingTest {

  private static TranslationModel model;

  @BeforeAll
  static void load() {
    model = TranslationModel.load(Path.of("models/fr-en"));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static String read(String text) {
    return new EditedText(
            text,
            Respelling.shipped()
                .edits(text, List.of(), word -> model.sourceTokenizer().encode(word).size()))
        .text();
  }

  @ParameterizedTest
  @CsvSource({
    "élu·e·s, élus",
    "salarié·es, salariés",
    "Tou·te·s, Tous",
    "citoyen·ne·s, citoyens",
    "conseiller·ère, conseiller",
    "blessé⋅e, blessé",
    "heureux·ses, heureux",
    "étudiant.e.s, étudiants",
    "agriculteur.rice.s, agriculteurs",
    "agriculteurs-trices, agriculteurs",
    "venu-e-s, venus",
    "candidat(e), candidat",
    "tou(te)s, tous",
    "étudiant(e)s, étudiants",
    "directeurs/directrices, directeurs",
    "étudiants/étudiantes, étudiants",
    "un/une, un",
    "toustes, tous"
  })
  void readsBothGendersAsOneWord(String spelled, String plain) {
    assertThat(read(spelled + " ici")).isEqualTo(plain + " ici");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a-t-elle dit", "donne-le", "est-ce vrai", "le-monde.fr", "www.exemple.es", "et/ou",
        "Fin.Les autres", "km/h", "un (petit) chat", "peut-être", "document(s)", "24/7"
      })
  void leavesOtherSpellingsAlone(String text) {
    assertThat(read(text)).isEqualTo(text);
  }

  @Test
  void joinsWordsDividedAtTheEndOfALine() {
    assertThat(read("la pis-\ncine et le porte-\r\nparole, un co\u00adopéra\u00adteur"))
        .isEqualTo("la piscine et le porte-parole, un coopérateur");
    assertThat(read("1990-\n2000 et Paris-\nNice")).isEqualTo("1990-\n2000 et Paris-\nNice");
  }
}
