package dev.verso.bitext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeadFormatTest {

  @Test
  void readsWhatItWrites() throws IOException {
    List<Bead> beads =
        List.of(
            new Bead(0, 1, 0, 1, 1),
            new Bead(1, 3, 1, 2, 1),
            new Bead(3, 3, 2, 3, 1),
            new Bead(3, 4, 3, 3, 1),
            new Bead(4, 5, 3, 6, 1));
    StringBuilder out = new StringBuilder();
    BeadFormat.write(beads, out);
    assertThat(out).hasToString("[0]:[0]\n[1, 2]:[1]\n[]:[2]\n[3]:[]\n[4]:[3, 4, 5]\n");
    assertThat(BeadFormat.read("beads", out.toString().lines().toList())).isEqualTo(beads);
  }

  @Test
  void readsOtherAlignersScoresAndSpaces() {
    assertThat(BeadFormat.read("x", List.of("[0,1]:[0]:0.25", "", " [2] : [1] ")))
        .containsExactly(new Bead(0, 2, 0, 1, 1), new Bead(2, 3, 1, 2, 1));
  }

  @Test
  void namesTheLineItCannotRead() {
    assertThatThrownBy(() -> BeadFormat.read("gold.fren", List.of("[0]:[0]", "0-1")))
        .hasMessageContaining("gold.fren, line 2");
    assertThatThrownBy(() -> BeadFormat.read("gold.fren", List.of("[0, 2]:[0]")))
        .hasMessageContaining("follow one another");
    assertThatThrownBy(() -> BeadFormat.read("gold.fren", List.of("[x]:[0]")))
        .hasMessageContaining("not a sentence number: x");
    assertThatThrownBy(() -> BeadFormat.read("gold.fren", List.of("[]:[]")))
        .hasMessageContaining("empty bead");
  }

  @Test
  void sentencesAreCountedAsTheCallerLikes() throws IOException {
    StringBuilder out = new StringBuilder();
    List<Bead> beads = List.of(new Bead(0, 2, 0, 1, 1), new Bead(2, 3, 1, 1, 1));
    BeadFormat.write(beads, i -> 3 * i, i -> i + 7, out);
    assertThat(out).hasToString("[0, 3]:[7]\n[6]:[]\n");
  }

  @Test
  void alignmentsCoverEachSentenceOnce() {
    List<Bead> gap = List.of(new Bead(0, 1, 0, 1, 1), new Bead(2, 3, 1, 2, 1));
    assertThatThrownBy(() -> new SentenceAlignment(3, 2, gap, 1))
        .isInstanceOf(IllegalArgumentException.class);
    List<Bead> whole =
        List.of(new Bead(0, 1, 0, 1, .5), new Bead(1, 2, 1, 1, 1), new Bead(2, 3, 1, 2, 1));
    SentenceAlignment alignment = new SentenceAlignment(3, 2, whole, 1);
    assertThat(alignment.mirrored().mirrored()).isEqualTo(alignment);
    assertThat(alignment.mirrored().beads().get(1).type()).isEqualTo("0-1");
  }
}
