package dev.verso.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The first input: a scraped article with everything that scraping leaves in it. */
class ArticleTest {

  private static final Path ARTICLE = Path.of("evaluation/articles/otan-moscou.txt");

  private static Document read() throws IOException {
    return Documents.read("otan-moscou.txt", Files.readAllBytes(ARTICLE), ReadOptions.defaults());
  }

  private static List<String> texts(Document document, BlockKind kind) {
    return document.blocks().stream()
        .filter(block -> block.kind() == kind)
        .map(block -> block.span().of(document.text()))
        .toList();
  }

  private static Stream<Segment> segments(Document document) {
    return document.blocks().stream().flatMap(block -> block.segments().stream());
  }

  @Test
  void everySegmentIsItsSpanAndNothingIsLost() throws IOException {
    Document document = read();
    assertThat(document.encoding()).isEqualTo(StandardCharsets.UTF_8);
    DocumentChecks.assertPlain(document);
  }

  @Test
  void titleParagraphsAndBoilerplateAreToldApart() throws IOException {
    Document document = read();
    String title =
        "La Russie suspend la mission de l’OTAN et ferme son bureau à Moscou pour cause"
            + " d’espionnage";
    assertThat(texts(document, BlockKind.TITLE)).containsExactly(title);
    assertThat(document.metadata()).containsEntry("title", title);
    assertThat(texts(document, BlockKind.BOILERPLATE))
        .containsExactly(
            "in",
            "Laisser un commentaire",
            "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec"
                + " *",
            "GIPHY App Key not set. Please check settings",
            "Le spectre de la prison pour Lucas Hernandez, condamné en Espagne pour violences"
                + " conjugales",
            "Sous le choc, le Parlement britannique rend hommage au député tué");
    assertThat(texts(document, BlockKind.PARAGRAPH)).hasSize(14);
    assertThat(document.blocks()).hasSize(21);
  }

  @Test
  void strayGuillemetsBelongToTheSentenceTheyClose() throws IOException {
    Document document = read();
    assertThat(segments(document).map(Segment::text))
        .anyMatch(text -> text.endsWith("dans un avenir prévisible. «"))
        .anyMatch(text -> text.endsWith("de pression sur les relations. . «"))
        .contains("C’est plus que regrettable.\u00a0»")
        .contains("Ou cela peut prendre plusieurs jours de plus », a déclaré Lavrov.");
    assertThat(segments(document)).hasSize(32);
  }
}
