package dev.verso.bitext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.Block;
import dev.verso.text.BlockKind;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.text.SpanMap;
import dev.verso.text.TextSpan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;

class HtmlBitextWriterTest {

  private static org.jsoup.nodes.Document page(Bitext bitext) {
    return Jsoup.parse(new HtmlBitextWriter().format(bitext));
  }

  @Test
  void everyBlockIsARowAndEverySentenceIsOnBothSides() {
    Bitext bitext = BitextSketch.article();
    org.jsoup.nodes.Document page = page(bitext);

    assertThat(page.select("main section.row")).hasSameSizeAs(bitext.blocks());
    int number = 0;
    for (TranslationUnit unit : (Iterable<TranslationUnit>) bitext.units()::iterator) {
      number++;
      assertThat(page.select(".fr #s" + number).text()).isEqualTo(unit.source().text());
      assertThat(page.select(".en #t" + number).text()).isEqualTo(unit.targetText());
    }
    assertThat(number).isEqualTo(9);
    assertThat(page.select(".fr .seg")).hasSize(9);
    assertThat(page.select("section.row .en p").get(0).text())
        .as("gaps between sentences")
        .isEqualTo(
            "Russia suspended its relations with NATO on Monday."
                + " “We do not see the need to keep pretending!”");
    Element last = page.select("details.fold > section.row").last();
    assertThat(page.select("details.fold > summary").text())
        .isEqualTo("1 line of the page around the article");
    assertThat(last.hasClass("boilerplate")).isTrue();
    assertThat(last.select(".fr").text()).isEqualTo("Laisser un commentaire");
    assertThat(last.select(".en").text()).isEqualTo("not translated");
  }

  @Test
  void thePageSaysWhatItIs() {
    org.jsoup.nodes.Document page = page(BitextSketch.article());
    assertThat(page.select("header .label").text())
        .startsWith("Machine translation French → English by essai-fr-en");
    assertThat(page.select("h1").text()).isEqualTo("L’OTAN & Moscou");
    assertThat(page.select(".byline a").attr("href")).isEqualTo("https://example.org/otan?a=1&b=2");
    assertThat(page.select(".legend").text()).contains("below 0.50 (1 of 7 sentences)");
    assertThat(page.select(".doubt[id]").eachAttr("id")).containsExactly("t3");
    assertThat(page.select(".notes").text()).isEqualTo("Sentence 3: a loop was cut");
    assertThat(page.select("#s3").attr("data-at")).isEqualTo("91–153");
  }

  @Test
  void linkedWordsCarryTheSameNumbersOnBothSides() {
    org.jsoup.nodes.Document page = page(BitextSketch.article());
    assertThat(words(page.select("#t2 [data-l]")))
        .containsExactly(
            "0S=Russia",
            "1S=suspended",
            "4S=its",
            "5S=relations",
            "6S=with",
            "7P 8S=NATO",
            "2P=on",
            "2P 3S=Monday");
    assertThat(words(page.select("#s2 [data-l]")))
        .containsExactly(
            "0S=La Russie",
            "1S=a suspendu",
            "2P 3S=lundi",
            "4S=ses",
            "5S=relations",
            "6S=avec",
            "7P=l’",
            "8S=OTAN");
  }

  private static List<String> words(Elements words) {
    return words.stream().map(word -> word.attr("data-l") + "=" + word.text()).toList();
  }

  @Test
  void quotesAreMarkedOnBothSides() {
    Bitext bitext = BitextSketch.article();
    TranslationUnit unit = bitext.units().toList().get(2);
    TextSpan english = unit.target();
    QuotedPassage quote =
        new QuotedPassage(
            "direct",
            "Lavrov",
            "neighbour",
            new TextSpan(0, 1),
            List.of(unit.source().span()),
            new TextSpan(english.start() + 1, english.end() - 1),
            List.of());
    org.jsoup.nodes.Document page =
        Jsoup.parse(new HtmlBitextWriter(List.of(quote)).format(bitext));
    assertThat(page.select("#s3 .quoted").eachText())
        .as("cut where links begin and end")
        .hasSizeGreaterThan(1);
    assertThat(
            String.join("", page.select("#s3 .quoted").stream().map(Element::wholeText).toList()))
        .isEqualTo(unit.source().text());
    assertThat(
            String.join("", page.select("#t3 .quoted").stream().map(Element::wholeText).toList()))
        .isEqualTo(unit.targetText().substring(1, unit.targetText().length() - 1));
    assertThat(page.select("main .quoted")).hasSameSizeAs(page.select("#s3 .quoted, #t3 .quoted"));
    assertThat(page.select(".quotes li b.guessed").text()).isEqualTo("Lavrov");
    assertThat(page.select(".legend .quoted")).hasSize(1);
  }

