package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.AlignmentLink.Strength;
import dev.verso.evaluation.GoldWordPair.TokenPair;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsEvaluationTest {

  private static final Path ALIBI = Path.of("evaluation/words/alibi-dev.jsonl");

  @TempDir Path folder;

  /** « l’ OTAN a ri » – “NATO laughed”: OTAN–NATO, ri–laughed sure; l’–NATO, a–laughed possible. */
  private static final GoldWordPair PAIR =
      new GoldWordPair(
          "p",
          "l’OTAN a ri",
          "NATO laughed",
          List.of(new TextSpan(0, 2), new TextSpan(2, 6), new TextSpan(7, 8), new TextSpan(9, 11)),
          List.of(new TextSpan(0, 4), new TextSpan(5, 12)),
          Set.of(new TokenPair(1, 0), new TokenPair(3, 1)),
          Set.of(new TokenPair(0, 0), new TokenPair(2, 1)));

  private static AlignmentLink link(int start, int end, int from, int to, Strength strength) {
    return new AlignmentLink(new TextSpan(start, end), new TextSpan(from, to), strength, 0.5);
  }

  @Test
  void goldLinksScorePerfectly() {
    WordScore score =
        WordsEvaluation.score(
            PAIR, List.of(link(2, 6, 0, 4, Strength.SURE), link(9, 11, 5, 12, Strength.SURE)));
    assertThat(score).isEqualTo(new WordScore(2, 2, 2, 2));
    assertThat(score.errorRate()).isZero();
  }

  @Test
  void aLinkStandsForEveryPairOfTokensItOverlaps() {
    // l’OTAN–NATO is l’–NATO (possible) and OTAN–NATO (sure); a–NATO is wrong; ri is missed.
    WordScore score =
        WordsEvaluation.score(
            PAIR, List.of(link(0, 6, 0, 4, Strength.SURE), link(7, 8, 0, 4, Strength.POSSIBLE)));
    assertThat(score).isEqualTo(new WordScore(3, 2, 1, 2));
    assertThat(score.errorRate()).isEqualTo(1 - 3.0 / 5, within(1e-12));
    assertThat(score.precision()).isEqualTo(2.0 / 3, within(1e-12));
    assertThat(score.recall()).isEqualTo(0.5, within(1e-12));
  }

  @Test
  void pairsCountOnceAndLinksOfNothingCountAsWrong() {
    WordScore score =
        WordsEvaluation.score(
            PAIR,
            List.of(
                link(2, 4, 0, 4, Strength.SURE), // two halves of OTAN
                link(4, 6, 0, 4, Strength.SURE),
                link(6, 7, 0, 4, Strength.SURE), // a space
                link(6, 7, 0, 4, Strength.POSSIBLE), // the same again
                link(9, 11, 4, 4, Strength.SURE))); // an empty range
    assertThat(score).isEqualTo(new WordScore(3, 2, 1, 1));
  }

  @Test
  void nothingPredictedIsAllMissed() {
    WordScore score = WordsEvaluation.score(PAIR, List.of());
    assertThat(score.errorRate()).isEqualTo(1);
    assertThat(score.precision()).isEqualTo(1);
    assertThat(score.recall()).isZero();
    assertThat(new WordScore(0, 0, 0, 0).errorRate()).isZero();
  }

  /** The worked figures of the formula: |A| = 8, |S| = 5, |A∩S| = 4, |A∩P| = 6. */
  @Test
  void theFormulaIsThatOfOchAndNey() {
    WordScore score = new WordScore(8, 5, 4, 6);
    assertThat(score.errorRate()).isEqualTo(3.0 / 13, within(1e-12));
    assertThat(score.precision()).isEqualTo(0.75);
    assertThat(score.recall()).isEqualTo(0.8);
    assertThatThrownBy(() -> new WordScore(1, 1, 1, 0)).hasMessageContaining("not counts");
  }

  @Test
  void theGoldSetReadsWholeAndScoresItself() throws IOException {
    List<GoldWordPair> gold = GoldWordPair.read(ALIBI);
    assertThat(gold).hasSize(158);
    assertThat(gold.stream().mapToInt(pair -> pair.sure().size()).sum()).isEqualTo(2854);
    assertThat(gold.stream().mapToInt(pair -> pair.possible().size()).sum()).isEqualTo(2854 + 3958);
    GoldWordPair first = gold.get(0);
    assertThat(first.frenchTokens().get(6).of(first.french())).isEqualTo("Botté");
    assertThat(first.sure()).contains(new TokenPair(3, 4));

    List<List<AlignmentLink>> links =
        gold.stream()
            .map(
                pair ->
                    pair.possible().stream()
                        .map(
                            tokens ->
                                new AlignmentLink(
                                    pair.frenchTokens().get(tokens.french()),
                                    pair.englishTokens().get(tokens.english()),
                                    pair.sure().contains(tokens)
                                        ? Strength.SURE
                                        : Strength.POSSIBLE,
                                    1))
                        .toList())
            .toList();
    WordsReport report = WordsEvaluation.run("alibi", gold, links, Bootstrap.DEFAULT);
    assertThat(report.rows().get(0).score().errorRate()).isZero();
    assertThat(report.rows().get(0).score().predicted()).isEqualTo(6812);
    assertThat(report.rows().get(1).score()).isEqualTo(new WordScore(2854, 2854, 2854, 2854));
    StringBuilder table = new StringBuilder();
    report.print(table);
    assertThat(table)
        .contains("alibi, 158 sentence pairs")
        .contains("all links         0.000  0.000      1.000   1.000       6812  2854");
    assertThat(report.toJson()).contains("\"predicted\":6812");
  }

  /** Against the definition, character by character. */
  @Property(tries = 500)
  void overlapIsSharingACharacter(@ForAll Random random) {
    List<TextSpan> french = tokens(random);
    List<TextSpan> english = tokens(random);
    Set<TokenPair> sure = new HashSet<>();
    Set<TokenPair> possible = new HashSet<>();
    for (int i = 0; i < 4 && !french.isEmpty() && !english.isEmpty(); i++) {
      TokenPair pair = new TokenPair(random.nextInt(french.size()), random.nextInt(english.size()));
      possible.add(pair);
      if (random.nextBoolean()) {
        sure.add(pair);
      }
    }
    GoldWordPair gold =
        new GoldWordPair("r", "x".repeat(20), "y".repeat(20), french, english, sure, possible);
    List<AlignmentLink> links = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      int start = random.nextInt(20);
      int from = random.nextInt(20);
      links.add(
          link(
              start,
              start + random.nextInt(20 - start),
              from,
              from + random.nextInt(20 - from),
              Strength.SURE));
    }

    int wrong = 0;
    Set<TokenPair> pairs = new HashSet<>();
    for (AlignmentLink link : new HashSet<>(links)) {
      boolean any = false;
      for (int f = 0; f < french.size(); f++) {
        for (int e = 0; e < english.size(); e++) {
          if (shareACharacter(french.get(f), link.source())
              && shareACharacter(english.get(e), link.target())) {
            pairs.add(new TokenPair(f, e));
            any = true;
          }
        }
      }
      wrong += any ? 0 : 1;
    }
    Set<TokenPair> inSure = new HashSet<>(pairs);
    inSure.retainAll(sure);
    Set<TokenPair> inPossible = new HashSet<>(pairs);
    inPossible.retainAll(possible);
    assertThat(WordsEvaluation.score(gold, links))
        .isEqualTo(
            new WordScore(pairs.size() + wrong, sure.size(), inSure.size(), inPossible.size()));
  }

  private static List<TextSpan> tokens(Random random) {
    List<TextSpan> tokens = new ArrayList<>();
    for (int start = random.nextInt(6); start < 18; ) {
      int end = start + 1 + random.nextInt(2);
      tokens.add(new TextSpan(start, end));
      start = end + random.nextInt(3);
    }
    return tokens;
  }

  private static boolean shareACharacter(TextSpan one, TextSpan other) {
    return IntStream.range(one.start(), one.end())
        .anyMatch(i -> other.start() <= i && i < other.end());
  }

  @Test
  void codePointsBecomeUnits() throws IOException {
    Path file = folder.resolve("gold.jsonl");
    Files.writeString(
        file,
        "\n{\"id\":\"1\",\"fr\":\"😀 oui\",\"en\":\"yes 😀\",\"fr_spans\":[[0,1],[2,5]],"
            + "\"en_spans\":[[0,3],[4,5]],\"links\":[[0,1,\"S\"],[1,0,\"P\"]]}\n");
    GoldWordPair pair = GoldWordPair.read(file).get(0);
    assertThat(pair.frenchTokens()).containsExactly(new TextSpan(0, 2), new TextSpan(3, 6));
    assertThat(pair.englishTokens().get(1).of(pair.english())).isEqualTo("😀");
    assertThat(pair.sure()).containsExactly(new TokenPair(0, 1));
    assertThat(pair.possible()).containsOnly(new TokenPair(0, 1), new TokenPair(1, 0));
  }

  @Test
  void brokenGoldIsNamedByFileAndLine() throws IOException {
    Path file = folder.resolve("gold.jsonl");
    for (String line :
        List.of(
            "{",
            "{}",
            "{\"id\":\"1\",\"fr\":\"a\",\"en\":\"b\",\"fr_spans\":[[0,2]],\"en_spans\":[],"
                + "\"links\":[]}",
            "{\"id\":\"1\",\"fr\":\"a\",\"en\":\"b\",\"fr_spans\":[[0,1]],\"en_spans\":[[0,1]],"
                + "\"links\":[[0,1,\"S\"]]}",
            "{\"id\":\"1\",\"fr\":\"a\",\"en\":\"b\",\"fr_spans\":[[0,1]],\"en_spans\":[[0,1]],"
                + "\"links\":[[0,0,\"X\"]]}")) {
      Files.writeString(file, "\n" + line + "\n");
      assertThatThrownBy(() -> GoldWordPair.read(file))
          .as(line)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("gold.jsonl, line 2: not a gold word alignment");
    }
    assertThatThrownBy(() -> WordsEvaluation.run("g", List.of(PAIR), List.of(), Bootstrap.DEFAULT))
        .hasMessage("0 predicted alignments for 1 gold pairs of g");
  }
}
