package dev.verso.wordalign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.verso.wordalign.Lexicon.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LexiconTest {

  private static final String LETTERS = "abcdéèœ’𝄞𝄢";

  private static String word(Random random) {
    int[] points = LETTERS.codePoints().toArray();
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(9); i >= 0; i--) {
      word.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return word.toString();
  }

  private static Lexicon random(Random random, List<Entry> entries) {
    Map<String, Double> sources = new HashMap<>();
    Map<String, Double> targets = new HashMap<>();
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      Entry entry = new Entry(word(random), word(random), random.nextDouble(), random.nextDouble());
      if (seen.add(List.of(entry.source(), entry.target()))) {
        entries.add(entry);
        sources.put(entry.source(), Math.pow(10, -6 * random.nextDouble()));
        targets.put(entry.target(), Math.pow(10, -6 * random.nextDouble()));
      }
    }
    return Lexicon.of(entries, sources, targets);
  }

  private static byte[] written(Lexicon lexicon) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    lexicon.write(out);
    return out.toByteArray();
  }

  @Test
  void whatIsWrittenIsReadToTheStatedPrecision() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      List<Entry> entries = new ArrayList<>();
      Lexicon lexicon = random(new Random(seed), entries);
      Lexicon read = Lexicon.read(new ByteArrayInputStream(written(lexicon)));
      assertThat(read.sourceWords()).isEqualTo(lexicon.sourceWords());
      assertThat(read.targetWords()).isEqualTo(lexicon.targetWords());
      assertThat(read.size()).isEqualTo(entries.size());
      for (Entry entry : entries) {
        int source = read.sourceId(entry.source());
        int target = read.targetId(entry.target());
        int k = read.entry(source, target);
        // Half a step of the logarithm; what is smaller than the last step is that step.
        assertThat(Math.log(read.forward(k)))
            .isCloseTo(Math.max(-12.7, Math.log(entry.forward())), within(0.0251));
        assertThat(Math.log(read.backward(k)))
            .isCloseTo(Math.max(-12.7, Math.log(entry.backward())), within(0.0251));
        assertThat(Math.log(read.sourceFrequency(source)))
            .isCloseTo(Math.log(lexicon.sourceFrequency(source)), within(0.0626));
        assertThat(Math.log(read.targetFrequency(target)))
            .isCloseTo(Math.log(lexicon.targetFrequency(target)), within(0.0626));
      }
    }
  }

  @Test
  void aDamagedFileIsRefusedWhereverItEndsOrWhateverItsNumbersSay() throws IOException {
    Random random = new Random(7);
    byte[] plain;
    try (GZIPInputStream zip =
        new GZIPInputStream(new ByteArrayInputStream(written(random(random, new ArrayList<>()))))) {
      plain = zip.readAllBytes();
    }
    for (int length = 0; length < plain.length; length += 1 + random.nextInt(50)) {
      byte[] cut = packed(Arrays.copyOf(plain, length));
      assertThatThrownBy(() -> Lexicon.read(new ByteArrayInputStream(cut)))
          .isInstanceOf(IOException.class);
    }
    byte[] huge = Arrays.copyOf(plain, plain.length);
    Arrays.fill(huge, 4, 8, (byte) 0xFF);
    huge[8] = 7; // two thousand million words
    assertThatThrownBy(() -> Lexicon.read(new ByteArrayInputStream(packed(huge))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged lexicon");
    byte[] other = Arrays.copyOf(plain, plain.length);
    other[0] = 'X';
    assertThatThrownBy(() -> Lexicon.read(new ByteArrayInputStream(packed(other))))
        .hasMessageContaining("not a Verso lexicon");
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }
}
