package dev.verso.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.Chromium;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The reading page as a reader meets it: the real service and model in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReaderPageTest {

  private static final String ARTICLE = "evaluation/articles/otan-moscou.txt";
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
  private static final String STATUS = "document.querySelector('.status')?.textContent";

  /** Seconds that the longest article may take where other work goes on. */
  private static final int LONG = 300;

  private RunningService service;
  private Chromium page;
  private int opened;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    service = RunningService.start("verso.limits.timeout", LONG + "s");
    page = new Chromium(folder, service.uri("/"));
    page.await("document.querySelector('#draft')");
  }

  @AfterAll
  void close() throws Exception {
    if (page != null) {
      page.close();
    }
    service.close();
  }

  @BeforeEach
  void afresh() throws Exception {
    page.open(service.uri("/?fresh=" + ++opened));
    page.await("document.querySelector('#draft') && location.search == '?fresh=" + opened + "'");
  }

  private void type(String element, String text) throws Exception {
    page.evaluate(
        "(e => { e.value = "
            + RunningService.MAPPER.writeValueAsString(text)
            + "; e.dispatchEvent(new Event('input', {bubbles: true})); })(document.querySelector('"
            + element
            + "'))");
  }

  private void translate(String text) throws Exception {
    type("#draft", text);
    page.click("document.querySelector('#translate:not([disabled])')");
    page.await(STATUS + ".includes('sentences,')", LONG);
  }

  private String text(String element) throws Exception {
    return page.evaluate("document.querySelector('" + element + "')?.innerText").asText();
  }

  private void tab(String name) throws Exception {
    page.click("[...document.querySelectorAll('.tab')].find(e => e.textContent == '" + name + "')");
  }

  private static String axe() throws IOException {
    try (InputStream in = ReaderPageTest.class.getResourceAsStream(AXE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Nothing that keeps somebody from using what is shown. */
  private void accessible(String where) throws Exception {
    page.evaluate("scrollTo(0, 0)"); // what lies half under the bar has no size
    page.evaluate(axe() + "; undefined");
    page.evaluate(
        "window.found = null; axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a',"
            + " 'wcag21aa', 'wcag22aa']}).then(r => window.found = r.violations.map(v => v.id + ' '"
            + " + v.impact + ': ' + v.nodes[0].html + v.nodes[0].failureSummary)); undefined");
    page.await("window.found");
    assertThat(page.evaluate("window.found")).as(where).isEmpty();
  }

  @Test
  void anArticleIsReadWithItsQuotes() throws Exception {
    accessible("start");
    translate(Files.readString(Path.of(ARTICLE)));
    assertThat(text(".head h1")).startsWith("La Russie suspend");
    assertThat(text(".label")).contains("Machine translation");
    JsonNode rows = page.evaluate("[...document.querySelectorAll('.rows .row')].length");
    assertThat(rows.asInt()).isGreaterThan(20);
    // The same sentence stands at the same height on both sides.
    assertThat(
            page.evaluate(
                    "[...document.querySelectorAll('.rows .row:not(.boilerplate)')].every(r =>"
                        + " Math.abs(r.children[0].getBoundingClientRect().top -"
                        + " r.children[1].getBoundingClientRect().top) < 1)")
                .asBoolean())
        .isTrue();
    accessible("an article");
    page.click("document.querySelector('#panel-quotes')");
    page.await("document.querySelectorAll('.quotes li').length > 3");
    assertThat(text(".quotes")).contains("Lavrov");
    accessible("quotes");
    page.dark(true);
    accessible("quotes in the dark");
    page.click("document.querySelector('aside .close')");
    page.size(390, 800);
    accessible("an article on a telephone");
    assertThat(
            page.evaluate(
                    "document.querySelector('#en0').getBoundingClientRect().top >="
                        + " document.querySelector('#fr0').getBoundingClientRect().bottom"
                        + " && document.documentElement.scrollWidth <= 390")
                .asBoolean())
        .as("the translation under its sentence, nothing beside the page")
        .isTrue();
    page.dark(false);
    page.size(1200, 900);
    page.click("document.querySelector('#panel-quotes')");
    page.click("document.querySelectorAll('.quotes .jump')[2]");
    page.await("CSS.highlights.get('quote')?.size > 1");
    assertThat(page.evaluate("[...CSS.highlights.get('quote')][0].toString()").asText())
        .isEqualTo(
            page.evaluate("document.querySelectorAll('.quotes q[lang=fr]')[2].textContent")
                .asText());
  }

  @Test
  void aWordLightsUpWithThoseItIsLinkedTo() throws Exception {
    translate("Le ministre a parlé lundi à Paris. Il a promis un pont.");
    page.mouse("mouseMoved", "document.querySelector('#fr0')");
    page.await("document.querySelector('#en0.on')");
    page.click("document.querySelector('#fr0')");
    page.press("ArrowDown");
    page.await("document.querySelector('#en1.on') && document.activeElement.id == 'fr1'");
    for (int i = 0; i < 5; i++) {
      page.press("ArrowRight");
    }
    page.await(STATUS + ".startsWith('pont: ')");
    assertThat(
            page.evaluate("[...CSS.highlights.get('word-sure')].map(r => r.toString())").toString())
        .contains("pont", "bridge");
  }

  @Test
  void aQuoteIsCheckedAndEnglishTracedBack() throws Exception {
    translate(
        "Le maire a promis un parc. « Nous ne fermerons pas l'école », a dit la ministre Anne Roy.");
    page.click("document.querySelector('#panel-check')");
    page.await("document.querySelector('#claim')");
    type("#claim", "We will close the school");
    page.click("document.querySelector('aside form button:not([disabled])')");
    page.await("document.querySelector('.verdict')");
    assertThat(text(".verdict")).contains("differs").contains("fermerons");
    accessible("a check");
    page.click("document.querySelector('#panel-trace')");
    page.await("!document.querySelector('.verdict')"); // it shows French, too
    page.evaluate(
        "(n => { const w = document.createTreeWalker(n, NodeFilter.SHOW_TEXT); let t = w.nextNode();"
            + " while (!t.length) t = w.nextNode(); getSelection().setBaseAndExtent(t, 0, t, 9);"
            + " })(document.querySelector('#en0'))");
    page.await("document.querySelector('aside q[lang=fr]')");
    assertThat(text("aside q[lang=fr]")).isEqualTo("Le maire");
  }

  @Test
  void aCorrectionSurvivesAndCanBeUndone() throws Exception {
    translate("Le ministre a parlé lundi à Paris. Il a promis un pont.");
    page.click("document.querySelector('.edit')");
    page.await("document.querySelector('#editor')");
    page.evaluate(
        "document.querySelector('#editor').value = 'The minister spoke in Paris on Monday, he said.'");
    page.click("document.querySelector('#save')");
    page.await("document.querySelector('#en0.edited')");
    page.evaluate("window.before = true; location.reload()");
    page.await("!window.before && document.querySelector('#en0.edited')");
    assertThat(text("#en0")).isEqualTo("The minister spoke in Paris on Monday, he said.");
    String id = page.evaluate("location.hash.slice(9)").asText();
    assertThat(service.get("/v1/articles/" + id + "/export?to=text").body())
        .startsWith("The minister spoke in Paris on Monday, he said.");
    assertThat(service.get("/v1/memories").body()).contains("\"name\":\"Corrections\",\"units\":1");
    tab("Library");
    page.await("document.querySelector('.list .open')");
    accessible("the library");
    page.click("document.querySelector('.list .open')");
    page.await("document.querySelector('.corrected button')");
    page.click("document.querySelector('.corrected button')");
    page.await("!document.querySelector('.edited')");
    assertThat(service.get("/v1/memories").body()).contains("\"name\":\"Corrections\",\"units\":0");
  }

  @Test
  void aLinkReopensThePageAtItsQuote() throws Exception {
    String text =
        "Le maire (de Brou) a parlé. « Nous ne fermerons pas l'école », a dit Anne Roy, 50 %.";
    translate(text);
    String id = page.evaluate("location.hash.slice(9)").asText();
    int at = text.indexOf("Nous");
    page.evaluate(
        "import('/reader/anchors.js').then(m => window.link = m.fragment('"
            + id
            + "', "
            + RunningService.MAPPER.writeValueAsString(text)
            + ", ["
            + at
            + ", "
            + (at + 4)
            + "])); undefined");
    page.await("window.link");
    String link = page.evaluate("window.link").asText();
    assertThat(link).contains("TextQuoteSelector", "exact=Nous", "start=" + at);
    page.open(java.net.URI.create(service.uri("/?again") + link));
    page.await("location.search == '?again' && globalThis.CSS?.highlights?.get('quote')?.size");
    assertThat(page.evaluate("[...CSS.highlights.get('quote')][0].toString()").asText())
        .isEqualTo("Nous");
    page.open(service.uri("/?text#text=Il%20pleut%20%C3%A0%20Paris."));
    page.await("location.search == '?text' && " + STATUS + "?.includes('sentences,')");
    assertThat(text("#fr0")).isEqualTo("Il pleut à Paris.");
  }

  @Test
  void aFileIsDroppedAndAnotherAlignedWithIt() throws Exception {
    page.evaluate(
        "(d => { d.items.add(new File(['<article><h1>Le titre du jour</h1><p>Le maire a inauguré la"
            + " piscine hier. Il était ravi.</p></article>'], 'page.html', {type: 'text/html'}));"
            + " document.dispatchEvent(new DragEvent('drop', {dataTransfer: d, bubbles: true}));"
            + " })(new DataTransfer())");
    page.await(STATUS + ".includes('sentences,')");
    assertThat(text(".rows")).contains("piscine");
    assertThat(text(".head h1")).isEqualTo("Le titre du jour");
    tab("New");
    page.await("document.querySelector('#draft')");
    type("#draft", "Le chat dort. Le chien court dans le jardin.");
    page.evaluate("document.querySelector('.start details').open = true");
    type("#human", "The cat sleeps. The dog is running in the garden.");
    page.click("document.querySelector('#align:not([disabled])')");
    page.await(STATUS + ".includes('pairs')");
    assertThat(text(".label")).contains("person's translation");
    assertThat(text("#en1")).isEqualTo("The dog is running in the garden.");
  }

  @Test
  void aLongArticleStreamsInAndCanBeCancelled() throws Exception {
    String text =
        IntStream.range(0, 260)
            .mapToObj(
                i ->
                    "La commission numéro "
                        + i
                        + " a examiné jeudi le rapport que lui avait remis la direction des"
                        + " transports, avant de rendre un avis favorable.\n\n")
            .collect(Collectors.joining());
    type("#draft", text);
    page.click("document.querySelector('#translate:not([disabled])')");
    page.await("document.querySelectorAll('.rows .row').length > 2");
    assertThat(page.evaluate("!!document.querySelector('#cancel')").asBoolean()).isTrue();
    page.click("document.querySelector('#cancel')");
    page.await(STATUS + " == 'Cancelled.'");
    assertThat(page.evaluate("document.querySelectorAll('.rows .row').length").asInt())
        .isBetween(3, 259);
  }

  @Test
  void theLibraryShowsJobs() throws Exception {
    String id =
        RunningService.tree(
                service.json(
                    "/v1/jobs",
                    Map.of(
                        "documents",
                        List.of(Map.of("name", "a.txt", "text", "Il pleut.")),
                        "to",
                        "text")))
            .get("id")
            .asText();
    service.ended(id);
    tab("Library");
    page.await("document.querySelector('.sheet').innerText.includes('Translation to text')");
    assertThat(text(".sheet")).contains("done · 1 document ·");
    page.evaluate(
        "HTMLAnchorElement.prototype.click = function () { window.saved = this.download; }; undefined");
    page.click(
        "[...document.querySelectorAll('.list button')].find(e => e.textContent == 'Result')");
    page.await("window.saved");
    assertThat(page.evaluate("window.saved").asText()).isEqualTo("a.txt.en.txt");
    accessible("the library with jobs");
  }

  @Test
  void aCorpusIsBrowsed() throws Exception {
    List<Map<String, String>> documents = new ArrayList<>();
    for (String name : List.of("1752.txt", "4445.txt", "9291.txt", "2147.txt")) {
      Path file = Path.of("evaluation", "laws", "documents", name);
      documents.add(Map.of("id", name, "text", Files.readString(file)));
    }
    String id =
        RunningService.tree(
                service.json("/v1/corpora", Map.of("documents", documents, "dedup", "none")))
            .get("id")
            .asText();
    service.ended(id);
    JsonNode all = RunningService.tree(service.get("/v1/corpora/" + id + "/pairs?count=500"));
    assertThat(all.get("pairs").size()).isEqualTo(all.get("total").asInt()).isGreaterThan(50);
    tab("Library");
    page.click(
        "[...document.querySelectorAll('.list button')].find(e => e.textContent == 'Browse')");
    page.await("document.querySelectorAll('.pairs tbody tr').length == 50");
    accessible("a corpus");
    page.click("document.querySelector('#after')");
    page.await("document.querySelector('#before')");
    assertThat(text(".pairs td[lang=fr]"))
        .startsWith(all.at("/pairs/50/source/text").asText().strip().substring(0, 20));
    type("#contains", "REGLEMENT");
    page.click("document.querySelector('#look')");
    page.await("document.querySelector('#found').textContent.includes(' of ')");
    int found = 0;
    for (JsonNode pair : all.get("pairs")) {
      String both = pair.at("/source/text").asText() + "\n" + pair.at("/target/text").asText();
      found +=
          both.toLowerCase(java.util.Locale.ROOT).replace('è', 'e').contains("reglement") ? 1 : 0;
    }
    assertThat(found).isPositive();
    assertThat(text("#found")).startsWith(found + " of " + all.get("total").asInt());
    assertThat(service.get("/v1/corpora/" + id + "/pairs?part=some").statusCode()).isEqualTo(400);
    assertThat(service.get("/v1/corpora/" + id + "/pairs?count=501").statusCode()).isEqualTo(400);
    assertThat(service.get("/v1/corpora/none/pairs").statusCode()).isEqualTo(404);
  }

  @Test
  void anArticleIsExportedAsAWordDocument() throws Exception {
    translate("Le maire a inauguré la piscine. Il était ravi.");
    String id = page.evaluate("location.hash.slice(9)").asText();
    page.evaluate(
        "HTMLAnchorElement.prototype.click = function () { window.saved = this.download; }; undefined");
    page.evaluate("document.querySelector('.export').open = true");
    page.click(
        "[...document.querySelectorAll('.export button')].find(e => e.textContent == 'DOCX')");
    page.await("window.saved");
    assertThat(page.evaluate("window.saved").asText()).endsWith(".docx");
    byte[] word =
        service
            .client()
            .send(
                service.request("/v1/articles/" + id + "/export?to=docx").GET().build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body();
    try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(word))) {
      assertThat(document.getTables().get(0).getRow(2).getCell(0).getText())
          .isEqualTo("Il était ravi.");
    }
  }

  @Test
  void anArticleOfFiveThousandWordsIsReadAndATranslationDroppedBesideIt() throws Exception {
    List<String> french = Files.readAllLines(Path.of("evaluation/mt/flores-dev.fr"));
    List<String> english = Files.readAllLines(Path.of("evaluation/mt/flores-dev.en"));
    int lines = 0;
    for (int words = 0; words < 5000; lines++) {
      words += french.get(lines).split("\\s+").length;
    }
    translate(String.join("\n\n", french.subList(0, lines)));
    assertThat(page.evaluate("document.querySelectorAll('.rows .row').length").asInt())
        .isGreaterThanOrEqualTo(lines);
    int last = page.evaluate("document.querySelectorAll('.rows .row').length").asInt() - 1;
    page.click("document.querySelector('#fr" + last + "')");
    page.await("document.querySelector('#en" + last + ".on')");
    assertThat(text("#en" + last)).isNotBlank();
    page.evaluate(
        "(d => { d.items.add(new File(["
            + RunningService.MAPPER.writeValueAsString(
                String.join("\n\n", english.subList(0, lines)))
            + "], 'human.txt', {type: 'text/plain'}));"
            + " document.dispatchEvent(new DragEvent('drop', {dataTransfer: d, bubbles: true,"
            + " clientX: innerWidth - 10})); })(new DataTransfer())");
    page.await(STATUS + ".includes('pairs')", LONG);
    assertThat(text(".label")).contains("person's translation");
    assertThat(text(".rows")).contains(english.get(lines - 1).substring(0, 40));
  }

  @Test
  void whatFailsIsToldAndNothingIsLost() throws Exception {
    type("#draft", "This is an English text, and no French is in it at all.");
    page.click("document.querySelector('#translate:not([disabled])')");
    page.await("document.querySelector('.problem')");
    assertThat(text(".problem")).contains("looks like English");
    assertThat(page.evaluate("document.querySelector('#draft').value").asText())
        .startsWith("This is an English text");
    tab("Settings");
    page.await("document.querySelector('#settings-title')");
    accessible("settings");
    tab("Help");
    page.await("document.querySelector('#help-title')");
    accessible("help");
  }

  @Test
  void nothingIsLoadedFromElsewhere() throws Exception {
    translate("Il pleut à Paris.");
    assertThat(
            page.evaluate(
                "performance.getEntriesByType('resource').map(e => e.name).filter(n =>"
                    + " !n.startsWith(location.origin + '/'))"))
        .isEmpty();
    String policy = service.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe");
  }
}
