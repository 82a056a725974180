package dev.verso.quote.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verso.language.Stems;
import dev.verso.text.Language;
import dev.verso.wordalign.Lexicon;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rows over stems are put together when they are asked for; here the whole lexicon is summed up.
 */
class BridgeTest {

  @Test
  void rowsAreSumsOverTheLexicon() {
    Lexicon lexicon = Lexicon.shipped();
    List<String> targets = lexicon.targetWords();
    List<String> sources = lexicon.sourceWords();
    for (String[] pair :
        new String[][] {
          {"maison", "house"}, {"maisons", "houses"}, {"premiers", "first"}, {"droit", "rights"}
        }) {
      String french = Stems.of(pair[0], Language.FRENCH);
      String english = Stems.of(pair[1], Language.ENGLISH);
      double there = 0;
      double back = 0;
      Map<String, Double> mass = new HashMap<>();
      for (int t = 0; t < targets.size(); t++) {
        if (Stems.of(lexicon.targetWord(t), Language.ENGLISH).equals(english)) {
          mass.merge("english", lexicon.targetFrequency(t), Double::sum);
        }
      }
      for (int s = 0; s < sources.size(); s++) {
        String word = lexicon.sourceWord(s);
        if (word.isEmpty() || !Stems.of(word, Language.FRENCH).equals(french)) {
          continue;
        }
        mass.merge("french", lexicon.sourceFrequency(s), Double::sum);
        for (int k = lexicon.firstEntry(s); k < lexicon.lastEntry(s); k++) {
          int t = lexicon.target(k);
          if (Stems.of(lexicon.targetWord(t), Language.ENGLISH).equals(english)) {
            there += lexicon.sourceFrequency(s) * lexicon.forward(k);
            back += lexicon.targetFrequency(t) * lexicon.backward(k);
          }
        }
      }
      Bridge bridge = Bridge.shipped();
      assertThat(bridge.forward(french, english))
          .as(pair[0] + " → " + pair[1])
          .isPositive()
          .isCloseTo(Math.min(1, there / mass.get("french")), within(1e-6));
      assertThat(bridge.backward(french, english))
          .as(pair[0] + " ← " + pair[1])
          .isPositive()
          .isCloseTo(Math.min(1, back / mass.get("english")), within(1e-6));
      assertThat(bridge.knowsFrench(french)).isTrue();
    }
    assertThat(Bridge.shipped().knowsEnglish("xqzzy")).isFalse();
    assertThat(Bridge.shipped().forward("xqzzy", "house")).isZero();
  }
}
