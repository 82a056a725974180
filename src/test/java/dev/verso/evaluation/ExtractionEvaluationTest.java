package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionEvaluationTest {

  private static final String ONE =
      "Le pont de bois qui relie les deux rives restera fermé cet été.";
  private static final String TWO =
      "Une navette circulera matin et soir à partir du 3 octobre, dit-on.";

  @Test
  void ourPagesAreReadWell() throws IOException {
    List<ExtractionEvaluation.Score> scores =
        ExtractionEvaluation.scores(Path.of("evaluation/extraction"));
    assertThat(scores).hasSizeGreaterThanOrEqualTo(30);
    ExtractionEvaluation.Score total = ExtractionEvaluation.total(scores);
    assertThat(total.recall()).isGreaterThanOrEqualTo(0.97);
    assertThat(total.precision()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void missedAndAddedSentencesAreTold(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("a.html"),
        "<body><article><h1>Le pont</h1><p>" + ONE + "</p><p>" + TWO + "</p></article></body>");
    Files.writeString(folder.resolve("a.txt"), "Le pont\n\n" + ONE + "\nUn autre jour.\n");
    ExtractionEvaluation.Score score = ExtractionEvaluation.scores(folder).get(0);
    assertThat(score.missed()).containsExactly("Un autre jour.");
    assertThat(score.added()).containsExactly(TWO);
    assertThat(score.recall()).isEqualTo(2.0 / 3);
    assertThat(score.precision()).isEqualTo(2.0 / 3);
  }

  @Test
  void theHeadlineCountsOnNeitherSideOfAnExpectedPage(@TempDir Path folder) throws IOException {
    Path page = Files.createDirectory(folder.resolve("one"));
    Files.writeString(
        page.resolve("source.html"),
        "<body><article><h1>Le pont</h1><p>" + ONE + "</p><p>" + TWO + "</p></article></body>");
    Files.writeString(
        page.resolve("expected.html"), "<div><p>" + ONE + "</p><p>" + TWO + "</p></div>");
    ExtractionEvaluation.Score score = ExtractionEvaluation.scores(folder).get(0);
    assertThat(score.gold()).isEqualTo(2);
    assertThat(score.extracted()).isEqualTo(2);
    assertThat(score.common()).isEqualTo(2);
  }
}
