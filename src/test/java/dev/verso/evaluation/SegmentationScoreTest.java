package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verso.text.Language;
import dev.verso.text.SentenceSegmenter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentationScoreTest {

  private static final SentenceSegmenter FRENCH = SentenceSegmenter.of(Language.FRENCH);

  @Test
  void countsWhatIsFoundAndWhatIsMissed() {
    // "et" in lower case hides a boundary; "Fin. Suite" inside a sentence makes one too many.
    SegmentationScore score =
        SegmentationScore.of(
            List.of("Il pleut.", "et il vente.", "Il rit. Elle part.", "Tout va.", "Bien."),
            5,
            FRENCH);
    assertThat(score.expected()).isEqualTo(4);
    assertThat(score.found()).isEqualTo(4);
    assertThat(score.correct()).isEqualTo(3);
    assertThat(score.f1()).isCloseTo(0.75, within(1e-12));
    assertThat(score.errorsByKind())
        .containsEntry("missed before a lower-case letter", 1)
        .containsEntry("false after a word", 1)
        .hasSize(2);
    assertThat(score.errors().get(0).context()).startsWith("Il pleut.| et il vente.");
  }

  @Test
  void paragraphsAreScoredApart() {
    List<String> sentences = Collections.nCopies(11, "Il pleut.");
    assertThat(SegmentationScore.of(sentences, 5, FRENCH).expected()).isEqualTo(8);
    assertThat(SegmentationScore.of(sentences, 5, FRENCH).f1()).isEqualTo(1);
    assertThat(SegmentationScore.of(List.of(), 5, FRENCH).f1()).isEqualTo(1);
  }

  @Test
  void onlyWholeSingleSentencesCount() {
    assertThat(SegmentationEvaluation.isOneSentence("Il pleut.")).isTrue();
    assertThat(SegmentationEvaluation.isOneSentence("« Il pleut ! »")).isTrue();
    assertThat(SegmentationEvaluation.isOneSentence("Il a 3.5 % de plus...")).isTrue();
    assertThat(SegmentationEvaluation.isOneSentence("Un titre")).isFalse();
    assertThat(SegmentationEvaluation.isOneSentence("Il pleut. Il vente.")).isFalse();
    assertThat(SegmentationEvaluation.isOneSentence("« Oui ! » dit-il.")).isFalse();
    assertThat(SegmentationEvaluation.isOneSentence("")).isFalse();
  }

  @Test
  void theRunPrintsFigureKindsAndPlaces(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("lignes"), "Il pleut.\nTitre\net il vente.\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SegmentationEvaluation.run(
        file, Language.FRENCH, new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "boundaries 1  found 0  P 1.0000  R 0.0000  F1 0.0000",
            "    1  missed before a lower-case letter",
            "missed before a lower-case letter: Il pleut.| et il vente.");
  }
}
