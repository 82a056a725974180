package dev.verso.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextFormat;
import dev.verso.bitext.TranslationUnit;
import dev.verso.engine.Engine;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.TranslatorLoad;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TranslateArticleTest {

  private static Engine engine;

  @BeforeAll
  static void open() {
    engine = Engine.open(Engine.shippedModel(), 1);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static TranslateArticle.Result translated(Document document, BitextFormat format) {
    return new TranslateArticle(engine)
        .translate(
            new TranslateArticle.Request(
                document, TranslationOptions.DEFAULT.withBeam(1), false, format),
            Progress.SILENT,
            Cancellation.NONE);
  }

  @Test
  void linksLeadFromWordToWordOfTheWholeTexts() {
    String text = "Titre\n\nLa Russie a suspendu ses relations avec l’OTAN. Moscou a protesté.";
    Document document = Documents.read("test", text, ReadOptions.defaults());
    Bitext bitext = translated(document, BitextFormat.TSV).bitext();
    List<String> links =
        bitext
            .units()
            .map(TranslationUnit::links)
            .flatMap(List::stream)
            .map(link -> link.source().of(text) + "=" + link.target().of(bitext.targetText()))
            .toList();
    assertThat(links).contains("Russie=Russia", "OTAN=NATO", "Moscou=Moscow");
  }

  @Test
  void aFormatWithoutLinksTakesNoPassOfTheNetworkForThem() {
    Document article =
        ReadArticle.from(Path.of("evaluation/articles/usine-riviere.txt"), ReadOptions.defaults());
    TranslatorLoad before = engine.load();
    TranslateArticle.Result text = translated(article, BitextFormat.TEXT);
    TranslatorLoad after = engine.load();
    assertThat(after.decoded()).isGreaterThan(before.decoded());
    assertThat(after.tasks()).isEqualTo(before.tasks());
    assertThat(text.bitext().units().flatMap(unit -> unit.links().stream())).isEmpty();
    TranslateArticle.Result json = translated(article, BitextFormat.JSON);
    assertThat(engine.load().tasks()).isGreaterThan(after.tasks());
    assertThat(json.bitext().targetText()).isEqualTo(text.bitext().targetText());
    assertThat(json.quotes()).isNotEmpty();
    assertThat(text.quotes()).isEmpty();
  }

  @Test
  void whatRepeatsIsLinkedOnce() {
    Document refrain =
        Documents.read(
            "refrain", "Le chat dort dans la maison.\n\n".repeat(40), ReadOptions.defaults());
    long before = engine.load().tasks();
    Bitext bitext = translated(refrain, BitextFormat.TSV).bitext();
    assertThat(engine.load().tasks() - before).isEqualTo(1);
    assertThat(bitext.units().map(unit -> unit.links().size()).distinct()).hasSize(1);
  }
}
