package dev.verso.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verso.decoding.LexicalSupport.Costs;
import dev.verso.model.PieceLexicon;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LexicalSupportTest {

  private static final List<String> PIECES = List.of(" chat", " cat", " dog", " 7", ".", "", "7");

  private static Costs costs(List<Integer> source, RequiredPhrase... required) {
    PieceLexicon lexicon = PieceLexicon.of(Map.of(0, Map.of(1, .5)));
    return new LexicalSupport(lexicon, PIECES::get, PIECES::get).of(source, List.of(required));
  }

  @Test
  void whatTheSourceMakesCertainIsFree() {
    assertThat(costs(List.of(0)).of(1)).isCloseTo(.2 * Math.log(.5), within(1e-6));
    assertThat(costs(List.of(0, 0)).of(1)).isZero();
    assertThat(costs(List.of(0, 0, 0)).of(1)).isZero();
  }

  @Test
  void whatNothingLeadsToCostsMost() {
    double most = .2 * Math.log(.001);
    assertThat(costs(List.of(0)).of(2)).isCloseTo(most, within(1e-9));
    assertThat(costs(List.of()).of(1)).isCloseTo(most, within(1e-9));
    // Letters are free where a lexicon says so, not where they are merely copied.
    assertThat(costs(List.of(0)).of(0)).isCloseTo(most, within(1e-9));
  }

  @Test
  void figuresSignsAndPlaceholdersOfTheSourceAreFree() {
    assertThat(costs(List.of(3)).of(3)).isZero();
    assertThat(costs(List.of(3)).of(6)).isZero();
    assertThat(costs(List.of(5)).of(5)).isZero();
    assertThat(costs(List.of(3)).of(4)).isNegative();
  }

  @Test
  void requiredPhrasesAreFree() {
    assertThat(costs(List.of(), new RequiredPhrase(List.of(List.of(1, 2)))).of(2)).isZero();
  }

  @Test
  void supportIsTheMeanOverTheTargetsPieces() {
    PieceLexicon lexicon = PieceLexicon.of(Map.of(0, Map.of(1, .5)));
    LexicalSupport support = new LexicalSupport(lexicon, PIECES::get, PIECES::get);
    assertThat(support.support(List.of(0), List.of(1))).isCloseTo(Math.log(.5), within(1e-6));
    assertThat(support.support(List.of(0, 0, 0), List.of(1))).isZero();
    assertThat(support.support(List.of(0), List.of(1, 2)))
        .isCloseTo((Math.log(.5) + Math.log(.001)) / 2, within(1e-6));
  }
}
