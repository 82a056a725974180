package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.evaluation.MtEvaluation.Lines;
import dev.verso.text.LineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MtEvaluationTest {

  @TempDir Path folder;

  private static List<String> flores(String language) throws IOException {
    return LineFile.read(Path.of("evaluation/mt/flores-dev." + language)).subList(0, 300);
  }

  @Test
  void systemsStandSideBySide() throws IOException {
    List<String> french = flores("fr");
    List<String> english = flores("en");
    List<String> ours = SacreBleuTest.damaged(english, 1);
    List<String> partly =
        IntStream.range(0, 300)
            .mapToObj(i -> i < 3 ? french.get(i) : i < 5 ? "" : ours.get(i))
            .toList();

    MtReport report =
        new MtEvaluation(
                new Lines("set.fr", french), new Lines("set.en", english), Bootstrap.DEFAULT)
            .run(
                List.of(
                    new Lines("ours", ours),
                    new Lines("worse", SacreBleuTest.damaged(english, 2)),
                    new Lines("twin", ours),
                    new Lines("partly", partly)));

    assertThat(report.rows())
        .extracting(MtReport.Row::name, MtReport.Row::empty, MtReport.Row::copied)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("ours", 0, 0),
            org.assertj.core.api.Assertions.tuple("worse", 0, 0),
            org.assertj.core.api.Assertions.tuple("twin", 0, 0),
            org.assertj.core.api.Assertions.tuple("partly", 2, 3));
    for (int metric = 0; metric < 2; metric++) {
      MtReport.Score first = report.rows().get(0).scores().get(metric);
      assertThat(first.pValue()).isNaN();
      assertThat(first.isSignificant()).isFalse();
      assertThat(first.value()).isBetween(first.interval().low(), first.interval().high());
      assertThat(report.rows().get(1).scores().get(metric).isSignificant()).isTrue();
      assertThat(report.rows().get(2).scores().get(metric).pValue()).isEqualTo(1);
    }
    assertThat(report.rows().get(0).scores().get(0).value())
        .isEqualTo(new Bleu().corpus(ours, english), within(1e-12));

    StringBuilder table = new StringBuilder();
    report.print(table);
    assertThat(table.toString().lines().toList())
        .contains("set.fr → set.en, 300 segments")
        .anyMatch(line -> line.matches("system +BLEU +± +p +chrF2 +± +p +empty +copied"))
        .anyMatch(line -> line.matches("worse +\\d\\d\\.\\d\\d .* 0\\.001\\* .* 0\\.001\\* .*"))
        .anyMatch(line -> line.matches("twin .* 1\\.000 .* 1\\.000 .*"))
        .contains("BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp")
        .contains("chrF2|nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no");

    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(json.at("/systems/1/scores/BLEU/value").asDouble())
        .isEqualTo(report.rows().get(1).scores().get(0).value());
    assertThat(json.at("/systems/0/scores/BLEU/p").isMissingNode()).isTrue();
    assertThat(json.at("/systems/3/copied").asInt()).isEqualTo(3);
    assertThat(json.at("/bootstrap/samples").asInt()).isEqualTo(1000);
  }

  @Test
  void linesThatDoNotBelongTogetherAreNamed() {
    Lines source = new Lines("a.fr", List.of("un", "deux"));
    Lines reference = new Lines("a.en", List.of("one", "two"));
    assertThatThrownBy(
            () -> new MtEvaluation(source, new Lines("b.en", List.of("one")), Bootstrap.DEFAULT))
        .hasMessage("b.en has 1 lines, a.fr has 2: they must correspond line by line");
    assertThatThrownBy(
            () ->
                new MtEvaluation(source, reference, Bootstrap.DEFAULT)
                    .run(List.of(new Lines("peer", List.of("one", "two", "three")))))
        .hasMessageStartingWith("peer has 3 lines");
    assertThatThrownBy(
            () ->
                new MtEvaluation(
                    new Lines("e.fr", List.of()), new Lines("e.en", List.of()), Bootstrap.DEFAULT))
        .hasMessageStartingWith("e.fr is empty");
  }

  @Test
  void onlyLineFeedsEndLines() throws IOException {
    Path file = folder.resolve("lines.txt");
    Files.writeString(file, "\ufeffa\u2028b\u0085c\r\n\r\n d \rx\n\nlast");
    assertThat(LineFile.read(file)).containsExactly("a\u2028b\u0085c", "", " d \rx", "", "last");
    Files.write(file, new byte[0]);
    assertThat(LineFile.read(file)).isEmpty();
  }

  @Test
  void unreadableFilesAreNamed() throws IOException {
    Path file = folder.resolve("latin.txt");
    Files.write(file, new byte[] {'a', (byte) 0xe9, '\n'});
    assertThatThrownBy(() -> LineFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("latin.txt is not UTF-8");
    assertThatThrownBy(() -> LineFile.read(folder.resolve("none")))
        .hasMessageStartingWith("the file ")
        .hasMessageEndingWith("none is missing");
  }
}
