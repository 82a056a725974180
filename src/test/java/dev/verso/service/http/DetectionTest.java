package dev.verso.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The languages of texts, short ones above all. */
class DetectionTest {

  @ParameterizedTest
  @CsvSource({
    "fr, Bonjour le monde",
    "fr, Le chat dort.",
    "fr, Les Beatles à Liverpool",
    "fr, L’Église d’Angleterre",
    "fr, Non",
    "fr, Paris",
    "fr, 12 345",
    "en, Hello world",
    "en, The cat sleeps",
    "en, I don’t know.",
    "de, Guten Morgen",
    "de, Der Hund schläft im Garten.",
    "es, Buenos días amigo",
    "it, Il gatto dorme sul divano rosso.",
    "pt, Olá meu amigo",
    "nl, De kat slaapt op het bed",
    "ru, Здравствуйте",
    "zh, 你好世界",
    "ja, 世界へようこそ",
    "el, Καλημέρα",
    "de, 'Der Minister sagte am Montag in Berlin, dass er von all dem nichts gewusst habe.'",
    "fr, 'Le ministre a dit lundi à Berlin qu’il ne savait rien de tout cela avant la réunion.'"
  })
  void aLanguageIsTold(String language, String text) {
    Detection detection = Detection.of(text);
    assertThat(detection.language()).isEqualTo(language);
    assertThat(detection.confidence()).isBetween(0.0, 100.0);
  }

  /** Beginnings of French sentences, few of which may be refused. */
  @Test
  void shortFrenchIsFrench() throws IOException {
    List<String> sentences = Files.readAllLines(Path.of("evaluation/mt/flores-dev.fr"));
    int refused = 0;
    int all = 0;
    for (String sentence : sentences) {
      String[] words = sentence.split(" ");
      for (int length : new int[] {3, 6, 9}) {
        String some = String.join(" ", Arrays.copyOf(words, Math.min(length, words.length)));
        refused += Detection.of(some).isFrench() ? 0 : 1;
        all++;
      }
    }
    assertThat((double) refused / all).isLessThan(0.01);
  }

  @Test
  void moreWordsMakeSurer() {
    assertThat(Detection.of("Le chat est sur la table avec nous.").confidence())
        .isGreaterThan(Detection.of("Le chat.").confidence());
  }

  @Test
  void tagsAreNoText() {
    assertThat(Detection.withoutTags("<p class=\"the\">Le <b>chat</b></p>").strip())
        .isEqualTo("Le  chat");
  }
}
