package dev.verso.quote.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.TranslationUnit;
import dev.verso.model.TranslationModel;
import dev.verso.quote.Quote;
import dev.verso.quote.QuoteExtractor;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.text.TextSpan;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.Translator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tracing over the real article, translated by the model that ships. */
class QuoteTracerTest {

  private static Bitext bitext;
  private static QuoteTracer tracer;

  @BeforeAll
  static void translate() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("evaluation/articles/otan-moscou.txt"));
    Document document = Documents.read("otan-moscou.txt", bytes, ReadOptions.defaults());
    try (TranslationModel model = TranslationModel.load(Path.of("models/fr-en"));
        Translator translator = new Translator(model, 2)) {
      bitext =
          translator.translate(
              document, TranslationOptions.DEFAULT.withBeam(1), Progress.SILENT, Cancellation.NONE);
    }
    tracer = new QuoteTracer(bitext);
  }

  private static List<TranslationUnit> translated() {
    return bitext.units().filter(unit -> !unit.target().isEmpty()).toList();
  }

  @Test
  void eachOfOurSentencesLeadsBackToItsOwn() {
    for (TranslationUnit unit : translated()) {
      Trace trace = tracer.trace(unit.targetText());
      assertThat(trace.match()).isEqualTo(Trace.Match.EXACT);
      assertThat(trace.source()).containsExactly(unit.source().span());
    }
  }

  @Test
  void aWordLeadsBackToTheWordItIsLinkedTo() {
    TranslationUnit unit =
        translated().stream()
            .filter(u -> u.targetText().contains("Lungescu"))
            .findFirst()
            .orElseThrow();
    Trace trace = tracer.trace("Oana Lungescu");
    assertThat(trace.match()).isEqualTo(Trace.Match.EXACT);
    assertThat(unit.source().span().contains(trace.extent())).isTrue();
    assertThat(trace.extent().of(bitext.source().text())).contains("Lungescu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Lavrov added that contacts between the Western military alliance and Russia could be"
            + " maintained through the Russian embassy in Belgium.|via l’ambassade de Russie",
        "NATO suspended practical cooperation with Russia in 2014 after the annexation of Crimea"
            + "|2014",
        "The Russian mission is not at NATO headquarters but in a leafy part of southern Brussels"
            + "|Bruxelles"
      })
  void somebodyElsesTranslationLeadsToTheSentence(String english, String french) {
    Trace trace = tracer.trace(english);
    assertThat(trace.match()).isNotEqualTo(Trace.Match.NOT_FOUND);
    assertThat(trace.extent().of(bitext.source().text())).contains(french);
  }

  @Test
  void whatTheArticleDoesNotSayIsNotFound() {
    Trace trace = tracer.trace("Carmakers' shares fell sharply in Tokyo after weak sales figures.");
    assertThat(trace.match()).isEqualTo(Trace.Match.NOT_FOUND);
    assertThat(trace.source()).isEmpty();
    assertThat(tracer.trace("").match()).isEqualTo(Trace.Match.NOT_FOUND);
    assertThat(tracer.trace("« … »").match()).isEqualTo(Trace.Match.NOT_FOUND);
  }

  @Test
  void everyFrenchQuoteHasItsEnglishInItsOwnSentences() {
    List<Quote> quotes = QuoteExtractor.of(Language.FRENCH).extract(bitext.source());
    assertThat(quotes).hasSizeGreaterThan(10);
    for (Quote quote : quotes) {
      TextSpan english = tracer.toEnglish(quote.content()).orElseThrow();
      TextSpan allowed =
          translated().stream()
              .filter(u -> quote.content().stream().anyMatch(u.source().span()::overlaps))
              .map(TranslationUnit::target)
              .reduce(TextSpan::union)
              .orElseThrow();
      assertThat(allowed.contains(english)).as(quote.words(bitext.source().text())).isTrue();
      assertThat(english.of(bitext.targetText())).isNotBlank();
    }
  }
}
