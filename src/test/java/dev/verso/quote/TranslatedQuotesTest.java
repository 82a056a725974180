package dev.verso.quote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextFormat;
import dev.verso.bitext.QuotedPassage;
import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.ReadOptions;
import dev.verso.text.TextSpan;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.Translator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The quotes of the real article with their words in the translation. */
class TranslatedQuotesTest {

  private static Bitext bitext;
  private static List<QuotedPassage> quotes;

  @BeforeAll
  static void translate() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("evaluation/articles/otan-moscou.txt"));
    Document document = Documents.read("otan-moscou.txt", bytes, ReadOptions.defaults());
    try (TranslationModel model = TranslationModel.load(Path.of("models/fr-en"));
        Translator translator = new Translator(model, 2)) {
      bitext =
          translator.translate(
              document, TranslationOptions.DEFAULT.withBeam(1), Progress.SILENT, Cancellation.NONE);
    }
    quotes = QuotePassages.of(bitext);
  }

  @Test
  void eachQuoteOfTheArticleHasItsSpeakerAndItsWordsOnBothSides() {
    assertThat(quotes).hasSizeGreaterThanOrEqualTo(4);
    assertThat(quotes).anyMatch(quote -> !quote.repaired().isEmpty());
    for (QuotedPassage quote : quotes) {
      assertThat(quote.speaker()).as(quote.toString()).isNotBlank();
      assertThat(quote.target()).as(quote.toString()).isNotNull();
      assertThat(quote.target().of(bitext.targetText())).isNotBlank();
      for (TextSpan span : quote.source()) {
        assertThat(span.of(bitext.source().text())).isNotBlank();
      }
    }
  }

  @Test
  void editorsMarksSurviveInsideTheirQuotesAndQuotationMarksArePaired() throws IOException {
    String french =
        "« Nous ne signerons pas [...] ce traité », a dit le ministre. « Le projet est fini (sic) »,"
            + " a ajouté le maire. Il a parlé de « paix […] durable ».";
    Document document = Documents.read("marques.txt", french, ReadOptions.defaults());
    try (TranslationModel model = TranslationModel.load(Path.of("models/fr-en"));
        Translator translator = new Translator(model, 1)) {
      Bitext marked =
          translator.translate(
              document, TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE);
      String english = marked.targetText();
      assertThat(english).contains("[...]", "(sic)", "[…]").doesNotContain("«", "»");
      assertThat(english.chars().filter(c -> c == '"').count()).isEqualTo(6);
      for (QuotedPassage quote : QuotePassages.of(marked)) {
        boolean leftOut = quote.source().get(0).of(french).contains("[...]");
        assertThat(quote.target().of(english).contains("[...]")).isEqualTo(leftOut);
      }
    }
  }

  private static String written(BitextFormat format) throws IOException {
    StringWriter out = new StringWriter();
    format.writer(quotes).write(bitext, out);
    return out.toString();
  }

  @Test
  void jsonTellsOfBothSides() throws IOException {
    JsonNode root = new ObjectMapper().readTree(written(BitextFormat.JSON));
    assertThat(root.get("quotes")).hasSize(quotes.size());
    JsonNode first = root.get("quotes").get(0);
    QuotedPassage quote = quotes.get(0);
    assertThat(first.get("source").get(0).get(0).asInt()).isEqualTo(quote.source().get(0).start());
    assertThat(first.get("target").get(1).asInt()).isEqualTo(quote.target().end());
    assertThat(first.get("speaker").asText()).isEqualTo(quote.speaker());
  }

  @Test
  void annotationsAddressBothTextsByWordsPlaceAndHash() throws IOException {
    JsonNode root = new ObjectMapper().readTree(written(BitextFormat.JSONLD));
    JsonNode items = root.get("first").get("items");
    assertThat(items).hasSize(quotes.size());
    String french = bitext.source().text();
    String english = bitext.targetText();
    for (JsonNode item : items) {
      addressed(item.get("target").get(0), french);
      addressed(item.get("body").get(1), english);
      assertThat(item.get("target").get(0).get("state").get("value").asText())
          .isEqualTo("sha256:" + bitext.source().sha256());
    }
  }

  private static void addressed(JsonNode resource, String text) {
    JsonNode words = resource.get("selector").get(0);
    JsonNode place = resource.get("selector").get(1);
    int start = text.offsetByCodePoints(0, place.get("start").asInt());
    int end = text.offsetByCodePoints(0, place.get("end").asInt());
    assertThat(text.substring(start, end)).isEqualTo(words.get("exact").asText());
    assertThat(text.substring(0, start)).endsWith(words.get("prefix").asText());
    assertThat(text.substring(end)).startsWith(words.get("suffix").asText());
  }

  @Test
  void thePageListsTheQuotesWithJumpsToBothSides() throws IOException {
    String page = written(BitextFormat.HTML);
    assertThat(page).contains("<summary>Quotes (" + quotes.size() + ")</summary>");
    String list = page.substring(page.indexOf("<summary>Quotes"), page.indexOf("class=\"legend\""));
    var jumps = java.util.regex.Pattern.compile("href=\"#([st]\\d+)\"").matcher(list);
    int found = 0;
    while (jumps.find()) {
      found++;
      assertThat(page).contains("id=\"" + jumps.group(1) + "\"");
    }
    assertThat(found).isEqualTo(2 * quotes.size());
  }

  @Test
  void aPageOfTheQuotesAloneMarksThemInTheText() {
    QuoteReport report = QuoteExtractor.of(dev.verso.text.Language.FRENCH).report(bitext.source());
    String page = QuoteWriter.HTML.format(bitext.source(), report);
    for (int n = 1; n <= report.quotes().size(); n++) {
      assertThat(page).contains("href=\"#q" + n + "\"").contains("id=\"q" + n + "\"");
    }
  }
}
