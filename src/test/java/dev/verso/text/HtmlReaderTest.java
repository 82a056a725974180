package dev.verso.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReaderTest {

  private static Document read(String html) {
    Document document =
        Documents.read("a.html", html, ReadOptions.defaults().withFormat(InputFormat.HTML));
    DocumentChecks.assertMarkup(document);
    return document;
  }

  private static Document page(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("evaluation/articles", name));
    Document document = Documents.read(name, bytes, ReadOptions.defaults());
    DocumentChecks.assertMarkup(document);
    return document;
  }

  private static List<String> texts(Document document) {
    return document.blocks().stream()
        .flatMap(block -> block.segments().stream())
        .map(Segment::text)
        .toList();
  }

  private static List<String> lines(Document document, BlockKind kind) {
    return document.blocks().stream()
        .filter(block -> block.kind() == kind)
        .map(block -> String.join(" | ", block.segments().stream().map(Segment::text).toList()))
        .toList();
  }

  @Test
  void raisedAndLoweredFiguresAreNotThoseOfTheLine() {
    String html =
        "<p>En 2014<sup><a href='#n1'>1</a></sup>, 10<sup>6</sup> m<sup>2</sup> de"
            + " H<sub>2</sub>O, le 1<sup>er</sup> mai, 5<sup>[3]</sup>.</p>";
    Document document = read(html);
    Segment segment = document.blocks().get(0).segments().get(0);
    assertThat(segment.text()).isEqualTo("En 2014¹, 10⁶ m² de H₂O, le 1er mai, 5[3].");
    int at = segment.text().indexOf('⁶');
    assertThat(segment.toRaw(new TextSpan(at, at + 1)).of(html)).isEqualTo("6");
  }

  @Test
  void aReaderSeesNoMarkup() {
    String html = "<p>Le prix&nbsp;: <b>1&nbsp;200</b>&#8239;&euro; &amp; plus.</p><p>Bien.</p>";
    Document document = read(html);
    int from = html.indexOf("<b>1");
    int to = html.indexOf(" plus");
    assertThat(document.visible(new TextSpan(from, to))).isEqualTo("1\u00a0200\u202f€ &");
    assertThat(document.visible(new TextSpan(0, html.length())))
        .isEqualTo("Le prix\u00a0: 1\u00a0200\u202f€ & plus.\nBien.");
    assertThat(document.visibleBefore(from, 5)).isEqualTo("ix\u00a0: ".substring(0, 5));
    assertThat(document.visibleAfter(to, 8)).isEqualTo(" plus.\nB");
    assertThat(document.visible(new TextSpan(0, 3))).isEmpty();
    for (int i = 0; i <= html.length(); i++) {
      for (int j = i; j <= html.length(); j++) {
        assertThat(document.visible(new TextSpan(i, j)))
            .doesNotContain("<b>")
            .doesNotContain("nbsp;");
      }
    }
  }

  @Test
  void aNewsPageIsItsArticle() throws IOException {
    Document document = page("grand-lac.html");
    assertThat(document.metadata())
        .containsEntry("title", "Grand-Lac : le barrage restera ouvert jusqu’en juin")
        .containsEntry("author", "Anne Berthier, Luc Morin")
        .containsEntry("date", "2021-03-18T07:30:00+01:00")
        .containsEntry("language", "fr-FR")
        .containsEntry("site", "Le Courrier du Lac")
        .containsEntry("url", "https://courrier-du-lac.example/grand-lac-barrage");
    assertThat(lines(document, BlockKind.TITLE))
        .containsExactly(
            "Grand-Lac\u00a0: le barrage restera ouvert jusqu’en\u00a0juin",
            "Des pêcheurs en colère");
    assertThat(lines(document, BlockKind.PARAGRAPH))
        .containsExactly(
            "Le syndicat des eaux veut vider la retenue avant la fonte des neiges… quitte à fâcher"
                + " les pêcheurs.",
            "Par Anne Berthier et Luc Morin",
            "Les vannes du barrage de Grand-Lac resteront ouvertes jusqu'au 1er juin, a indiqué"
                + " jeudi le syndicat des eaux. | «\u00a0Nous n’avons pas le choix\u00a0», a"
                + " expliqué M.\u00a0Rey, son président.",
            "Le niveau a baissé de 2,5\u00a0m en dix jours. | Il devrait encore perdre 80\u00a0cm"
                + " d’ici à avril, selon le syndicat, qui parle d’une « mesure de sécurité. «",
            "«\u00a0On nous prend l’eau\u00a0!\u00a0» s’emporte Mme\u00a0Vidal, de l’association"
                + " des pêcheurs. | Elle réclame une indemnité & un calendrier.",
            "Le prochain point est prévu le 2\u00a0avril. | D’ici là, l’accès aux berges reste"
                + " interdit\naux véhicules.");
    assertThat(lines(document, BlockKind.QUOTE))
        .containsExactly("Le lac n’est pas une baignoire. | On ne le vide pas quand on veut.");
    assertThat(lines(document, BlockKind.LIST_ITEM)).hasSize(3);
    assertThat(lines(document, BlockKind.CAPTION)).hasSize(1);
    assertThat(lines(document, BlockKind.BOILERPLATE))
        .hasSize(24)
        .contains(
            "Le Courrier du Lac",
            "Accueil > Région > Grand-Lac",
            "Publié le 18 mars 2021 à 7 h 30",
            "Partager sur Facebook Tweeter",
            "Lire aussi : Crue de 2018 : ce que dit le rapport",
            "Mots-clés : lac, eau",
            "Les associations demandent un moratoire dès cet été sur toutes les espèces du lac.",
            "3 commentaires");
    assertThat(document.text()).contains("Texte caché.", "document.write");
    assertThat(texts(document)).noneMatch(text -> text.contains("caché") || text.contains("write"));
  }

  @Test
  void anOldPageWithoutStructureIsRead() throws IOException {
    Document document = page("port-ferme.html");
    assertThat(document.encoding()).isEqualTo(Charset.forName("windows-1252"));
    assertThat(document.blocks().stream().map(Block::kind))
        .containsExactly(
            BlockKind.BOILERPLATE,
            BlockKind.TITLE,
            BlockKind.PARAGRAPH,
            BlockKind.PARAGRAPH,
            BlockKind.PARAGRAPH,
            BlockKind.PARAGRAPH,
            BlockKind.PARAGRAPH,
            BlockKind.BOILERPLATE,
            BlockKind.BOILERPLATE);
    assertThat(texts(document))
        .contains(
            "Comptez 1 h 30 de plus & prenez un gilet : le vent forcit <50 km/h>.",
            "« On n'y touche pas avant l'arrivée des démineurs de Brest !");
  }

  @Test
  void eachUnitLeadsToItsRawRange() {
    String html = "<p>L&eacute;a &amp;  <b>Zo</b>&#233;\n &#x1F600;<i> rit</i>.</p>";
    Segment segment = read(html).blocks().get(0).segments().get(0);
    assertThat(segment.text()).isEqualTo("Léa & Zoé \ud83d\ude00 rit.");
    assertThat(segment.span().of(html))
        .isEqualTo("L&eacute;a &amp;  <b>Zo</b>&#233;\n &#x1F600;<i> rit</i>.");
    assertThat(segment.toRaw(new TextSpan(6, 9)).of(html)).isEqualTo("Zo</b>&#233;");
    assertThat(segment.toRaw(new TextSpan(1, 2)).of(html)).isEqualTo("&eacute;");
    assertThat(segment.toRaw(new TextSpan(5, 6)).of(html)).isEqualTo("  ");
    assertThat(segment.toRaw(new TextSpan(10, 11)).of(html)).isEqualTo("&#x1F600;");
  }

  @Test
  void inlineTagsPartNoWordsAndBlocksDo() {
    assertThat(texts(read("<p>anti<b>consti</b>tution<wbr>nel</p>")))
        .containsExactly("anticonstitutionnel");
    assertThat(texts(read("<div>Un<div>Deux</div>Trois<span>Quatre</span></div>")))
        .containsExactly("Un", "Deux", "TroisQuatre");
    assertThat(texts(read("<p>Un.<p>Deux.<ul><li>a<li>b</ul>")))
        .containsExactly("Un.", "Deux.", "a", "b");
    assertThat(texts(read("<table><tr><td>a<td>b<tr><td>c</table>")))
        .containsExactly("a", "b", "c");
  }

  @Test
  void lineBreaksPartLinesAndTwoOfThemBlocks() {
    Document document = read("<p>Jean Dupont<br>Lille<br><br>Le reste.</p>");
    assertThat(document.blocks()).hasSize(2);
    assertThat(texts(document)).containsExactly("Jean Dupont", "Lille", "Le reste.");
    assertThat(texts(read("<pre>Un\n  Deux\n</pre>"))).containsExactly("Un", "Deux");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>Il pleut</x>.<!-- <p>non</p> --> <![CDATA[ non ]]>Elle rit.</p>",
        "<p>Il pleut.<script>if (a<b) document.write('<p>non')</script> Elle rit.",
        "<p>Il pleut. <span hidden>non</span><b>Elle <i>rit</b>.</i>",
        "Il pleut. <style>p{}</style>Elle rit.<p style='display : none'>non",
        "<title>non</title>Il pleut. <noscript>non</noscript>Elle rit.",
        "<p>Il pleut.\0 Elle<body> rit.</p><template>non</template>",
        "<p title='<p>non</p>'>Il pleut. Elle rit.<a href=\"x",
        "<p>Il pleut. Elle&#32;rit&period;<svg><text>non</text></svg>"
      })
  void hostileMarkupLeavesTheText(String html) {
    assertThat(texts(read(html))).containsExactly("Il pleut.", "Elle rit.");
  }

  @Test
  void bareSignsAndDoubleEncodingAreText() {
    assertThat(texts(read("<p>a < b, 3<4 & c &amp;lt; d &unknown; e &eacutef</p>")))
        .containsExactly("a < b, 3<4 & c &lt; d &unknown; e éf");
  }

  @Test
  void textThatTheParserMovesStaysInSourceOrder() {
    Document document = read("<p>Un.</p><table>Deux.<tr><td>Trois.</td></tr>Quatre.</table>Cinq.");
    assertThat(texts(document)).containsExactly("Un.", "Deux.", "Trois.", "Quatre.", "Cinq.");
  }

  @Test
  void aFormAroundThePageIsNoForm() {
    String prose =
        "<p>Le conseil a voté mardi soir le budget de la commune, après un long débat.</p>";
    Document document =
        read(
            "<body class='has-sidebar'><form id=aspnet><h1>Budget voté</h1>"
                + prose.repeat(3)
                + "<div class=sidebar><p>Abonnez-vous</p></div></form>");
    assertThat(lines(document, BlockKind.TITLE)).containsExactly("Budget voté");
    assertThat(lines(document, BlockKind.PARAGRAPH)).hasSize(3);
    assertThat(lines(document, BlockKind.BOILERPLATE)).containsExactly("Abonnez-vous");
  }

  @Test
  void thePageWithMostTextInNoElementKeepsItAll() {
    String prose =
        "<div><p>Le conseil a voté mardi soir le budget de la commune, sans débat.</p></div>";
    assertThat(lines(read("<div>" + prose.repeat(4) + "</div>"), BlockKind.PARAGRAPH)).hasSize(4);
  }

  @Test
  void depthDoesNotMatter() {
    int depth = 5_000;
    assertThat(texts(read("<div>".repeat(depth) + "Il pleut." + "</div>".repeat(depth))))
        .containsExactly("Il pleut.");
    assertThat(texts(read("<b><table><tr><td>".repeat(depth) + "Il pleut.")))
        .containsExactly("Il pleut.");
  }

  @Test
  void whatIsNoPageIsRefused() {
    assertThatThrownBy(() -> read("<p".repeat(100_000)))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContaining("a tag that never ends");
    assertThatThrownBy(() -> read("<b>".repeat(600_000)))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContaining("500000 tags");
  }

  @Test
  void theFormatIsToldByContentNameOrForced() {
    ReadOptions options = ReadOptions.defaults();
    String page = "<p>Il pleut.</p>";
    assertThat(texts(Documents.read("a.html", page, options))).containsExactly("Il pleut.");
    assertThat(texts(Documents.read("-", page, options))).containsExactly("Il pleut.");
    assertThat(texts(Documents.read("-", "<!DOCTYPE html>" + page, options)))
        .containsExactly("Il pleut.");
    assertThat(texts(Documents.read("a.txt", page, options))).containsExactly(page);
    assertThat(texts(Documents.read("-", page, options.withFormat(InputFormat.TEXT))))
        .containsExactly(page);
    assertThat(texts(Documents.read("-", "a <b et b> c", options))).containsExactly("a <b et b> c");
  }
}
