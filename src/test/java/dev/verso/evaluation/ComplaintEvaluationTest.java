package dev.verso.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.evaluation.ComplaintEvaluation.Complaint;
import dev.verso.text.LineFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComplaintEvaluationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "noloop|Oui|Yes|true",
        "noloop|Oui|yes yes yes yes|false",
        "noloop|Non|it is it is it is it is|false",
        "noloop|Ha ha ha ha ha|Ha ha ha ha ha|true",
        "short|Oui|Yes, it is a long story that nobody asked for|false",
        "translated|Il pleut.|It is raining.|true",
        "translated|Il pleut sur la ville.|Il pleut sur la ville.|false",
        "digits|12 450 habitants|12,450 inhabitants|true",
        "digits|12 450 habitants|12,540 inhabitants|false",
        "digits|de 1,5 à 3|from 1.5 to 3|true",
        "has:Putin|Poutine|President Putin|true",
        "has:UN;United Nations|L'ONU|The United Nations|false",
        "negation|Il ne vient pas.|He isn't coming.|true",
        "negation|Il ne vient pas.|He is coming.|false",
        "quotes|« Oui », dit-il.|\"Yes\", he says.|true",
        "quotes|« Oui », dit-il.|\"Yes, he says.|false",
        "quotes|« Oui », dit-il.|Yes, he says.|false",
        "balanced|(a)|(b|false",
        "balanced|(a)|b (c)|true",
        "noentity|A & B|A &amp; B|false",
        "end:?|Où ?|Where?|true",
        "covers:2|A. B.|One.|false",
        "covers:2|A. B.|One. Two.|true",
        "same|42|42|true"
      })
  void checksTellGoodFromBad(String check, String french, String english, boolean good) {
    assertThat(ComplaintEvaluation.passes(check, french, english)).isEqualTo(good);
  }

  @Test
  void theSetIsWellFormedAndLargeEnough() throws IOException {
    List<Complaint> set =
        LineFile.read(Path.of("evaluation/complaints/complaints.tsv")).stream()
            .map(Complaint::parse)
            .toList();
    assertThat(set).hasSizeGreaterThanOrEqualTo(120);
    assertThat(set.stream().map(Complaint::kind).distinct()).hasSizeGreaterThanOrEqualTo(8);
  }

  @Test
  void anUnknownCheckIsRefused() {
    assertThatThrownBy(() -> Complaint.parse("loop\tnothing\tOui"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing");
  }
}
