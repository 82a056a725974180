package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzTrialTest {

  @Test
  void nothingBreaksWhateverComes() throws Exception {
    List<String> articles =
        List.of(Files.readString(Path.of("evaluation/articles/otan-moscou.txt")));
    try (Engine engine = Engine.open(Engine.shippedModel(), 2)) {
      FuzzTrial.Outcome outcome = FuzzTrial.run(engine, 7, Duration.ofSeconds(25), 2_000, articles);
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.steps()).isGreaterThan(5);
    }
  }

  @Test
  void theSameSeedGivesTheSameTexts() {
    List<String> articles = List.of("Il pleut sur la ville. Le maire a parlé.");
    assertThat(new FuzzInputs(3, articles).round(50))
        .isEqualTo(new FuzzInputs(3, articles).round(50))
        .isNotEqualTo(new FuzzInputs(4, articles).round(50))
        .hasSizeGreaterThan(500);
  }
}
