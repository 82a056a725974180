package dev.verso.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.TranslationUnit;
import dev.verso.engine.Engine;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.junit.jupiter.api.Test;

class WordBitextTest {

  private static Bitext bitext(String name, String text) {
    Document document = Documents.read(name, text, ReadOptions.defaults(), Cancellation.NONE);
    try (Engine engine = Engine.open()) {
      return engine
          .translator()
          .translate(
              document,
              TranslationOptions.ofBeam(1).withBoilerplate(true),
              Progress.SILENT,
              Cancellation.NONE);
    }
  }

  @Test
  void eachSegmentIsARowOfFrenchAndEnglish() throws IOException {
    Bitext bitext =
        bitext("otan.txt", Files.readString(Path.of("evaluation/articles/otan-moscou.txt")));
    List<TranslationUnit> units = bitext.units().toList();
    assertThat(units).hasSizeGreaterThan(20);
    try (XWPFDocument word = new XWPFDocument(new ByteArrayInputStream(WordBitext.write(bitext)))) {
      assertThat(word.getParagraphs().get(0).getText()).contains("otan.txt", "machine translation");
      XWPFTable table = word.getTables().get(0);
      assertThat(table.getNumberOfRows()).isEqualTo(units.size() + 1);
      for (int i = 0; i < units.size(); i++) {
        TranslationUnit unit = units.get(i);
        assertThat(table.getRow(i + 1).getCell(0).getText()).isEqualTo(unit.source().text());
        String english = table.getRow(i + 1).getCell(1).getText();
        assertThat(english).startsWith(unit.targetText());
        unit.notes().forEach(note -> assertThat(english).contains(note));
        assertThat(english.contains("doubtful")).isEqualTo(unit.isDoubtful());
        assertThat(table.getRow(i + 1).getCell(0).getParagraphArray(0).getRuns().get(0).getLang())
            .isEqualTo("fr-FR");
      }
    }
  }

  @Test
  void whatXmlCannotHoldIsReplacedAndLineBreaksStay() throws IOException {
    Bitext bitext = bitext("a\u0001.txt", "Il a dit \u0002 « oui » \uD83D\uDE00.");
    try (XWPFDocument word = new XWPFDocument(new ByteArrayInputStream(WordBitext.write(bitext)))) {
      assertThat(word.getParagraphs().get(0).getText()).startsWith("a\uFFFD.txt");
      assertThat(word.getTables().get(0).getRow(1).getCell(0).getText())
          .contains("\uD83D\uDE00")
          .doesNotContain("\u0002");
    }
  }
}
