package dev.verso.quote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.quote.attribution.SpeakerEvidence;
import dev.verso.text.Documents;
import dev.verso.text.InputFormat;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Who said what, on short texts that each try one way of telling it. */
class SpeakerCasesTest {

  private static final Path FIRST = Path.of("evaluation/quotes/attribution-dev.jsonl");
  private static final Path SECOND = Path.of("evaluation/quotes/attribution-2.jsonl");
  private static final Path THIRD = Path.of("evaluation/quotes/attribution-3.jsonl");

  /** Each quote of a case: what was found for it, and what should have been. */
  private record Outcome(String id, String wanted, String how, String name, Quote quote) {

    boolean isRight() {
      String want = plain(wanted);
      if (want.isEmpty()) {
        return name.isEmpty();
      }
      String got = plain(name);
      return got.contains(want) || (got.length() > 2 && want.contains(got));
    }

    boolean isWrongPerson() {
      return !isRight() && !name.isEmpty() && Character.isUpperCase(name.codePointAt(0));
    }

    private static String plain(String name) {
      return name.toLowerCase(Locale.ROOT)
          .replace('’', '\'')
          .replaceAll("^(le |la |les |l'|un |une |the |an? |m\\. |mme |me |mr |ms |dr\\.? )", "")
          .strip();
    }
  }

  @Test
  void nearlyAllAreRightAndNobodyElseIsNamed() throws IOException {
    atMostWrong(outcomes(FIRST), 20);
  }

  @Test
  void theSecondSetIsNearlyAllRightToo() throws IOException {
    atMostWrong(outcomes(SECOND), 12);
  }

  @Test
  void ordinaryNewsIsNearlyAllRightToo() throws IOException {
    atMostWrong(outcomes(THIRD), 12);
  }

  private static void atMostWrong(List<Outcome> outcomes, int oneOf) {
    assertThat(outcomes).hasSizeGreaterThan(100);
    assertThat(outcomes.stream().filter(Outcome::isWrongPerson)).isEmpty();
    List<Outcome> wrong = outcomes.stream().filter(outcome -> !outcome.isRight()).toList();
    assertThat(wrong.size()).as("%s", wrong).isLessThanOrEqualTo(outcomes.size() / oneOf);
  }

  @Test
  void eachSaysHowItsSpeakerWasFound() throws IOException {
    int same = 0;
    int named = 0;
    for (Outcome outcome : outcomes(FIRST)) {
      Quote quote = outcome.quote();
      if (quote == null) {
        continue;
      }
      assertThat(quote.attributionSpan() == null)
          .isEqualTo(quote.attribution() == SpeakerEvidence.NONE);
      named++;
      same += quote.attribution().label().equals(outcome.how()) ? 1 : 0;
    }
    assertThat(same).as("of %d", named).isGreaterThanOrEqualTo(named * 85 / 100);
  }

  private static List<Outcome> outcomes(Path cases) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<Outcome> outcomes = new ArrayList<>();
    for (String line : Files.readAllLines(cases)) {
      JsonNode item = mapper.readTree(line);
      String text = item.get("text").asText();
      Language language =
          item.get("lang").asText().equals("fr") ? Language.FRENCH : Language.ENGLISH;
      ReadOptions options =
          ReadOptions.defaults().withFormat(InputFormat.TEXT).withLanguage(language);
      List<Quote> quotes =
          QuoteExtractor.of(language).extract(Documents.read("case.txt", text, options));
      for (JsonNode wanted : item.get("quotes")) {
        String who = wanted.get("who").asText();
        int at = text.indexOf(wanted.get("words").asText());
        TextSpan words = new TextSpan(at, at + wanted.get("words").asText().length());
        Quote quote = find(quotes, words, who.isEmpty());
        String name = quote == null || quote.speakerName() == null ? "" : quote.speakerName();
        outcomes.add(
            new Outcome(item.get("id").asText(), who, wanted.get("how").asText(), name, quote));
      }
    }
    return outcomes;
  }

  /**
   * The quote of the words: marked before unmarked, of two marked ones the inner; a report around a
   * title does not quote it.
   */
  private static Quote find(List<Quote> quotes, TextSpan words, boolean marked) {
    Quote report = null;
    Quote direct = null;
    for (Quote quote : quotes) {
      if (quote.content().stream().noneMatch(words::overlaps)) {
        continue;
      }
      if (quote.type() == QuoteType.INDIRECT) {
        report = report == null ? quote : report;
      } else if (direct == null || length(quote) < length(direct)) {
        direct = quote;
      }
    }
    return direct != null ? direct : marked ? null : report;
  }

  private static int length(Quote quote) {
    return quote.content().stream().mapToInt(TextSpan::length).sum();
  }
}
