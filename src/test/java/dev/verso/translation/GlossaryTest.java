package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.bitext.AlignmentLink;
import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import dev.verso.text.TextSpan;
import dev.verso.translation.Glossary.Occurrence;
import dev.verso.translation.Glossary.Term;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlossaryTest {

  private static final Glossary GLOSSARY =
      Glossary.parse(
          "termes.tsv",
          """
          # a comment

          accord\tpact
          cessez-le-feu\ttruce
          accord de paix\tpeace deal
          PIB\tgross domestic product
          l'Élysée\tthe presidency
          """);

  @Test
  void findsTheLongestTermsAsWordsOfTheirOwn() {
    String text = "Les accords de paix, un ACCORD et l’Élysée : le PIB, un raccord, le pib.";
    List<Occurrence> found = GLOSSARY.find(text);
    assertThat(found.stream().map(o -> o.span().of(text)).toList())
        .containsExactly("accords de paix", "ACCORD", "l’Élysée", "PIB");
    assertThat(found.get(0).term()).isEqualTo(new Term("accord de paix", "peace deal"));
  }

  @Test
  void aPluralTakesAnEnglishPluralAndABeginningACapital() {
    Occurrence plural = new Occurrence(new Term("accord", "pact"), new TextSpan(4, 11), true);
    assertThat(Glossary.forms(plural)).containsExactly("pacts", "pact");
    Occurrence first = new Occurrence(new Term("accord", "pact"), new TextSpan(0, 6), false);
    assertThat(Glossary.forms(first)).containsExactly("Pact", "pact");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accord pact | line 1: wanted is French, a tab, English
          '\taccord' | line 1: a term has 1 to 200 characters
          'accord\tpact\naccord\tdeal' | 'accord' stands for 'pact' and 'deal'
          """)
  void badLinesAreNamed(String tsv, String message) {
    String real = tsv.replace("\\t", "\t").replace("\\n", "\n");
    assertThatThrownBy(() -> Glossary.parse("termes.tsv", real))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("termes.tsv")
        .hasMessageContaining(message);
  }

  @Test
  void furtherColumnsAndAHeadingArePassedOver() {
    Glossary glossary = Glossary.parse("g.tsv", "fr\ten\tnote\nOTAN\tNATO\tsigle\nchat\tcat\n");
    assertThat(glossary.terms())
        .containsExactlyInAnyOrder(
            new Glossary.Term("OTAN", "NATO"), new Glossary.Term("chat", "cat"));
  }

  @Test
  void aFormIsHeldAsWordsOfItsOwn() {
    assertThat(Glossary.holds("The Pact was signed.", "pact")).isTrue();
    assertThat(Glossary.holds("The impact was felt.", "pact")).isFalse();
    assertThat(Glossary.holds("Pacts, impact, pact.", "pact")).isTrue();
  }

  @Test
  void termsReachTheTranslationWithTheirLinks() {
    try (TranslationModel model = TranslationModel.load(Path.of("models/fr-en"));
        Translator translator = new Translator(model, 1)) {
      List<String> sentences =
          List.of(
              "Un accord a été trouvé, a dit le ministre.",
              "Le cessez-le-feu a été signé hier par le président.",
              "Il pleut.");
      List<SegmentTranslation> plain =
          translator.translate(
              sentences, TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE);
      List<SegmentTranslation> with =
          translator.translate(
              sentences,
              TranslationOptions.DEFAULT.withGlossary(GLOSSARY),
              Progress.SILENT,
              Cancellation.NONE);
      assertThat(plain.get(0).text()).doesNotContainIgnoringCase("pact");
      assertThat(Glossary.holds(with.get(0).text(), "pact")).isTrue();
      assertThat(Glossary.holds(with.get(1).text(), "truce")).isTrue();
      assertThat(with.get(2)).isEqualTo(plain.get(2));
      for (SegmentTranslation rendering : with) {
        for (AlignmentLink link : rendering.links()) {
          assertThat(link.target().end()).isLessThanOrEqualTo(rendering.text().length());
        }
      }
    }
  }
}
