package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verso.decoding.Hypothesis;
import dev.verso.decoding.Hypothesis.Outcome;
import dev.verso.decoding.SearchOptions;
import dev.verso.model.Attention;
import dev.verso.model.Tokenizer;
import dev.verso.model.TranslationModel;
import dev.verso.wordalign.Lexicon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdequacyTest {

  private static final Lexicon LEXICON = Lexicon.shipped();
  private static final double FLOOR = Math.log(1e-3);

  /** As many probabilities for each, so that length plays no part. */
  private static Hypothesis hypothesis(Tokenizer tokenizer, String text, double rank) {
    return new Hypothesis(
        tokenizer.encode(text).ids(),
        Collections.nCopies(12, rank / 12),
        new Attention(List.of()),
        Outcome.COMPLETE,
        rank);
  }

  private static List<String> ranked(String source, List<String> texts, List<Double> ranks)
      throws IOException {
    try (TranslationModel model = TranslationModel.load(Path.of("models/fr-en"))) {
      Tokenizer tokenizer = model.targetTokenizer();
      List<Hypothesis> found = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        found.add(hypothesis(tokenizer, texts.get(i), ranks.get(i)));
      }
      return Adequacy.ranked(source, found, SearchOptions.ofBeam(4), tokenizer).stream()
          .map(one -> tokenizer.decode(one.ids()).text())
          .toList();
    }
  }

  @Test
  void whatSaysAllComesFirstAmongEquals() throws IOException {
    String source = "Le ministre a visité une école rurale et un hôpital.";
    String all = "The minister visited a rural school and a hospital.";
    String less = "The minister visited a school and a hospital.";
    String least = "The minister visited a school.";
    assertThat(ranked(source, List.of(least, less, all), List.of(-.5, -.5, -.5)))
        .containsExactly(all, less, least);
    // What is far more likely stays first.
    assertThat(ranked(source, List.of(least, less, all), List.of(-.5, -3.5, -3.5)))
        .containsExactly(least, all, less);
  }

  @Test
  void withoutAKnownWordTheRankDecidesAndOneHypothesisStays() throws IOException {
    List<String> texts = List.of("A cat.", "A black cat.");
    assertThat(ranked("2 + 2 = 4", texts, List.of(-.6, -.5)))
        .containsExactly("A black cat.", "A cat.");
    assertThat(ranked("zzyxq", texts, List.of(-.5, -.5))).isEqualTo(texts);
    assertThat(ranked("Un chat.", List.of("A dog."), List.of(-.5))).containsExactly("A dog.");
  }

  @Test
  void moreWordsNeverExplainLess() {
    Random random = new Random(5);
    for (int trial = 0; trial < 200; trial++) {
      int[] source = random.ints(1 + random.nextInt(12), 0, LEXICON.sourceWords().size()).toArray();
      int[] target = new int[10];
      double before = FLOOR;
      for (int n = 0; n <= target.length; n++) {
        double adequacy = adequacy(source, Arrays.copyOf(target, n));
        assertThat(adequacy)
            .isBetween(before - 1e-12, 0.0)
            .isCloseTo(expected(source, target, n), within(1e-9));
        before = adequacy;
        if (n < target.length) {
          int word = source[random.nextInt(source.length)];
          int row = LEXICON.firstEntry(word);
          target[n] = LEXICON.target(row + random.nextInt(LEXICON.lastEntry(word) - row));
        }
      }
    }
    assertThat(adequacy(new int[0], new int[] {1, 2})).isZero();
  }

  private static double adequacy(int[] source, int[] target) {
    BitSet said = new BitSet();
    Arrays.stream(target).forEach(said::set);
    return Adequacy.adequacy(LEXICON, Arrays.stream(source).boxed().toList(), said);
  }

  /** The formula, entry by entry. */
  private static double expected(int[] source, int[] target, int length) {
    double sum = 0;
    double weights = 0;
    for (int word : source) {
      double best = 1e-3;
      for (int k = LEXICON.firstEntry(word); k < LEXICON.lastEntry(word); k++) {
        for (int t = 0; t < length; t++) {
          best = target[t] == LEXICON.target(k) ? Math.max(best, LEXICON.backward(k)) : best;
        }
      }
      sum -= Math.log(LEXICON.sourceFrequency(word)) * Math.log(best);
      weights -= Math.log(LEXICON.sourceFrequency(word));
    }
    return sum / weights;
  }
}
