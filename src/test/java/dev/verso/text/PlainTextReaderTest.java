package dev.verso.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTextReaderTest {

  private static Document read(String text) {
    Document document = Documents.read("a.txt", text, ReadOptions.defaults());
    DocumentChecks.assertPlain(document);
    return document;
  }

  private static List<List<String>> sentences(Document document) {
    return document.blocks().stream()
        .map(block -> block.segments().stream().map(Segment::text).toList())
        .toList();
  }

  private static List<BlockKind> kinds(Document document) {
    return document.blocks().stream().map(Block::kind).toList();
  }

  @Test
  void blankLinesPartBlocks() {
    assertThat(sentences(read("Il pleut. Elle rit.\n\n \n\tIl part.\r\n\r\nFin.")))
        .containsExactly(List.of("Il pleut.", "Elle rit."), List.of("Il part."), List.of("Fin."));
  }

  @Test
  void aSingleLineBreakPartsSentences() {
    assertThat(sentences(read("Jean Dupont\n12, rue des Lilas\nLille")))
        .containsExactly(List.of("Jean Dupont", "12, rue des Lilas", "Lille"));
    assertThat(sentences(read("Il pleut.\nElle rit.")))
        .containsExactly(List.of("Il pleut.", "Elle rit."));
  }

  @Test
  void wordsUnderEachOtherAreNoSentence() {
    assertThat(sentences(read("pain\nvin\nfromage")))
        .containsExactly(List.of("pain", "vin", "fromage"));
  }

  @Test
  void hardWrappedTextIsJoined() {
    String wrapped =
        """
        Le gouvernement a annoncé mardi une série de mesures destinées à
        soutenir les ménages. Selon la ministre, qui s’exprimait devant
        les députés, le coût de ce plan dépassera deux milliards d’euros.
        """;
    assertThat(sentences(read(wrapped)))
        .containsExactly(
            List.of(
                "Le gouvernement a annoncé mardi une série de mesures destinées à\n"
                    + "soutenir les ménages.",
                "Selon la ministre, qui s’exprimait devant\n"
                    + "les députés, le coût de ce plan dépassera deux milliards d’euros."));
  }

  @Test
  void listItemsAndQuotedLinesAreBlocks() {
    Document document =
        read(
            "Trois points :\n- la paix\n- le pain\n1. Le vin est cher.\n\n> Il a dit non.\n> Oui.");
    assertThat(kinds(document))
        .containsExactly(
            BlockKind.PARAGRAPH,
            BlockKind.LIST_ITEM,
            BlockKind.LIST_ITEM,
            BlockKind.LIST_ITEM,
            BlockKind.QUOTE);
    assertThat(sentences(document).get(3)).containsExactly("1. Le vin est cher.");
  }

  @Test
  void linesAboutTheTextBecomeMetadata() {
    String text =
        """
        Le barrage restera ouvert

        Par Anne Roy le 3 mai 2021
        Publié le 1er mai 2021 à 7 h 30

        Le syndicat des eaux a ouvert lundi les vannes du barrage, qui le resteront un mois.

        Par Toutatis, a dit le maire le 4 juin 2021, qui ne signera rien de plus.

        Source : https://exemple.fr/barrage
        """;
    assertThat(read(text).metadata())
        .containsOnly(
            entry("title", "Le barrage restera ouvert"),
            entry("author", "Anne Roy"),
            entry("date", "2021-05-03"),
            entry("url", "https://exemple.fr/barrage"));
    assertThat(read("Publié le 31 juin 2021\n\nIl pleut.").metadata()).isEmpty();
  }

  @Test
  void linesModeKeepsEveryLine() {
    String text = "Un. Deux.\n\n  trois \r\nLaisser un commentaire\n";
    Document document = Documents.read("a", text, ReadOptions.defaults().withLines(true));
    DocumentChecks.assertPlain(document);
    assertThat(sentences(document))
        .containsExactly(List.of("Un. Deux."), List.of("trois"), List.of("Laisser un commentaire"));
    assertThat(kinds(document)).containsOnly(BlockKind.PARAGRAPH);
    assertThat(TextLines.of(text)).hasSize(4);
  }

  @Test
  void nothingIsReadFromNothing() {
    assertThat(read("").blocks()).isEmpty();
    assertThat(read(" \n\u00a0\u202f\t\r\n").blocks()).isEmpty();
  }
}
