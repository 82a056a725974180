package dev.verso.quote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.quote.mark.MarkedPassage;
import dev.verso.quote.mark.QuotationMarks;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What holds for the quotes of any text. */
class QuotePropertiesTest {

  private static final String ARTICLE =
      """
      Le maire, Jean Dupuis, a expliqué que la piscine resterait fermée.
      « Nous n'avons pas le choix, a-t-il dit. Les travaux sont longs. »
      Selon la préfecture, deux mille personnes sont privées d'eau.
      Il a ajouté : "C'est provisoire".
      """;

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "« ",
            " »",
            "«",
            "»",
            "\"",
            "''",
            "'",
            "’",
            "“",
            "”",
            "‹",
            "›",
            "‘",
            "\n",
            "\n\n",
            " ",
            ", ",
            ". ",
            " : ",
            "; ",
            " – ",
            "(",
            ")",
            "! ",
            "… ",
            "a déclaré",
            "dit-il",
            "a-t-elle",
            "que",
            "qu'",
            "selon",
            "d'",
            "après",
            "pour",
            "Jean Dupuis",
            "M. Roy",
            "le ministre",
            "il",
            "elle",
            "la ville",
            "est",
            "sera fermée",
            "nie",
            "ne",
            "pas",
            "et",
            "mais",
            "ajoutant que",
            "l'OTAN",
            "\u00a0",
            "\u202f",
            "😀",
            "\ud83d",
            "said",
            "that",
            "Mr",
            "according to",
            "12",
            "promesse",
            "mot",
            ",",
            "comme",
            "dont",
            "qui",
            "\t",
            "e\u0301");
    return pieces.list().ofMaxSize(60).map(list -> String.join(" ", list));
  }

  @Property(tries = 400)
  void contentIsInTheTextDisjointAndNotEmpty(@ForAll("texts") String text) {
    for (Language language : Language.values()) {
      QuoteReport report = QuoteExtractor.of(language).report(text);
      for (Quote quote : report.quotes()) {
        int end = 0;
        for (TextSpan span : quote.content()) {
          assertThat(span.isEmpty()).isFalse();
          assertThat(span.start()).isGreaterThanOrEqualTo(end);
          assertThat(span.of(text)).isEqualTo(span.of(text).strip());
          end = span.end();
        }
        for (TextSpan span : new TextSpan[] {quote.speaker(), quote.speakerCoref(), quote.cue()}) {
          if (span != null) {
            assertThat(span.end()).isLessThanOrEqualTo(text.length());
            assertThat(span.isEmpty()).isFalse();
          }
        }
        assertThat(end).isLessThanOrEqualTo(text.length());
      }
      for (TextSpan span : report.nonQuotes()) {
        assertThat(span.of(text)).isNotBlank();
      }
      assertThat(QuoteExtractor.of(language).report(text)).isEqualTo(report);
    }
  }

  @Property(tries = 200)
  void passagesAreNested(@ForAll("texts") String text) {
    List<MarkedPassage> open = new ArrayList<>();
    for (MarkedPassage passage : QuotationMarks.parse(text, at -> false)) {
      while (open.size() > passage.depth()) {
        open.remove(open.size() - 1);
      }
      assertThat(passage.outer().contains(passage.extent())).isTrue();
      if (!open.isEmpty()) {
        assertThat(open.get(open.size() - 1).outer().contains(passage.extent())).isTrue();
      }
      open.add(passage);
    }
  }

  /** An article in front, or behind, changes nothing in what the other holds. */
  @Test
  void articlesSideBySideKeepTheirQuotes() {
    String other =
        """
        Roman Weiss, chef de chantier, nie avoir commis une erreur.
        « Le pont est solide », assure-t-il.
        """;
    QuoteExtractor extractor = QuoteExtractor.of(Language.FRENCH);
    String gap = "\n".repeat(3);
    int shift = ARTICLE.length() + gap.length();
    List<List<TextSpan>> apart = new ArrayList<>();
    for (Quote quote : extractor.extract(ARTICLE)) {
      apart.add(quote.content());
    }
    for (Quote quote : extractor.extract(other)) {
      apart.add(quote.content().stream().map(span -> span.shift(shift)).toList());
    }
    assertThat(apart).hasSize(6);
    assertThat(extractor.extract(ARTICLE + gap + other).stream().map(Quote::content).toList())
        .isEqualTo(apart);
  }

  @Test
  void marksMakeNoDifference() {
    QuoteExtractor extractor = QuoteExtractor.of(Language.FRENCH);
    String[][] pairs = {
      {"« ", " »"},
      {"«\u00a0", "\u00a0»"},
      {"«\u202f", "\u202f»"},
      {"«", "»"},
      {"“", "”"},
      {"\"", "\""},
      {"''", "''"},
      {"<< ", " >>"},
      {"‹ ", " ›"}
    };
    for (String[] pair : pairs) {
      String text =
          pair[0]
              + "La route est coupée"
              + pair[1]
              + ", a dit Jean Dupuis, qui attend "
              + pair[0]
              + "de l'aide"
              + pair[1]
              + ".";
      List<Quote> quotes = extractor.extract(text);
      assertThat(quotes).as(text).isNotEmpty();
      assertThat(quotes.get(0).words(text)).isEqualTo("La route est coupée");
      assertThat(quotes.get(0).speaker().of(text)).isEqualTo("Jean Dupuis");
      assertThat(quotes.get(0).repaired()).isEmpty();
    }
  }

  /** A text that makes some step quadratic would take hours here. */
  @Test
  void hostileTextsEnd() {
    QuoteExtractor extractor = QuoteExtractor.of(Language.FRENCH);
    int size = 100_000;
    for (String unit :
        List.of(
            "« ",
            " »",
            "\"",
            "\" ",
            "'' ",
            "«»",
            "“‘",
            "a « b ",
            "dit-il ",
            "selon ",
            "que ",
            "Jean ",
            ", ",
            "a dit que ",
            "« a",
            "'a ",
            ". ",
            "\n« a",
            "le ")) {
      extractor.report(unit.repeat(size / unit.length()));
    }
    String article = ARTICLE.repeat(2_000);
    assertThat(extractor.extract(article)).hasSizeGreaterThan(7_000);
  }
}
