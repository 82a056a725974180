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

  private static final Path CASES = Path.of("evaluation/quotes/attribution-dev.jsonl");

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
    List<Outcome> outcomes = outcomes();
    assertThat(outcomes).hasSizeGreaterThan(100);
    assertThat(outcomes.stream().filter(Outcome::isWrongPerson)).isEmpty();
    List<Outcome> wrong = outcomes.stream().filter(outcome -> !outcome.isRight()).toList();
    assertThat(wrong.size()).as("%s", wrong).isLessThanOrEqualTo(outcomes.size() / 20);
  }

  @Test
  void eachSaysHowItsSpeakerWasFound() throws IOException {
    int same = 0;
    int named = 0;
    for (Outcome outcome : outcomes()) {
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

  private static List<Outcome> outcomes() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<Outcome> outcomes = new ArrayList<>();
    for (String line : Files.readAllLines(CASES)) {
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

  /** The quote of the words: marked before unmarked; a report around a title does not quote it. */
  private static Quote find(List<Quote> quotes, TextSpan words, boolean marked) {
    Quote report = null;
    for (Quote quote : quotes) {
      if (quote.content().stream().anyMatch(words::overlaps)) {
        if (quote.type() != QuoteType.INDIRECT) {
          return quote;
        }
        report = report == null ? quote : report;
      }
    }
    return marked ? null : report;
  }
}
