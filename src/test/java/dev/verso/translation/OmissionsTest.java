package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.bitext.AlignmentLink;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OmissionsTest {

  private static final String TEXT = "Le juge a lu la note : « Le témoin m’a dit : “Rien.” »";

  private static List<AlignmentLink> links(String... words) {
    List<AlignmentLink> links = new ArrayList<>();
    for (String word : words) {
      int at = TEXT.indexOf(word);
      links.add(
          new AlignmentLink(
              new TextSpan(at, at + word.length()),
              new TextSpan(0, 1),
              AlignmentLink.Strength.SURE,
              1));
    }
    return links;
  }

  private static List<String> omitted(String... linked) {
    return Omissions.of(TEXT, links(linked)).stream().map(span -> span.of(TEXT)).toList();
  }

  @Test
  void aClauseWithoutALinkIsNamed() {
    assertThat(omitted("juge", "note", "Rien")).containsExactly("Le témoin m’a dit");
    assertThat(omitted("juge", "témoin")).isEmpty();
    assertThat(omitted()).containsExactly("Le juge a lu la note", "Le témoin m’a dit");
  }
}
