package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.AlignmentLink.Strength;
import dev.verso.text.TextSpan;
import dev.verso.translation.Partition.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RepairsTest {

  private static final String FRENCH =
      "Selon Marie Dupont, Pierre Martin et Jean Petit ont perdu 3.500 euros et 413 voix.";

  private static EditedText made(String french, String english, List<AlignmentLink> links) {
    Part part = new Part(new TextSpan(0, french.length()), true, french, List.of(), List.of());
    return Repairs.made(new Repair.Translated(french, part, true, english, links, List.of()));
  }

  private static AlignmentLink link(String french, String from, String english, String to) {
    TextSpan source = span(french, from);
    return new AlignmentLink(source, span(english, to), Strength.SURE, 1);
  }

  private static TextSpan span(String text, String word) {
    int start = text.indexOf(word);
    return new TextSpan(start, start + word.length());
  }

  @Test
  void ofTwoNamesInOnePlaceTheFirstCounts() {
    String english = "According to Maria Martins, they lost.";
    String french = "Selon Marie Dupont, Pierre Martin a perdu.";
    List<AlignmentLink> links =
        List.of(
            link(french, "Marie", english, "Maria"),
            link(french, "Dupont", english, "Martins"),
            link(french, "Martin", english, "Martins"));
    assertThat(made(french, english, links).text())
        .isEqualTo("According to Marie Dupont, they lost.");
  }

  @Property(tries = 300)
  void anyLinksGiveAText(@ForAll long seed) {
    String english = "According to Maria Dupond, John Petty and Peter Martins lost 3 500 and 431.";
    Random random = new Random(seed);
    List<TextSpan> source = words(FRENCH);
    List<TextSpan> target = words(english);
    List<AlignmentLink> links = new ArrayList<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      links.add(
          new AlignmentLink(
              source.get(random.nextInt(source.size())),
              target.get(random.nextInt(target.size())),
              Strength.SURE,
              1));
    }
    assertThat(made(FRENCH, english, links).text()).contains("3,500").contains("413");
  }

  private static List<TextSpan> words(String text) {
    return Pattern.compile("[\\p{L}\\d]+")
        .matcher(text)
        .results()
        .map(match -> new TextSpan(match.start(), match.end()))
        .toList();
  }
}
