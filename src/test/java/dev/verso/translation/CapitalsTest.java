package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Texts in capitals, with the tokenizer and the model that ship. */
class CapitalsTest {

  private static TranslationModel model;
  private static Translator translator;

  @BeforeAll
  static void load() {
    model = TranslationModel.load(Path.of("models/fr-en"));
    translator = new Translator(model, 2);
  }

  @AfterAll
  static void close() {
    translator.close();
    model.close();
  }

  private static Optional<String> read(String text) {
    Capitals.Reading reading = reading(text);
    return reading.whole() ? Optional.of(reading.text()) : Optional.empty();
  }

  private static Capitals.Reading reading(String text) {
    return Capitals.read(SourceText.of(text), word -> model.sourceTokenizer().encode(word).ids());
  }

  private static String translated(String text) {
    return translator
        .translate(List.of(text), TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE)
        .get(0)
        .text();
  }

  @Test
  void readsAHeadlineInOrdinaryCase() {
    assertThat(read("GRÈVE À LA SNCF : LE TRAFIC PERTURBÉ"))
        .hasValue("Grève à la SNCF : le trafic perturbé");
    assertThat(read("LA GUERRE EST FINIE À PARIS, EN FRANCE"))
        .hasValue("La guerre est finie à Paris, en France");
    assertThat(read("L'ARMÉE SELON J. MARTIN")).hasValue("L'armée selon J. Martin");
  }

  @Test
  void leavesAloneWhatIsNotInCapitals() {
    assertThat(read("URGENT. La France se retire.")).isEmpty();
    assertThat(read("La SNCF")).isEmpty();
    assertThat(read("SNCF")).isEmpty();
    assertThat(read("J. M.")).isEmpty();
    assertThat(read("12 345 €")).isEmpty();
    assertThat(read("")).isEmpty();
  }

  @Test
  void keepsEachCharacterInItsPlaceAndProtectedTextAsItIs() {
    String text = "VOIR HTTPS://EXEMPLE.FR/A, www.exemple.fr/Page 😀 OU `X Y` ! İSTANBUL, STRAẞE";
    String read = read(text).orElseThrow();
    assertThat(read).hasSameSizeAs(text).startsWith("Voir HTTPS://EXEMPLE.FR/A, www.exemple.fr/");
    assertThat(read).contains("`X Y`");
    String written = Capitals.written("See https://exemple.fr/a, straße ŉ and 😀 `x y`");
    assertThat(written).isEqualTo("SEE https://exemple.fr/a, STRAßE ŉ AND 😀 `x y`");
  }

  /** Capitals of ordinary text are ordinary text again, but for the case of some names. */
  @Test
  void isNearlyTheInverseOfCapitals() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("evaluation/mt/flores-dev.fr")).subList(0, 200);
    long letters = 0;
    long same = 0;
    for (String line : lines) {
      String capitals = line.toUpperCase(Locale.FRENCH);
      if (capitals.length() != line.length()) {
        continue; // œ has capitals of its own, but a ligature such as ﬁ has not
      }
      String read = read(capitals).orElseThrow();
      for (int i = 0; i < line.length(); i++) {
        if (Character.isLetter(line.charAt(i))) {
          letters++;
          same += line.charAt(i) == read.charAt(i) ? 1 : 0;
        }
      }
    }
    assertThat(same / (double) letters).isGreaterThan(0.97);
  }

  @Test
  void translatesAHeadlineLikeTheSentence() {
    String sentence = "La guerre est finie à Paris";
    assertThat(translated(sentence.toUpperCase(Locale.FRENCH)))
        .isEqualTo(translated(sentence).toUpperCase(Locale.ENGLISH));
    assertThat(translated("SNCF")).isEqualTo("SNCF");
  }

  @Test
  void readsAPassageInCapitalsInsideASentenceInOrdinaryCase() {
    assertThat(reading("« IL FAUT AGIR ! », dit-elle.").text())
        .isEqualTo("« Il faut agir ! », dit-elle.");
    assertThat(reading("Hier, le PRÉSIDENT a parlé.").text())
        .isEqualToIgnoringCase("Hier, le président a parlé.")
        .contains("résident");
    for (String kept : List.of("Hier, la SNCF a parlé.", "Louis XVIII est mort.", "Il a 3 DVD.")) {
      assertThat(reading(kept).text()).isEqualTo(kept);
    }
  }

  @Test
  void shoutsTheWordsThatWereShouted() {
    assertThat(translated("Hier, le PRÉSIDENT a dit la vérité."))
        .containsPattern("\\bPRESIDENT\\b")
        .doesNotContainPattern("\\b(SAID|TRUTH)\\b");
    assertThat(translated("Le maire, Jean DUPONT, a démissionné hier.")).contains("Jean DUPONT");
    assertThat(translated("« IL FAUT AGIR MAINTENANT ! », crie-t-elle devant la mairie."))
        .containsPattern("\\bNOW\\b")
        .doesNotContain("SHE ");
  }

  @Test
  void linksStayInsideBothTexts() {
    String text = "GRÈVE À LA SNCF : LE TRAFIC PERTURBÉ";
    SegmentTranslation rendering =
        translator
            .translate(
                List.of(text), TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE)
            .get(0);
    assertThat(rendering.links()).isNotEmpty();
    assertThat(rendering.links())
        .allSatisfy(
            link -> {
              assertThat(link.source().end()).isLessThanOrEqualTo(text.length());
              assertThat(link.target().end()).isLessThanOrEqualTo(rendering.text().length());
            });
  }
}
