package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.model.TranslationModel;
import dev.verso.model.WordList;
import dev.verso.text.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

  private static final Names NAMES =
      new Names(WordList.of(List.of("londres", "soleil", "le", "la", "ministre", "otan", "caire")));

  private static List<String> in(String text) {
    return NAMES.in(text).stream().map(span -> span.of(text)).toList();
  }

  private static List<String> lost(String text, String translation) {
    return NAMES.lost(text, translation).stream().map(span -> span.of(text)).toList();
  }

  @Test
  void namesStandInsideASentenceAndHaveNoOtherForm() {
    assertThat(in("Le ministre Jean Barrot, Unasur (Khan) et l’Aquila, d'Harappa à Londres"))
        .containsExactly("Jean", "Barrot", "Unasur", "Khan", "Aquila", "Harappa");
    assertThat(in("Barrot vient. Unasur aussi : Khan, dit \"Ross\", l'OTAN. «Mara»")).isEmpty();
    assertThat(in("le X et les Éphésiens, aux Philippines, des Moriori"))
        .containsExactly("Moriori");
    assertThat(in("Selon Le Soleil, le Soleil et Le Caire")).containsExactly("Le Soleil");
    assertThat(in("Le Soleil brille. Le Soleil aussi.")).isEmpty();
    assertThat(in("Il dit Le Le Le La et Le Soleil")).containsExactly("Le Soleil");
    assertThat(in("")).isEmpty();
    assertThat(in("A")).isEmpty();
  }

  @Test
  void aNameIsHeldAsAWordOrAsAnAdjective() {
    assertThat(lost("de Ross", "by Ross's")).isEmpty();
    assertThat(lost("de Ross", "by ROSS")).isEmpty();
    assertThat(lost("de Ross", "by Rosser")).containsExactly("Ross");
    assertThat(lost("de Ross et Ross", "")).containsExactly("Ross", "Ross");
    assertThat(lost("du Canada", "the Canadian team")).isEmpty();
    assertThat(lost("du Canada", "the Canadas")).containsExactly("Canada");
    assertThat(lost("du Canada", "the Canad")).containsExactly("Canada");
  }

  @Test
  void theShippedModelLosesFewNames() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("evaluation/mt/flores-dev.fr")).subList(0, 300);
    try (TranslationModel model = TranslationModel.load(Path.of("models/fr-en"));
        Translator translator = new Translator(model, 2)) {
      Names names = new Names(model.translatedWords().orElseThrow());
      List<SegmentTranslation> renderings =
          translator.translate(
              lines, TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE);
      List<String> all = new ArrayList<>();
      List<String> lost = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        SegmentTranslation rendering = renderings.get(i);
        names.in(line).forEach(name -> all.add(name.of(line)));
        List<String> own =
            names.lost(line, rendering.text()).stream().map(name -> name.of(line)).toList();
        String notes = String.join("; ", rendering.notes());
        assertThat(own).allSatisfy(name -> assertThat(notes).contains(name));
        assertThat(notes.contains("name not found")).isEqualTo(!own.isEmpty());
        lost.addAll(own);
      }
      assertThat(all).hasSizeGreaterThan(150);
      assertThat(lost).hasSizeLessThan(all.size() / 100);
    }
  }

  @Test
  void aGlossaryMayTranslateAName() throws IOException {
    String text = "Le ministre Jean-Noël Barrot a rencontré les joueurs.";
    Glossary glossary = Glossary.parse("names", "Barrot\tSmith\n");
    try (TranslationModel model = TranslationModel.load(Path.of("models/fr-en"));
        Translator translator = new Translator(model, 1)) {
      TranslationOptions plain = TranslationOptions.DEFAULT;
      assertThat(rendered(translator, text, plain).text()).contains("Barrot");
      SegmentTranslation given = rendered(translator, text, plain.withGlossary(glossary));
      assertThat(given.text()).contains("Smith").doesNotContain("Barrot");
      assertThat(given.notes()).noneMatch(note -> note.contains("name not found"));
    }
  }

  private static SegmentTranslation rendered(
      Translator translator, String text, TranslationOptions options) {
    return translator.translate(List.of(text), options, Progress.SILENT, Cancellation.NONE).get(0);
  }
}
