package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.text.TextSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {

  @TempDir Path folder;

  private List<TextSpan> read(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("gold.jsonl"), content);
    return JsonLines.read(
        file,
        "a marked word",
        node ->
            JsonLines.span(
                JsonLines.required(node, "word"), JsonLines.required(node, "text").asText()));
  }

  @Test
  void offsetsAreCodePointsAndBlankLinesAreSkipped() throws IOException {
    assertThat(read("\n{\"text\":\"\ud83d\ude00 oui\",\"word\":[2,5]}\n \n"))
        .containsExactly(new TextSpan(3, 6));
  }

  @Test
  void anErrorNamesFileAndLine() {
    assertThatThrownBy(() -> read("\n{"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gold.jsonl, line 2: not a marked word: ");
    assertThatThrownBy(() -> read("{\"text\":\"oui\"}"))
        .hasMessageEndingWith("gold.jsonl, line 1: not a marked word: the field 'word' is missing");
    assertThatThrownBy(() -> read("{\"text\":\"oui\",\"word\":[1,4]}"))
        .hasMessageEndingWith(
            "gold.jsonl, line 1: not a marked word: [1,4] is not a range of the text");
  }
}
