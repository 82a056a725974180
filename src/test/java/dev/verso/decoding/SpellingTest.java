package dev.verso.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.decoding.Spelling.Guard;
import dev.verso.decoding.Spelling.State;
import dev.verso.decoding.Spelling.Step;
import dev.verso.model.WordList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpellingTest {

  private static final List<String> PIECES =
      List.of(" a", "b", "c", "ab", " ab", "'", "-", " B", "1", " ", "é", "", " Duxb", "ury");

  private static Spelling spelling(String... words) {
    return new Spelling(WordList.of(List.of(words)), PIECES::get, PIECES::get);
  }

  private static String text(List<Integer> pieces) {
    return pieces.stream().map(PIECES::get).collect(Collectors.joining());
  }

  private static int paid(Spelling spelling, List<Integer> source, List<Integer> target) {
    Guard guard = spelling.of(source, List.of());
    State state = State.BETWEEN;
    int invented = 0;
    for (int piece : target) {
      Step step = guard.after(state, piece);
      invented += step.invented();
      state = step.state();
    }
    return invented + guard.atEnd(state);
  }

  @Property(tries = 2000)
  void pieceByPieceEachInventedWordIsPaidOnce(
      @ForAll @Size(max = 5) List<@IntRange(max = 13) Integer> source,
      @ForAll @Size(max = 12) List<@IntRange(max = 13) Integer> target) {
    Spelling spelling = spelling("ab", "abba", "cab", "abé");
    assertThat(paid(spelling, source, target))
        .isEqualTo(spelling.invented(source, List.of(), text(target)).size());
  }

  @Test
  void bytesThatTheSourceLacksArePaidForEach() {
    int[] bytes = {-1, 0xC2, 0x93};
    Spelling spelling =
        new Spelling(
            WordList.of(List.of("a")),
            PIECES::get,
            id -> id == 0 ? " a" : "",
            id -> bytes[id],
            id -> bytes[id]);
    assertThat(paid(spelling, List.of(0), List.of(0, 1, 2, 1, 2))).isEqualTo(4);
    assertThat(paid(spelling, List.of(0, 1), List.of(0, 1, 2))).isEqualTo(1);
    assertThat(paid(spelling, List.of(2, 1), List.of(0, 1, 2))).isZero();
  }

  @Test
  void namesOfTheSourceMayBeCopiedAndNothingLikeThem() {
    Spelling spelling = spelling("bus");
    List<Integer> duxbury = List.of(12, 13);
    assertThat(spelling.invented(duxbury, List.of(), "Duxbury's bus, DUXBURY-bus, a x")).isEmpty();
    assertThat(spelling.invented(duxbury, List.of(), "Dbury Duxburys Dux bus"))
        .hasToString("[Dbury, Duxburys, Dux]");
    // Small letters: an unchanged word of the source is not a name.
    assertThat(spelling.invented(List.of(4), List.of(), "ab")).containsExactly("ab");
  }

  @Test
  void aWordIsPaidAtThePieceThatLeavesNoWayOn() {
    Guard guard = spelling("abba").of(List.of(), List.of());
    Step first = guard.after(State.BETWEEN, 4);
    assertThat(first.invented()).isZero();
    assertThat(guard.after(first.state(), 2).invented()).isEqualTo(1);
    assertThat(guard.after(guard.after(first.state(), 2).state(), 2).invented()).isZero();
    assertThat(guard.after(first.state(), 0).invented()).isEqualTo(1);
    assertThat(guard.atEnd(first.state())).isEqualTo(1);
  }

  @Test
  void whatAGlossaryRequiresIsAWord() {
    Spelling spelling = spelling("bus");
    RequiredPhrase phrase = new RequiredPhrase(List.of(List.of(4, 2)));
    Guard guard = spelling.of(List.of(), List.of(phrase));
    Step step = guard.after(guard.after(State.BETWEEN, 4).state(), 2);
    assertThat(step.invented() + guard.atEnd(step.state())).isZero();
    assertThat(spelling.invented(List.of(), List.of(phrase), "abc, abd")).containsExactly("abd");
  }
}
