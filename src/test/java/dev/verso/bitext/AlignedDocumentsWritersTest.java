package dev.verso.bitext;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.bitext.AlignmentLink.Strength;
import dev.verso.text.Block;
import dev.verso.text.BlockKind;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import net.sf.okapi.common.Event;
import net.sf.okapi.common.LocaleId;
import net.sf.okapi.common.filters.IFilter;
import net.sf.okapi.common.resource.ITextUnit;
import net.sf.okapi.common.resource.Property;
import net.sf.okapi.common.resource.RawDocument;
import net.sf.okapi.filters.tmx.TmxFilter;
import net.sf.okapi.filters.xliff2.XLIFF2Filter;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The output, read by the programs that are meant to read it. */
class AlignedDocumentsWritersTest {
  private static final AlignedDocuments DOCUMENTS = documents();

  private static AlignedDocuments documents() {
    String french = "A & B : « Où ? »\nElle <rit>\u0001.\nPuis rien.\n";
    String english = "A & B: \"Where?\" \uD83D\uDE00\nShe laughs\u0001. That is all.\nThe end.\n";
    Document source =
        document("un.txt", french, "A & B : « Où ? »", "Elle <rit>\u0001.", "Puis rien.");
    Document target =
        document(
            "one \"1\".txt",
            english,
            "A & B: \"Where?\" \uD83D\uDE00",
            "She laughs\u0001.",
            "That is all.",
            "The end.");
    List<Segment> s = segments(source);
    List<Segment> t = segments(target);
    int where = english.indexOf("Where");
    int ou = french.indexOf("Où");
    return new AlignedDocuments(
        source,
        target,
        "fr",
        "en",
        List.of(
            new AlignedBead(
                s.subList(0, 1),
                t.subList(0, 1),
                0.98765,
                List.of(
                    new AlignmentLink(
                        new TextSpan(ou, ou + 2),
                        new TextSpan(where, where + 5),
                        Strength.SURE,
                        0.75))),
            new AlignedBead(s.subList(1, 2), t.subList(1, 3), 0.5, List.of()),
            new AlignedBead(s.subList(2, 3), List.of(), 0.25, List.of()),
            new AlignedBead(List.of(), t.subList(3, 4), 1, List.of())),
        0.9);
  }

  private static Document document(String name, String text, String... sentences) {
    List<Block> blocks = new ArrayList<>();
    int at = 0;
    for (String sentence : sentences) {
      int start = text.indexOf(sentence, at);
      at = start + sentence.length();
      blocks.add(
          Block.of(BlockKind.PARAGRAPH, List.of(Segment.plain(text, new TextSpan(start, at)))));
    }
    return new Document(name, "ab".repeat(32), StandardCharsets.UTF_8, text, Map.of(), blocks);
  }

  private static List<Segment> segments(Document document) {
    return document.blocks().stream().flatMap(block -> block.segments().stream()).toList();
  }

  private static String format(AlignedDocumentsFormat format) throws IOException {
    StringWriter out = new StringWriter();
    format.writer().write(DOCUMENTS, out);
    return out.toString();
  }

  private static List<ITextUnit> read(IFilter filter, String text) {
    List<ITextUnit> units = new ArrayList<>();
    try (filter;
        RawDocument raw =
            new RawDocument(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                "UTF-8",
                LocaleId.FRENCH,
                LocaleId.ENGLISH)) {
      filter.open(raw);
      while (filter.hasNext()) {
        Event event = filter.next();
        if (event.isTextUnit()) {
          units.add(event.getTextUnit());
        }
      }
    }
    return units;
  }

  @Test
  void improbableBeadsMayBeLeftOut() throws Exception {
    StringWriter out = new StringWriter();
    AlignedDocumentsFormat.TMX.writer().write(DOCUMENTS.atLeast(0.5), out);
    assertThat(out.toString()).contains("Où", "She laughs").doesNotContain("Puis rien");
    assertThat(DOCUMENTS.atLeast(0).beads()).isEqualTo(DOCUMENTS.beads());
    assertThat(DOCUMENTS.atLeast(1).beads()).hasSize(1);
  }

  @Test
  void okapiReadsTheTmx() throws Exception {
    String tmx = format(AlignedDocumentsFormat.TMX);
    List<ITextUnit> units = read(new TmxFilter(), tmx);
    assertThat(units).hasSize(3);
    ITextUnit first = units.get(0);
    assertThat(first.getSource()).hasToString("A & B : « Où ? »");
    assertThat(first.getTarget(LocaleId.ENGLISH)).hasToString("A & B: \"Where?\" \uD83D\uDE00");
    Property posterior = first.getProperty("x-posterior");
    assertThat(posterior.getValue()).isEqualTo("0.9877");
    assertThat(first.getProperty("x-bead").getValue()).isEqualTo("1-1");
    assertThat(units.get(1).getSource()).hasToString("Elle <rit>\uFFFD.");
    assertThat(units.get(1).getTarget(LocaleId.ENGLISH))
        .hasToString("She laughs\uFFFD. That is all.");
    assertThat(tmx)
        .doesNotContain("<seg></seg>")
        .contains("<prop type=\"x-offsets\">17-29</prop>")
        .contains("<prop type=\"x-document-score\">0.9000</prop>");
  }

