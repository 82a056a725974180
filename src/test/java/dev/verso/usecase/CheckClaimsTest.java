package dev.verso.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.engine.Engine;
import dev.verso.quote.check.CheckedQuote;
import dev.verso.quote.check.ErrorKind;
import dev.verso.quote.check.Judgement.Label;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.ReadOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check says, and what it leaves open. */
class CheckClaimsTest {

  private static final Document ARTICLE =
      Documents.read(
          "conseil.txt",
          "« Je voterai contre ce budget », a déclaré la députée Marine Delpierre. Son père,"
              + " Jean-Marc Delpierre, n'a pas souhaité réagir.\n\n« La salle coûtera 35 millions"
              + " d'euros », a répondu le ministre Paul Martin. « Rendez-vous à 17 h 30 », a conclu"
              + " le greffier.\n\n« Il nous a bernés », a dit le plaignant.\n",
          ReadOptions.defaults());

  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = Engine.open(Engine.shippedModel(), 2);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static CheckedQuote check(String quote, String speaker) {
    CheckQuotes.Request request =
        new CheckQuotes.Request(
            ARTICLE, List.of(quote), Optional.ofNullable(speaker), Optional.empty());
    return new CheckQuotes(engine).check(request, Cancellation.NONE).checked().get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Marine Delpierre|true",
        "Ms Delpierre|true",
        "the MP|true",
        "the MP Marine Delpierre|true",
        "Jean-Marc Delpierre|false",
        "Paul Martin|false"
      })
  void onlyAnotherNameIsAnotherSpeaker(String speaker, boolean same) {
    CheckedQuote checked = check("I will vote against this budget", speaker);
    assertThat(checked.judgement().label() == Label.FAITHFUL).as(speaker).isEqualTo(same);
    assertThat(checked.speakerNote()).isEmpty();
    if (!same) {
      assertThat(checked.judgement().findings().get(0).kind())
          .isEqualTo(ErrorKind.WRONG_ATTRIBUTION);
    }
  }

  @Test
  void whatIsNotSureOfTheSpeakerTurnsNoVerdict() {
    CheckedQuote checked = check("I will vote against this budget", "a union official");
    assertThat(checked.judgement().label()).isEqualTo(Label.FAITHFUL);
    assertThat(checked.speakerNote()).contains("Marine Delpierre").contains("not certain");
    assertThat(checked.judgement().explanation()).isEqualTo("No difference was found.");
  }

  @Test
  void unitsAndTimesAreCompared() {
    assertThat(check("The hall will cost 35 million euros", null).judgement().label())
        .isEqualTo(Label.FAITHFUL);
    CheckedQuote dollars = check("The hall will cost 35 million dollars", null);
    assertThat(dollars.judgement().label()).isEqualTo(Label.UNFAITHFUL);
    assertThat(dollars.judgement().findings().get(0).kind()).isEqualTo(ErrorKind.NUMBER);
    assertThat(check("See you at 5:30 pm", null).judgement().label()).isEqualTo(Label.FAITHFUL);
    assertThat(check("See you at 5:30 am", null).judgement().label()).isEqualTo(Label.UNFAITHFUL);
  }

  /** The model finds the place of both, and knows too little to tell them apart. */
  @ParameterizedTest
  @CsvSource({"He fooled us", "He loved us"})
  void aShortQuoteOfUnknownWordsIsFoundAndLeftOpen(String quote) {
    CheckedQuote checked = check(quote, null);
    assertThat(checked.passage()).isNotEmpty();
    assertThat(checked.passage().get(0).of(ARTICLE.text())).contains("bernés");
    assertThat(checked.judgement().label()).isEqualTo(Label.UNFAITHFUL);
    assertThat(checked.judgement().probability()).isGreaterThan(0.4);
    assertThat(checked.judgement().explanation()).contains("read both");
  }
}
