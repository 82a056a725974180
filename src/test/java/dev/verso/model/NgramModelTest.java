package dev.verso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NgramModelTest {

  private static final int PIECES = 5;

  /** Wherever a sentence leads, probabilities are those of the definition. */
  @Test
  void backsOffAsDefined() {
    for (long seed = 0; seed < 200; seed++) {
      NgramFiles known = new NgramFiles(PIECES, seed);
      NgramModel model = known.model();
      Random random = new Random(seed);
      NgramModel.Context context = model.start();
      List<Integer> before = new ArrayList<>(List.of(PIECES));
      for (int t = 0; t < 12; t++) {
        for (int piece = 0; piece < PIECES; piece++) {
          assertThat(model.logProbability(context, piece))
              .as("seed %d, %d after %s", seed, piece, before)
              .isCloseTo(known.expected(before, piece), within(1e-5));
        }
        int next = random.nextInt(PIECES);
        context = model.after(context, next);
        before.add(next);
      }
    }
  }

  @Test
  void saysWhichFileIsDamaged(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("ngrams.bin");
    byte[] whole = new NgramFiles(PIECES, 3).bytes();
    for (int length : new int[] {0, 3, 20, 1000, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(file, PIECES);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    refused(file, PIECES);
    byte[] other = whole.clone();
    other[0] = 'X';
    Files.write(file, other);
    refused(file, PIECES);
    byte[] many = whole.clone();
    Arrays.fill(many, 8, 12, (byte) 0x7f);
    Files.write(file, many);
    refused(file, PIECES);
    Files.write(file, whole);
    refused(file, PIECES - 1);
    assertThat(NgramModel.read(file, PIECES).start()).isNotNull();
  }

  private static void refused(Path file, int pieces) {
    assertThatThrownBy(() -> NgramModel.read(file, pieces))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("ngrams.bin");
  }

  /** English comes before its words in another order. */
  @Test
  void theShippedModelKnowsEnglish() {
    try (TranslationModel model = TranslationModel.load(Path.of("models/fr-en"))) {
      NgramModel ngrams = model.ngrams().orElseThrow();
      double said = sum(model, ngrams, "He did not deny that he had received the money.");
      double unsaid = sum(model, ngrams, "Had he that money the received he deny not did.");
      double wrong = sum(model, ngrams, "He did not denied that he had receive the money.");
      assertThat(said).isGreaterThan(unsaid + 10).isGreaterThan(wrong + 1);
    }
  }

  private static double sum(TranslationModel model, NgramModel ngrams, String text) {
    double sum = 0;
    NgramModel.Context context = ngrams.start();
    for (int piece : model.targetTokenizer().encode(text).ids()) {
      sum += ngrams.logProbability(context, piece);
      context = ngrams.after(context, piece);
    }
    return sum + ngrams.logProbability(context, model.network().tokens().eos());
  }
}
