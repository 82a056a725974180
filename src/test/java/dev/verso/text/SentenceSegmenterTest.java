package dev.verso.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SentenceSegmenterTest {

  private static final SentenceSegmenter FRENCH = SentenceSegmenter.of(Language.FRENCH);

  private static List<String> cut(SentenceSegmenter segmenter, String text) {
    return segmenter.segment(text).stream().map(span -> span.of(text)).toList();
  }

  @TestFactory
  Stream<DynamicTest> hardLines() throws IOException {
    Stream.Builder<DynamicTest> tests = Stream.builder();
    for (Language language : Language.values()) {
      SentenceSegmenter segmenter = SentenceSegmenter.of(language);
      Path file = Path.of("evaluation/segmentation", language.tag() + ".txt");
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("# ")) {
          List<String> expected = Stream.of(line.split("‖")).map(String::strip).toList();
          tests.add(
              DynamicTest.dynamicTest(
                  line,
                  () ->
                      assertThat(cut(segmenter, line.replace("‖", "")))
                          .containsExactlyElementsOf(expected)));
        }
      }
    }
    return tests.build();
  }

  @Test
  void theSpacesOfFrenchTypographyDoNotMatter() {
    for (String space : List.of(" ", "\u00a0", "\u202f", "")) {
      String text = "« Non" + space + "! » a-t-il dit. « Quoi" + space + "? » Elle part.";
      assertThat(cut(FRENCH, text.replace("« ", "«" + space).replace(" »", space + "»")))
          .hasSize(3);
    }
  }

  @Test
  void aRangeIsSegmentedAsIfItStoodAlone() {
    String text = "M. Roy part. Elle reste. Il rit.";
    assertThat(FRENCH.segment(text, new TextSpan(13, 24))).containsExactly(new TextSpan(13, 24));
    assertThat(FRENCH.segment(text, new TextSpan(12, 13))).isEmpty();
    assertThatThrownBy(() -> FRENCH.segment(text, new TextSpan(0, 99)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
