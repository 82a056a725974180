package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.text.LineFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** BLEU, chrF and their words against sacreBLEU's own values, see evaluation/mt/golden.py. */
class SacreBleuTest {

  private static JsonNode golden;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = SacreBleuTest.class.getResourceAsStream("sacrebleu.json")) {
      golden = new ObjectMapper().readTree(in);
    }
  }

  @Test
  void wordsAreThoseOfSacreBleu() {
    for (JsonNode segment : golden.get("segments")) {
      List<String> words = new ArrayList<>();
      segment.get("tokens").forEach(token -> words.add(token.asText()));
      assertThat(Mteval13aTokenizer.tokenize(segment.get("hypothesis").asText()))
          .as(segment.get("hypothesis").toString())
          .isEqualTo(words);
    }
  }

  @Test
  void segmentScoresAreThoseOfSacreBleu() {
    for (JsonNode segment : golden.get("segments")) {
      String hypothesis = segment.get("hypothesis").asText();
      String reference = segment.get("reference").asText();
      assertThat(new Bleu().sentence(hypothesis, reference))
          .as("BLEU of %s", segment)
          .isEqualTo(segment.get("bleu").asDouble(), within(1e-9));
      assertThat(new Chrf().sentence(hypothesis, reference))
          .as("chrF of %s", segment)
          .isEqualTo(segment.get("chrf").asDouble(), within(1e-9));
    }
  }

  @Test
  void corpusScoresAreThoseOfSacreBleu() throws IOException {
    List<String> flores = LineFile.read(Path.of("evaluation/mt/flores-dev.en"));
    assertThat(flores).hasSize(997);
    for (JsonNode corpus : golden.get("corpora")) {
      List<String> hypotheses = new ArrayList<>();
      List<String> references = new ArrayList<>();
      String name = corpus.get("name").asText();
      if (name.equals("pairs")) {
        for (JsonNode segment : golden.get("segments")) {
          hypotheses.add(segment.get("hypothesis").asText());
          references.add(segment.get("reference").asText());
        }
      } else {
        int k = Integer.parseInt(name.substring("flores-".length()));
        references.addAll(flores);
        hypotheses.addAll(damaged(flores, k));
      }
      assertThat(new Bleu().corpus(hypotheses, references))
          .as("BLEU of " + name)
          .isEqualTo(corpus.get("bleu").asDouble(), within(1e-9));
      assertThat(new Chrf().corpus(hypotheses, references))
          .as("chrF of " + name)
          .isEqualTo(corpus.get("chrf").asDouble(), within(1e-9));
    }
  }

  /** The k-th way to spoil lines, the same rule as golden.py's. */
  static List<String> damaged(List<String> lines, int k) {
    List<String> spoilt = new ArrayList<>();
    for (int number = 0; number < lines.size(); number++) {
      String[] words = lines.get(number).split(" ", -1);
      List<String> kept = new ArrayList<>();
      for (int i = 0; i < words.length; i++) {
        if ((7 * i + 3 * number + 5 * k) % 11 >= k) {
          kept.add((i + number) % 13 == k ? words[i].toUpperCase(Locale.ROOT) : words[i]);
        }
      }
      spoilt.add(String.join(" ", kept));
    }
    return spoilt;
  }
}