  @Test
  void okapiReadsTheXliff() throws Exception {
    String xliff = format(AlignedDocumentsFormat.XLIFF);
    List<ITextUnit> units = read(new XLIFF2Filter(), xliff);
    assertThat(units).hasSize(4);
    assertThat(units.get(0).getSource().getFirstContent().getText()).isEqualTo("A & B : « Où ? »");
    assertThat(units.get(0).getTarget(LocaleId.ENGLISH).getFirstContent().getText())
        .isEqualTo("A & B: \"Where?\" \uD83D\uDE00");
    assertThat(units.get(2).hasTarget(LocaleId.ENGLISH)).isFalse();
    assertThat(xliff)
        .contains("<mda:meta type=\"posterior\">0.9877</mda:meta>")
        .contains("<mda:meta type=\"source-offsets\">17-29</mda:meta>")
        .contains("<mda:meta type=\"target-offsets\">19-31 32-44</mda:meta>")
        .contains("<mda:meta type=\"links\">10-12:8-13:S:0.7500</mda:meta>")
        .contains("<cp hex=\"0001\"/>");
  }

  @Test
  void xmlIsWellFormed() throws Exception {
    for (AlignedDocumentsFormat format :
        List.of(AlignedDocumentsFormat.TMX, AlignedDocumentsFormat.XLIFF)) {
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(new InputSource(new StringReader(format(format))))
                  .getDocumentElement()
                  .getAttribute("version"))
          .isEqualTo(format == AlignedDocumentsFormat.TMX ? "1.4" : "2.1");
    }
  }

  @Test
  void jsonHoldsSpansAndLinks() throws IOException {
    JsonNode json = new ObjectMapper().readTree(format(AlignedDocumentsFormat.JSON));
    assertThat(json.get("version").asInt()).isEqualTo(1);
    assertThat(json.get("documentScore").asDouble()).isEqualTo(0.9);
    assertThat(json.get("target").get("name").asText()).isEqualTo("one \"1\".txt");
    assertThat(json.get("beads")).hasSize(4);
    JsonNode second = json.get("beads").get(1);
    assertThat(second.get("type").asText()).isEqualTo("1-2");
    assertThat(second.get("target").toString()).isEqualTo("[[19,31],[32,44]]");
    assertThat(json.get("beads").get(0).get("links").toString())
        .isEqualTo("[[10,12,8,13,\"S\",0.75]]");
    assertThat(json.get("beads").get(2).get("targetText").asText()).isEmpty();
  }

  @Test
  void tsvHasABeadALine() throws IOException {
    List<String> lines = format(AlignedDocumentsFormat.TSV).lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(2).split("\t", -1))
        .containsExactly(
            "1-2",
            "0.5000",
            "17-29",
            "19-31 32-44",
            "Elle <rit>\\u0001.",
            "She laughs\\u0001. That is all.");
    assertThat(lines.get(4).split("\t", -1)[4]).isEmpty();
  }

  @Test
  void htmlShowsBothSidesAndMarksDoubt() throws IOException {
    org.jsoup.nodes.Document page = org.jsoup.Jsoup.parse(format(AlignedDocumentsFormat.HTML));
    assertThat(page.select("main section.row")).hasSize(4);
    assertThat(page.select("main .none").eachText())
        .containsExactly("no counterpart", "no counterpart");
    assertThat(page.select("#s1").text()).isEqualTo("A & B : « Où ? »");
    assertThat(page.select(".seg[data-at]")).hasSize(4);
    assertThat(page.select(".legend").text()).contains("less than likely");
    assertThat(page.select("[src], link, img, iframe")).isEmpty();
  }

  @Test
  void linksAsLines() throws IOException {
    List<AlignmentLink> links =
        List.of(
            new AlignmentLink(new TextSpan(0, 2), new TextSpan(0, 3), Strength.SURE, 0.9),
            new AlignmentLink(new TextSpan(2, 5), new TextSpan(4, 7), Strength.POSSIBLE, 0.33333));
    StringWriter json = new StringWriter();
    LinkFormat.writeJsonLine(links, json);
    assertThat(json).hasToString("{\"links\":[[0,2,0,3,\"S\",0.9],[2,5,4,7,\"P\",0.3333]]}\n");
    StringBuilder pharaoh = new StringBuilder();
    LinkFormat.writePharaohLine(links, "L'ami dort", "The friend sleeps", pharaoh);
    assertThat(pharaoh).hasToString("0-0 0p1\n");
  }
}
