package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TranslationMemoryTest {

  @Test
  void findsWhatDiffersInSpacesApostrophesAndEncodingOnly() {
    Map<String, String> units = new LinkedHashMap<>();
    units.put("« L’été » arrive\u00a0!", "old");
    units.put("« L'e\u0301te\u0301 »  arrive !", "Summer is coming!");
    units.put("Rien.", " ");
    TranslationMemory memory = new TranslationMemory(units);
    assertThat(memory.size()).isEqualTo(1);
    assertThat(memory.find(" « L’été »\u202farrive ! ")).hasValue("Summer is coming!");
    assertThat(memory.find("« l’été » arrive !")).isEmpty();
    assertThat(memory.find("Rien.")).isEmpty();
    assertThat(memory.find("")).isEmpty();
    assertThat(TranslationMemory.EMPTY.find("Oui.")).isEmpty();
  }

  @Test
  void whatIsKnownIsNotDecodedAndStillHasItsLinks() {
    List<String> texts =
        List.of("Il pleut à Paris.", "Le chat noir dort.", "La mairie a fermé hier.");
    TranslationMemory memory =
        new TranslationMemory(Map.of("Le chat noir dort.", "The dark cat is asleep."));
    try (TranslationModel model = TranslationModel.load(Path.of("models/fr-en"));
        Translator translator = new Translator(model, 1)) {
      List<SegmentTranslation> plain =
          translator.translate(
              texts, TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE);
      List<SegmentTranslation> with =
          translator.translate(
              texts,
              TranslationOptions.DEFAULT.withMemory(memory),
              Progress.SILENT,
              Cancellation.NONE);
      assertThat(with.get(0)).isEqualTo(plain.get(0));
      assertThat(with.get(2)).isEqualTo(plain.get(2));
      SegmentTranslation known = with.get(1);
      assertThat(known.text()).isEqualTo("The dark cat is asleep.");
      assertThat(known.quality()).isEqualTo(1);
      assertThat(known.notes()).containsExactly("taken from the translation memory");
      assertThat(
              known.links().stream()
                  .map(
                      link ->
                          link.source().of(texts.get(1)) + "=" + link.target().of(known.text())))
          .contains("chat=cat");
    }
  }
}
