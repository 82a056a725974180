package dev.verso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small model in the merged layout against PyTorch's results with the same weights. */
class MergedNetworkTest {

  private static final Path TOY = Path.of("src/test/resources/merged-toy");
  private static JsonNode golden;
  private static TranslationModel model;

  @BeforeAll
  static void load() throws IOException {
    golden = new ObjectMapper().readTree(TOY.resolve("golden.json").toFile());
    model = TranslationModel.load(TOY);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static List<Integer> ids(JsonNode array) {
    List<Integer> ids = new ArrayList<>();
    array.forEach(id -> ids.add(id.asInt()));
    return ids;
  }

  private static List<Integer> withoutEnd(List<Integer> ids) {
    int eos = model.network().tokens().eos();
    return ids.contains(eos) ? ids.subList(0, ids.indexOf(eos)) : ids;
  }

  @Test
  void idsComeFromTheModelsOwnFiles() {
    assertThat(model.network().tokens().eos()).isNotZero();
    for (JsonNode item : golden.get("cases")) {
      assertThat(model.sourceTokenizer().encode(item.get("text").asText()).ids())
          .as(item.get("text").asText())
          .isEqualTo(withoutEnd(ids(item.get("sourceIds"))));
    }
  }

  @Test
  void forcedDecodingGivesTheReferencesProbability() {
    for (JsonNode item : golden.get("cases")) {
      List<Integer> target = ids(item.get("beam4Ids"));
      if (target.get(target.size() - 1) != model.network().tokens().eos()) {
        continue; // stopped at the reference's length limit: its sum omits the end mark
      }
      try (DecodingState state =
          model.network().encode(List.of(withoutEnd(ids(item.get("sourceIds")))))) {
        assertThat(state.force(new int[] {0}, List.of(withoutEnd(target))).get(0).logProbability())
            .as(item.get("text").asText())
            .isCloseTo(item.get("beam4LogProb").asDouble(), within(1e-3));
      }
    }
  }

  @Test
  void greedyStepsFollowTheReference() {
    List<List<Integer>> sources = new ArrayList<>();
    golden.get("cases").forEach(item -> sources.add(withoutEnd(ids(item.get("sourceIds")))));
    int n = sources.size();
    int[] all = IntStream.range(0, n).toArray();
    List<List<Integer>> outputs = new ArrayList<>();
    IntStream.range(0, n).forEach(i -> outputs.add(new ArrayList<>()));
    try (DecodingState state = model.network().encode(sources)) {
      int[] last = IntStream.generate(() -> model.network().tokens().start()).limit(n).toArray();
      for (int step = 0; step < golden.get("maxLength").asInt(); step++) {
        Candidates candidates = state.step(all, all, last, 1, new int[0][]);
        for (int i = 0; i < n; i++) {
          last[i] = candidates.id(i, 0);
          outputs.get(i).add(last[i]);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      JsonNode item = golden.get("cases").get(i);
      assertThat(withoutEnd(outputs.get(i)))
          .as(item.get("text").asText())
          .isEqualTo(withoutEnd(ids(item.get("greedyIds"))));
    }
  }

  @Test
  void stepsAndForcedDecodingAgreeWhateverTheRowsDo() {
    List<Integer> one = withoutEnd(ids(golden.get("cases").get(0).get("sourceIds")));
    List<Integer> two = withoutEnd(ids(golden.get("cases").get(1).get("sourceIds")));
    int start = model.network().tokens().start();
    try (DecodingState state = model.network().encode(List.of(one, two))) {
      // Two hypotheses each; then the first source leaves and the other's rows are crossed.
      state.step(
          new int[] {0, 1}, new int[4], new int[] {start, start, start, start}, 2, new int[0][]);
      state.step(
          new int[] {0, 1}, new int[] {0, 1, 2, 3}, new int[] {20, 21, 22, 23}, 2, new int[0][]);
      Candidates crossed =
          state.step(
              new int[] {1}, new int[] {3, 2}, new int[] {30, 31}, 2, new int[][] {{40}, {41}});
      List<Forced> forced =
          state.force(new int[] {1, 1}, List.of(List.of(23, 30, 40), List.of(22, 31, 41)));
      assertThat(crossed.wanted(0, 0)).isCloseTo(forced.get(0).logProbability(2), within(1e-4));
      assertThat(crossed.wanted(1, 0)).isCloseTo(forced.get(1).logProbability(2), within(1e-4));
      assertThat(crossed.attends()).isTrue();
      double sum = 0;
      for (int s = 0; s < crossed.attention(0).length(); s++) {
        sum += crossed.attention(0).at(s);
      }
      assertThat(sum).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void aModelWithoutAttentionOutputsTranslatesToo(@TempDir Path directory) throws IOException {
    for (String name :
        List.of(
            "config.json",
            "generation_config.json",
            "vocab.json",
            "source.spm",
            "target.spm",
            "encoder_model.onnx")) {
      Files.copy(TOY.resolve(name), directory.resolve(name));
    }
    Files.copy(
        Path.of("src/test/resources/merged-toy-noattention/decoder_model_merged.onnx"),
        directory.resolve("decoder_model_merged.onnx"),
        StandardCopyOption.REPLACE_EXISTING);
    try (TranslationModel plain = TranslationModel.load(directory)) {
      assertThat(plain.network().attends()).isFalse();
      JsonNode item = golden.get("cases").get(0);
      try (DecodingState state =
          plain.network().encode(List.of(withoutEnd(ids(item.get("sourceIds")))))) {
        Candidates first =
            state.step(
                new int[] {0},
                new int[1],
                new int[] {plain.network().tokens().start()},
                1,
                new int[0][]);
        assertThat(first.id(0, 0)).isEqualTo(item.get("greedyIds").get(0).asInt());
        assertThat(first.attends()).isFalse();
      }
    }
  }
}
