package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.verso.quote.Quote;
import dev.verso.quote.QuoteReport;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuoteEvaluationTest {

  @TempDir Path folder;

  private static final String GOLD =
      "{\"id\":\"a\",\"text\":\"😀 Anne dit: «Il pleut». Elle aime «Minuit». Il neige, dit Paul.\","
          + "\"quotes\":[{\"type\":\"direct\",\"content\":[[13,21]],\"speaker\":[2,6],"
          + "\"speaker_coref\":null,\"speaker_name\":\"Anne Roy\",\"cue\":[7,10],\"negated\":false},"
          + "{\"type\":\"indirect\",\"content\":[[44,52]],\"speaker\":[58,62],"
          + "\"speaker_coref\":null,\"speaker_name\":\"Paul\",\"cue\":[54,57],\"negated\":false}],"
          + "\"non_quotes\":[[35,41]],\"ignore\":[]}\n";

  private List<GoldQuotes> gold() throws IOException {
    Path file = folder.resolve("gold.jsonl");
    Files.writeString(file, GOLD);
    return GoldQuotes.read(file);
  }

  @Test
  void goldCountsCodePointsAndTheProductUnits() throws IOException {
    GoldQuotes gold = gold().get(0);
    assertThat(gold.quotes().get(0).content().get(0).of(gold.text())).isEqualTo("Il pleut");
    assertThat(gold.quotes().get(1).content().get(0).of(gold.text())).isEqualTo("Il neige");
    assertThat(gold.nonQuotes().get(0).of(gold.text())).isEqualTo("Minuit");
  }

  /** Counts by hand: one of two found exactly, a title taken for a quote, a wrong speaker. */
  @Test
  void countsAsTheDefinitionsSay() throws IOException {
    GoldQuotes gold = gold().get(0);
    TextSpan title = gold.nonQuotes().get(0);
    QuoteReport report =
        new QuoteReport(
            List.of(
                quote(QuoteType.DIRECT, gold.quotes().get(0).content().get(0), title, "Minuit"),
                quote(QuoteType.MIXED, title, null, null)),
            List.of());
    QuoteScores scores = QuoteEvaluation.run("own", List.of(gold), text -> report);
    assertThat(scores.share("all P@exact")).isEqualTo(.5);
    assertThat(scores.share("all R@0.8")).isEqualTo(.5);
    assertThat(scores.share("marked R@0.8")).isEqualTo(1);
    assertThat(scores.f1("marked", "0.8")).isEqualTo(2. / 3, within(1e-12));
    assertThat(scores.share("speaker of matched quotes")).isZero();
    assertThat(scores.share("non-quotes taken for quotes")).isEqualTo(1);
  }

  @Test
  void goldAgainstItselfIsPerfect() throws IOException {
    GoldQuotes gold = gold().get(0);
    QuoteReport report =
        new QuoteReport(
            gold.quotes().stream()
                .map(
                    quote ->
                        new Quote(
                            quote.type(),
                            quote.content(),
                            quote.speaker(),
                            quote.speakerCoref(),
                            quote.speakerName(),
                            quote.cue(),
                            quote.negated(),
                            List.of()))
                .toList(),
            gold.nonQuotes());
    QuoteScores scores = QuoteEvaluation.run("own", List.of(gold), text -> report);
    assertThat(scores.f1("all", "exact")).isEqualTo(1);
    assertThat(scores.share("speaker of matched quotes")).isEqualTo(1);
    StringBuilder out = new StringBuilder();
    scores.print(out);
    assertThat(out).contains("own, 1 documents").contains("indirect");
    assertThat(scores.toJson()).contains("\"all@exact\":1.0");
  }

  @Test
  void malformedLinesAreNamed() throws IOException {
    Path file = folder.resolve("bad.jsonl");
    Files.writeString(file, "{\"id\":1}\n");
    assertThatThrownBy(() -> GoldQuotes.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.jsonl, line 1");
  }

  private static Quote quote(QuoteType type, TextSpan content, TextSpan speaker, String name) {
    return new Quote(type, List.of(content), speaker, null, name, null, false, List.of());
  }
}
