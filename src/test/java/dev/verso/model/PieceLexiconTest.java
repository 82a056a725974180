package dev.verso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PieceLexiconTest {

  private static Path write(Path directory, String text) throws IOException {
    Path file = directory.resolve("lexicon.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  @Test
  void readsTenthsOfANat(@TempDir Path directory) throws IOException {
    PieceLexicon lexicon = PieceLexicon.read(write(directory, "1\t0:0\n3\t2:7 4:23\n"), 5);
    double[] expected = lexicon.expected(List.of(3, 1, 3, 2, 4));
    assertThat(expected)
        .containsExactly(
            new double[] {1, 0, 2 * Math.exp(-.7), 0, 2 * Math.exp(-2.3)}, within(1e-6));
    assertThat(lexicon.expected(List.of())).containsOnly(0);
  }

  @Test
  void saysWhichFileIsDamagedAndHow(@TempDir Path directory) throws IOException {
    for (String text : List.of("1\t5:3\n", "7\t1:3\n", "1\t1:-3\n", "1 1:3\n", "1\t1\n")) {
      Path file = write(directory, text);
      assertThatThrownBy(() -> PieceLexicon.read(file, 5))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("lexicon.txt.gz");
    }
    Path file = Files.writeString(directory.resolve("lexicon.txt.gz"), "no gzip");
    assertThatThrownBy(() -> PieceLexicon.read(file, 5)).hasMessageContaining("lexicon.txt.gz");
  }

  @Test
  void takesNothingButProbabilities() {
    assertThatThrownBy(() -> PieceLexicon.of(Map.of(1, Map.of(2, 1.5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p(2 | 1) = 1.5");
    assertThat(PieceLexicon.of(Map.of()).expected(List.of(1))).isEmpty();
  }
}
