package dev.verso.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs of ten million characters: a method that is not linear would not finish them. */
class LargeInputTest {

  private static final int LENGTH = 10_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"mot ", "Le mot. "})
  void aLineOfTenMillion(String unit) {
    assertCovered(unit.repeat(LENGTH / unit.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        ". ",
        "« ",
        "a. ",
        "(",
        "\"",
        "é",
        "\ud83d\ude00",
        "\u00a0",
        "J. Le ",
        ".«",
        "[…] ",
        "M. ",
        "1. ",
        " . ",
        "a.[1]",
        "a. (",
        "\0",
        "a.\""
      })
  void aLineOfAMillion(String unit) {
    assertCovered(unit.repeat(1_000_000 / unit.length()));
  }

  private static void assertCovered(String text) {
    Document document = Documents.read("a.txt", text, ReadOptions.defaults());
    int covered = 0;
    boolean unaltered = true;
    for (Block block : document.blocks()) {
      for (Segment segment : block.segments()) {
        covered += visible(segment.text());
        unaltered &= segment.span().length() == segment.text().length();
      }
    }
    assertThat(unaltered).isTrue();
    assertThat(covered).isEqualTo(visible(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mot\n", "mot\n\n", "- mot\n", "> mot\r\n"})
  void oneHundredThousandLines(String line) {
    Document document = Documents.read("a.txt", line.repeat(100_000), ReadOptions.defaults());
    assertThat(document.blocks().stream().mapToLong(block -> block.segments().size()).sum())
        .isEqualTo(100_000);
  }

  @Test
  void aPageOfTenMillion() {
    String html =
        "<p>Il est n&eacute; &agrave; Paris. " + "Elle y <b>vit</b>. ".repeat(LENGTH / 24);
    Document document = Documents.read("a.html", html, ReadOptions.defaults());
    assertThat(document.blocks()).hasSize(1);
    assertThat(document.blocks().get(0).segments()).hasSize(1 + LENGTH / 24);
  }

  private static int visible(String text) {
    int visible = 0;
    for (int i = 0; i < text.length(); i++) {
      visible += DocumentChecks.isSpace(text.charAt(i)) ? 0 : 1;
    }
    return visible;
  }
}
