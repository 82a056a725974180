package dev.verso.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.TranslationUnit;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranslationDeskTest {

  @Test
  void linksLeadFromWordToWordOfTheWholeTexts() {
    String text = "Titre\n\nLa Russie a suspendu ses relations avec l’OTAN. Moscou a protesté.";
    Document document = Documents.read("test", text, ReadOptions.defaults());
    try (TranslationDesk desk = TranslationDesk.open(TranslationDesk.shippedModel(), 1)) {
      Bitext bitext =
          desk.translate(document, TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE);
      List<String> links =
          bitext
              .units()
              .map(TranslationUnit::links)
              .flatMap(List::stream)
              .map(link -> link.source().of(text) + "=" + link.target().of(bitext.targetText()))
              .toList();
      assertThat(links).contains("Russie=Russia", "OTAN=NATO", "Moscou=Moscow");
    }
  }
}
