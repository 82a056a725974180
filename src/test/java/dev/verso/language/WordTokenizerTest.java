package dev.verso.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.TextSpan;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WordTokenizerTest {

  private static List<String> words(WordTokenizer tokenizer, String text) {
    TokenizedSentence sentence = tokenizer.tokenize(text);
    return IntStream.range(0, sentence.size()).mapToObj(sentence::word).toList();
  }

  @Test
  void partsFrenchElisionsAndInversions() {
    assertThat(words(WordTokenizer.FRENCH, "L'ami d’Aix-la-Chapelle viendra-t-il, dit-elle ?"))
        .containsExactly(
            "L'", "ami", "d’", "Aix-la-Chapelle", "viendra", "-t-il", ",", "dit", "-elle", "?");
    assertThat(words(WordTokenizer.FRENCH, "jusqu'à 1,5 million… peut-être"))
        .containsExactly("jusqu'", "à", "1,5", "million", "…", "peut-être");
  }

  @Test
  void partsEnglishClitics() {
    assertThat(
            words(WordTokenizer.ENGLISH, "I don't know the boy's son-in-law; we'll see O'Brien."))
        .containsExactly(
            "I",
            "do",
            "n't",
            "know",
            "the",
            "boy",
            "'s",
            "son-in-law",
            ";",
            "we",
            "'ll",
            "see",
            "O'Brien",
            ".");
    assertThat(words(WordTokenizer.ENGLISH, "The 21st U.S. army cost 12,000.50 -- \"no!\""))
        .containsExactly(
            "The", "21st", "U.S.", "army", "cost", "12,000.50", "--", "\"", "no", "!", "\"");
  }

  @Test
  void keysIgnoreCaseAndTypography() {
    assertThat(WordTokenizer.normalize("L’")).isEqualTo("l'");
    assertThat(WordTokenizer.normalize("-t-il")).isEqualTo("il");
    assertThat(WordTokenizer.normalize("-")).isEqualTo("-");
    assertThat(WordTokenizer.normalize("Œuvre")).isEqualTo("oeuvre");
    assertThat(WordTokenizer.normalize("«")).isEqualTo("\"");
  }

  @Property(tries = 300)
  void everyVisibleCharacterIsInAWord(@ForAll String text) {
    for (WordTokenizer tokenizer : WordTokenizer.values()) {
      boolean[] covered = new boolean[text.length()];
      for (TextSpan word : tokenizer.tokenize(text).words()) {
        for (int at = word.start(); at < word.end(); at++) {
          covered[at] = true;
        }
      }
      for (int at = 0; at < text.length(); at++) {
        int c = text.codePointAt(at);
        if (Character.isLetterOrDigit(c)) {
          assertThat(covered[at]).isTrue();
        }
      }
    }
  }
}
