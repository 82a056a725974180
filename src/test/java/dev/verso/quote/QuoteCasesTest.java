package dev.verso.quote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Sentences of our own, each with the quotes it holds. */
class QuoteCasesTest {

  @TestFactory
  Stream<DynamicTest> french() throws IOException {
    return cases("cases.fr.txt", Language.FRENCH);
  }

  @TestFactory
  Stream<DynamicTest> english() throws IOException {
    return cases("cases.en.txt", Language.ENGLISH);
  }

  private static Stream<DynamicTest> cases(String file, Language language) throws IOException {
    String all;
    try (InputStream in = QuoteCasesTest.class.getResourceAsStream(file)) {
      all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    QuoteExtractor extractor = QuoteExtractor.of(language);
    List<DynamicTest> tests = new ArrayList<>();
    for (String part : all.split("\n\n+")) {
      StringBuilder text = new StringBuilder();
      List<String> expected = new ArrayList<>();
      for (String line : part.split("\n")) {
        if (line.startsWith("> ")) {
          expected.add(line.substring(2));
        } else if (!line.startsWith("#") && !line.isBlank()) {
          text.append(text.isEmpty() ? "" : "\n").append(line);
        }
      }
      if (!text.isEmpty()) {
        tests.add(
            DynamicTest.dynamicTest(
                text.toString(),
                () ->
                    assertThat(lines(text.toString(), extractor.report(text.toString())))
                        .containsExactlyElementsOf(expected)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  private static List<String> lines(String text, QuoteReport report) {
    List<String> lines = new ArrayList<>();
    for (Quote quote : report.quotes()) {
      List<String> content = quote.content().stream().map(span -> span.of(text)).toList();
      lines.add(
          quote.type().label()
              + (quote.negated() ? " negated" : "")
              + (quote.repaired().isEmpty() ? "" : " repaired")
              + " | "
              + String.join(" || ", content).replace('\n', '⏎')
              + " | "
              + of(quote.speaker(), text)
              + " | "
              + (quote.speakerName() == null ? "-" : quote.speakerName())
              + " | "
              + of(quote.cue(), text));
    }
    for (TextSpan span : report.nonQuotes()) {
      lines.add("none | " + span.of(text));
    }
    return lines;
  }

  private static String of(TextSpan span, String text) {
    return span == null ? "-" : span.of(text);
  }
}
