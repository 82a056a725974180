package dev.verso.quote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.text.Block;
import dev.verso.text.BlockKind;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.text.Segment;
import dev.verso.text.SpanMap;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class QuoteWriterTest {

  private static final String TEXT =
      "😀 Le maire a nié que la route soit fermée. « C'est faux, a-t-il dit. Elle est ouverte »,"
          + " sur le site « Infos ».";

  private static final Document DOCUMENT = Documents.read("a.txt", TEXT, ReadOptions.defaults());
  private static final QuoteReport REPORT = QuoteExtractor.of(Language.FRENCH).report(DOCUMENT);

  @Test
  void jsonIsWhatTheInterfaceSays() throws IOException {
    JsonNode json = new ObjectMapper().readTree(QuoteWriter.JSON.format(DOCUMENT, REPORT));
    JsonNode first = json.get("quotes").get(0);
    assertThat(first.toString())
        .isEqualTo(
            "{\"type\":\"indirect\",\"content\":[[22,42]],\"speaker\":[3,11],\"speaker_coref\":null,"
                + "\"speaker_name\":\"le maire\",\"cue\":[14,17],\"negated\":true,\"attribution\":\"explicit\",\"attribution_span\":[3,17],\"repaired\":[]}");
    JsonNode second = json.get("quotes").get(1);
    assertThat(second.get("content")).hasSize(2);
    assertThat(
            TEXT.substring(
                second.get("speaker").get(0).asInt(), second.get("speaker").get(1).asInt()))
        .isEqualTo("il");
    assertThat(second.get("speaker_name").asText()).isEqualTo("le maire");
    assertThat(json.get("non_quotes")).hasSize(1);
  }

  @Test
  void annotationsCountCodePoints() throws IOException {
    JsonNode json = new ObjectMapper().readTree(QuoteWriter.JSONLD.format(DOCUMENT, REPORT));
    JsonNode target = json.at("/first/items/0/target/0");
    assertThat(target.at("/selector/0/exact").asText()).isEqualTo("la route soit fermée");
    assertThat(target.at("/selector/0/prefix").asText()).endsWith("a nié que ");
    int[] points = TEXT.codePoints().toArray();
    int start = target.at("/selector/1/start").asInt();
    int end = target.at("/selector/1/end").asInt();
    assertThat(new String(points, start, end - start)).isEqualTo("la route soit fermée");
    assertThat(target.at("/state/value").asText()).isEqualTo("sha256:" + DOCUMENT.sha256());
  }

  @Test
  void tablesHaveALineForEachQuote() {
    assertThat(QuoteWriter.TSV.format(DOCUMENT, REPORT).lines())
        .hasSize(1 + REPORT.quotes().size());
    assertThat(QuoteWriter.TEXT.format(DOCUMENT, REPORT))
        .contains("le maire [indirect, nié, not asserted]\n  la route soit fermée\n");
  }

  @Test
  void unknownFormatsAreNamed() {
    assertThatThrownBy(() -> QuoteWriter.of("pdf"))
        .hasMessageContaining("'pdf'")
        .hasMessageContaining("jsonld");
  }

  /** Spans lead back through tags and entities to the raw page. */
  @Test
  void markupKeepsItsOffsets() {
    String html =
        "<p>Le maire a <b>affirm&eacute;</b> que la route &eacute;tait <i>coup&eacute;e</i>.</p>"
            + "<p>&laquo;&nbsp;C&rsquo;est faux&nbsp;&raquo;, a dit Jean Dupuis.</p>";
    Document page = page(html);
    QuoteReport report = QuoteExtractor.of(Language.FRENCH).report(page);
    assertThat(report.quotes()).hasSize(2);
    assertThat(report.quotes().get(0).content().get(0).of(html))
        .isEqualTo("la route &eacute;tait <i>coup&eacute;e");
    assertThat(report.quotes().get(1).content().get(0).of(html)).isEqualTo("C&rsquo;est faux");
    assertThat(report.quotes().get(1).speaker().of(html)).isEqualTo("Jean Dupuis");
    org.jsoup.nodes.Document shown = Jsoup.parse(QuoteWriter.HTML.format(page, report));
    assertThat(shown.select("main .quoted").eachText())
        .containsExactly("la route était coupée", "C’est faux");
    assertThat(shown.select("ol.quotes li b").eachText()).contains("Jean Dupuis");
    assertThat(shown.select("main a.anchor").eachAttr("id")).containsExactly("q1", "q2");
    assertThat(shown.select("[src], link, script")).isEmpty();
  }

  /** A block for each paragraph, tags left out and entities decoded. */
  private static Document page(String html) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    List<Integer> starts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < html.length(); ) {
      int end = i + 1;
      if (html.startsWith("</p>", i)) {
        int[] from = starts.stream().mapToInt(Integer::intValue).toArray();
        int[] to = ends.stream().mapToInt(Integer::intValue).toArray();
        TextSpan span = new TextSpan(from[0], to[to.length - 1]);
        Segment segment = new Segment(span, text.toString(), SpanMap.of(from, to));
        blocks.add(Block.of(BlockKind.PARAGRAPH, List.of(segment)));
        text.setLength(0);
        starts.clear();
        ends.clear();
        end = i + 4;
      } else if (html.charAt(i) == '<') {
        end = html.indexOf('>', i) + 1;
      } else {
        String shown = html.substring(i, end);
        if (html.charAt(i) == '&') {
          end = html.indexOf(';', i) + 1;
          shown =
              switch (html.substring(i, end)) {
                case "&eacute;" -> "é";
                case "&laquo;" -> "«";
                case "&raquo;" -> "»";
                case "&rsquo;" -> "’";
                default -> "\u00a0";
              };
        }
        text.append(shown);
        starts.add(i);
        ends.add(end);
      }
      i = end;
    }
    return new Document("a.html", "0".repeat(64), UTF_8, html, Map.of(), blocks);
  }
}
