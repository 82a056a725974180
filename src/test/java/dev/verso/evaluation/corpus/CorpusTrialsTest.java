package dev.verso.evaluation.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.LineFile;
import dev.verso.usecase.corpus.CleanCorpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small versions of the trials that {@code verso evaluate corpus} runs. */
class CorpusTrialsTest {

  private static final Path SETS = Path.of("evaluation", "mt");

  @Test
  void pagesOfACrawlFindTheirTranslations(@TempDir Path folder) throws IOException {
    CrawlTrial.Score score =
        CrawlTrial.run(SETS.resolve("flores-dev.fr"), SETS.resolve("flores-dev.en"), 11, folder);
    assertThat(score.pages()).isEqualTo(200);
    assertThat(score.precision()).isGreaterThanOrEqualTo(0.97);
    assertThat(score.recall()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void mostOfWhatIsPutInIsCaught() throws IOException {
    List<String> french = LineFile.read(SETS.resolve("flores-dev.fr")).subList(0, 200);
    List<String> english = LineFile.read(SETS.resolve("flores-dev.en")).subList(0, 200);
    StringBuilder table = new StringBuilder();
    InjectionTrial.Score score = InjectionTrial.run(french, english, 1, CleanCorpus.fast(), table);
    assertThat(score.caught()).as(table.toString()).isGreaterThanOrEqualTo(0.9);
    assertThat(score.lost()).as(table.toString()).isLessThanOrEqualTo(0.03);
  }

  @Test
  void aucIsTheShareOfPairsInOrder() {
    assertThat(PairQualityEvaluation.auc(new double[] {3, 2, 2}, new double[] {1, 2}))
        .isEqualTo((1 + 1 + 1 + 0.5 + 1 + 0.5) / 6);
  }
}
