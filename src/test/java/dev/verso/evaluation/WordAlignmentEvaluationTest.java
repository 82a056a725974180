package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.LexicalAligner;
import dev.verso.wordalign.StatisticalAligner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordAlignmentEvaluationTest {

  /**
   * Floors for each method; the combination with weights that were not fitted on what they are
   * scored on.
   */
  @Test
  void eachMethodKeepsItsErrorRate() throws IOException {
    List<GoldWordPair> gold = GoldWordPair.read(Path.of("evaluation", "words", "alibi-dev.jsonl"));
    double lexical = WordAlignmentEvaluation.score(LexicalAligner.shipped(), gold).errorRate();
    double hmm = WordAlignmentEvaluation.score(StatisticalAligner.shipped(), gold).errorRate();
    double combined =
        WordAlignmentEvaluation.crossValidated(CombinedAligner.shipped(), gold).errorRate();
    assertThat(lexical).isLessThan(0.16);
    assertThat(hmm).isLessThan(0.125);
    assertThat(combined).isLessThan(0.08);
  }
}