  @Test
  void linksIntoMarkupFindTheirWords() {
    String raw = "<p>Le <b>ch&acirc;t</b>eau</p>";
    int[] starts = {3, 4, 5, 9, 10, 11, 18, 23, 24, 25};
    int[] ends = {4, 5, 6, 10, 11, 18, 19, 24, 25, 26};
    Segment segment = new Segment(new TextSpan(3, 26), "Le château", SpanMap.of(starts, ends));
    TranslationUnit unit =
        new TranslationUnit(
            segment,
            new TextSpan(0, 10),
            "The castle",
            List.of(
                new AlignmentLink(
                    new TextSpan(9, 26), new TextSpan(4, 10), AlignmentLink.Strength.SURE, 1)),
            -1,
            1,
            List.of());
    Bitext bitext =
        new Bitext(
            new Document(
                "a.html",
                "0".repeat(64),
                StandardCharsets.UTF_8,
                raw,
                Map.of(),
                List.of(Block.of(BlockKind.PARAGRAPH, List.of(segment)))),
            new Bitext.ModelReference("m", "", 1),
            List.of(new BitextBlock(BlockKind.PARAGRAPH, segment.span(), List.of(unit))),
            "The castle");

    assertThat(words(page(bitext).select("#s1 [data-l]"))).containsExactly("0S=château");
  }

  @Test
  void hostileTextStaysText() {
    String attack =
        "</title></style></script><script>alert(1)</script>\"' onmouseover='x' \u0000&lt;";
    Bitext bitext =
        new BitextSketch()
            .named(attack, Map.of("title", attack, "url", "javascript:alert(1)", attack, attack))
            .block(BlockKind.TITLE)
            .pair(attack, attack, -1, 0, List.of(attack), "script>script>S>1")
            .block(BlockKind.BOILERPLATE)
            .pair(attack, "", 1)
            .done();
    org.jsoup.nodes.Document page = page(bitext);

    assertThat(page.select("script")).hasSize(1);
    assertThat(page.select("style")).hasSize(1);
    assertThat(page.select("*").stream())
        .allSatisfy(
            element ->
                assertThat(element.attributes().asList())
                    .noneMatch(
                        attribute ->
                            attribute.getKey().startsWith("on")
                                || attribute.getKey().equals("style")
                                || attribute.getValue().startsWith("javascript:")));
    assertThat(page.select("#s1").text()).isEqualTo(attack.replace('\u0000', '␀'));
    assertThat(page.select("[src], link, img, iframe")).isEmpty();
  }

  @Test
  void halvesOfPairsAreNotCutApart() {
    Bitext bitext = new BitextSketch().pair("a 😀 b", "c 😀 d", 1, "\ud83d>\ude00>S>1").done();
    assertThat(words(page(bitext).select("[data-l]"))).containsExactly("0S=😀", "0S=😀");
  }

  @Test
  void linesThatPartSentencesStayParted() {
    String french = "Un.\nDeux. Trois.\nQuatre.";
    String english = "One.\nTwo. Three.";
    List<TranslationUnit> units =
        List.of(
            unit(french, 0, 3, english, 0, 4),
            unit(french, 4, 9, english, 5, 9),
            unit(french, 10, 16, english, 10, 16),
            unit(french, 17, 24, english, 16, 16));
    Block block =
        Block.of(BlockKind.PARAGRAPH, units.stream().map(TranslationUnit::source).toList());
    Bitext bitext =
        new Bitext(
            new Document(
                "a.txt", "0".repeat(64), StandardCharsets.UTF_8, french, Map.of(), List.of(block)),
            new Bitext.ModelReference("m", "", 1),
            List.of(new BitextBlock(block.kind(), block.span(), units)),
            english);

    org.jsoup.nodes.Document page = page(bitext);
    assertThat(page.select("main .fr").first().wholeText()).isEqualTo(french);
    assertThat(page.select("main .en").first().wholeText()).isEqualTo(english);
  }

  private static TranslationUnit unit(
      String french, int start, int end, String english, int from, int to) {
    return new TranslationUnit(
        Segment.plain(french, new TextSpan(start, end)),
        new TextSpan(from, to),
        english.substring(from, to),
        List.of(),
        -1,
        1,
        List.of());
  }
}
