package dev.verso.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verso check} as users meet it. */
class CheckCommandTest {

  @TempDir private Path folder;

  private record Run(int exit, String out, String err) {}

  private static Run run(String input, String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    InputStream in = System.in;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
      int exit = Main.run(args);
      return new Run(
          exit,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
      System.setIn(in);
    }
  }

  private Path article() throws IOException {
    return Files.writeString(
        folder.resolve("port.txt"),
        """
        Le conseil du port a voté mardi un budget de 12 millions d'euros.

        « Nous n'avons jamais eu autant de navires », a déclaré le directeur, Henri Vasseur.
        """);
  }

  @Test
  void theExitCodeTellsWhetherTheQuoteHolds() throws IOException {
    String article = article().toString();
    Run right = run("", "check", article, "--quote", "“We have never had so many ships”");
    assertThat(right.exit).isZero();
    assertThat(right.out).contains("faithful").contains("Nous n'avons jamais");

    Run wrong =
        run("", "check", article, "--to", "json", "--quote", "a budget of 21 million euros");
    assertThat(wrong.exit).isEqualTo(3);
    JsonNode check = new ObjectMapper().readTree(wrong.out).get("checks").get(0);
    assertThat(check.get("label").asText()).isEqualTo("unfaithful");
    assertThat(check.get("findings").get(0).get("kind").asText()).isEqualTo("number");
    assertThat(check.get("passage").get(0).get("exact").asText()).contains("12 millions");
  }

  @Test
  void theQuotesOfAnEnglishTextAreCheckedWithTheirSpeakers() throws IOException {
    Path english =
        Files.writeString(
            folder.resolve("english.txt"),
            "“We have never had so many ships,” said Claire Bonnet on Tuesday.\n");
    Run run =
        run("", "check", article().toString(), "--against", english.toString(), "--to", "json");
    assertThat(run.exit).isEqualTo(3);
    JsonNode check = new ObjectMapper().readTree(run.out).get("checks").get(0);
    assertThat(check.get("speaker").asText()).isEqualTo("Claire Bonnet");
    assertThat(check.get("findings").get(0).get("kind").asText()).isEqualTo("wrong_attribution");
  }

  @Test
  void itemsAreJudgedLineByLineAndABadOneDoesNotStopTheRest() throws IOException {
    String good =
        """
        {"id":"a","fr":"Le port est fermé.","en":"The port is closed.","direct_quote":false}\
        """;
    String bad =
        """
        {"id":"b","en":"The port is closed."}\
        """;
    Run all = run(good + "\n", "check", "--jsonl");
    assertThat(all.exit).isZero();
    JsonNode item = new ObjectMapper().readTree(all.out);
    assertThat(item.get("id").asText()).isEqualTo("a");
    assertThat(item.get("label").asText()).isEqualTo("faithful");
    assertThat(item.get("findings").isArray()).isTrue();

    String tooLong = "{\"id\":\"c\",\"fr\":\"Le port.\",\"en\":\"" + "port ".repeat(20_000) + "\"}";
    Run some = run(bad + "\n" + tooLong + "\n" + good + "\n", "check", "--jsonl");
    assertThat(some.exit).isEqualTo(1);
    assertThat(some.err).contains("line 1").contains("\"fr\"").contains("line 2");
    assertThat(some.out.lines()).hasSize(1);
  }

  @Test
  void whatIsMissingIsNamed() {
    Run run = run("", "check");
    assertThat(run.exit).isEqualTo(2);
    assertThat(run.err).contains("--quote").contains("--jsonl");
  }
}
