package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class EditedTextTest {

  @Test
  void rangesMoveWithTheirText() {
    EditedText edited =
        new EditedText(
            "see X and 41 now",
            List.of(
                new Edit(new TextSpan(4, 5), "http://a.b"), new Edit(new TextSpan(10, 12), "413")));
    assertThat(edited.text()).isEqualTo("see http://a.b and 413 now");
    assertThat(edited.map(new TextSpan(4, 5)).of(edited.text())).isEqualTo("http://a.b");
    assertThat(edited.map(new TextSpan(10, 12)).of(edited.text())).isEqualTo("413");
    assertThat(edited.map(new TextSpan(13, 16)).of(edited.text())).isEqualTo("now");
    assertThat(edited.map(new TextSpan(0, 3)).of(edited.text())).isEqualTo("see");
    assertThat(edited.map(new TextSpan(11, 12)).of(edited.text())).isEqualTo("413");
  }

  @Property(tries = 300)
  void whatIsNotEditedReadsTheSame(
      @ForAll @AlphaChars @StringLength(min = 12, max = 30) String text,
      @ForAll @Size(max = 3) List<@IntRange(max = 3) Integer> lengths) {
    List<Edit> edits = new ArrayList<>();
    int at = 1;
    for (int length : lengths) {
      edits.add(new Edit(new TextSpan(at, at + length), "#".repeat(3 - length)));
      at += length + 1;
    }
    EditedText edited = new EditedText(text, edits);
    for (int i = 0; i < text.length(); i++) {
      int position = i;
      TextSpan one = new TextSpan(i, i + 1);
      if (edits.stream()
          .noneMatch(e -> e.span().start() <= position && position < e.span().end())) {
        assertThat(edited.map(one).of(edited.text())).isEqualTo(one.of(text));
      }
    }
  }
}
