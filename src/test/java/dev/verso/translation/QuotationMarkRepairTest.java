package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.bitext.AlignmentLink;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotationMarkRepairTest {

  private static final String FRENCH = "Il parle de « paix durable ».";

  /** The translation with its marks put right; {@code peace} comes from all that is quoted. */
  private static String right(String french, String english) {
    TextSpan from = span(french, "paix durable");
    List<AlignmentLink> links =
        List.of(
            new AlignmentLink(
                from, span(english, "lasting peace"), AlignmentLink.Strength.SURE, .9));
    List<EditedText.Edit> edits =
        new ArrayList<>(QuotationMarkRepair.missing(french, english, links));
    edits.sort(Comparator.comparingInt(edit -> edit.span().start()));
    return new EditedText(english, edits).text();
  }

  private static TextSpan span(String text, String part) {
    int at = text.indexOf(part);
    return new TextSpan(at, at + part.length());
  }

  @Test
  void aLostPairIsPutAroundTheWordsLinkedToIts() {
    assertThat(right(FRENCH, "He speaks of lasting peace."))
        .isEqualTo("He speaks of \"lasting peace\".");
  }

  @Test
  void aPairThatIsThereStays() {
    assertThat(right(FRENCH, "He speaks of \"lasting peace\"."))
        .isEqualTo("He speaks of \"lasting peace\".");
    assertThat(right(FRENCH, "He \"speaks\" of lasting peace."))
        .isEqualTo("He \"speaks\" of lasting peace.");
  }

  @Test
  void theMarkThatIsLeftOfAPairStaysWhereItIsRightAndGoesWhereNot() {
    for (String half :
        List.of(
            "He speaks of \"lasting peace.",
            "He speaks of lasting peace\".",
            "He speaks of “lasting peace.",
            "He \"speaks of lasting peace.",
            "He speaks of lasting peace.\"")) {
      String whole = right(FRENCH, half).replace('“', '"');
      assertThat(whole).as(half).isEqualTo("He speaks of \"lasting peace\".");
    }
    String two = "« Non », dit-il. Il parle de « paix durable ».";
    assertThat(right(two, "\"No,\" he says. He speaks of lasting peace\"."))
        .isEqualTo("\"No,\" he says. He speaks of \"lasting peace\".");
  }

  @Test
  void singleMarksBecomeDoubleOnes() {
    for (String single :
        List.of("He speaks of 'lasting peace'.", "He speaks of ‘lasting peace’.")) {
      assertThat(right(FRENCH, single)).isEqualTo("He speaks of \"lasting peace\".");
    }
    assertThat(right(FRENCH, "Of Jo's lasting peace' now"))
        .isEqualTo("Of Jo's \"lasting peace\"' now");
  }

  @Test
  void withoutPairsInTheSourceNothingIsDone() {
    assertThat(right("Il parle de paix durable ».", "Of lasting peace\"."))
        .isEqualTo("Of lasting peace\".");
  }
}
