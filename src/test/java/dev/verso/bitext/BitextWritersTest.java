package dev.verso.bitext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.text.BlockKind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BitextWritersTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void jsonHasTheShapeOfTheInterface() {
    Bitext bitext =
        new BitextSketch()
            .named("a.txt", Map.of("language", "fr"))
            .block(BlockKind.LIST_ITEM)
            .pair("Un chat", "A cat", -0.123456, 0.5, List.of(), "Un>A>P>0.33335", "chat>cat>S>1")
            .pair("dort.", "sleeps.", Double.NEGATIVE_INFINITY, 0, List.of("loop cut"))
            .done();

    assertThat(new JsonBitextWriter().format(bitext))
        .isEqualTo(
            ("{'version':1,'source':{'name':'a.txt','sha256':'"
                        + "ab".repeat(32)
                        + "','length':13,'encoding':'UTF-8','metadata':{'language':'fr'}},"
                        + "'model':{'id':'essai-fr-en','sha256':'"
                        + "cd".repeat(32)
                        + "','beam':4},'blocks':[{'kind':'list-item','source':[0,13],'segments':["
                        + "{'source':[0,7],'sourceText':'Un chat','target':[0,5],"
                        + "'targetText':'A cat',"
                        + "'links':[[0,2,0,1,'P',0.3334],[3,7,2,5,'S',1]],"
                        + "'score':-0.1235,'quality':0.5},"
                        + "{'source':[8,13],'sourceText':'dort.','target':[6,13],"
                        + "'targetText':'sleeps.','links':[],'score':null,'quality':0,"
                        + "'notes':['loop cut']}]}],'targetText':'A cat sleeps.'}")
                    .replace('\'', '"')
                + "\n");
  }

  @Test
  void textIsTheTargetTextAndANewline() {
    Bitext bitext = BitextSketch.article();
    assertThat(new TextBitextWriter().format(bitext)).isEqualTo(bitext.targetText() + "\n");
    assertThat(new TextBitextWriter().format(new BitextSketch().done())).isEmpty();
  }

  @Test
  void tsvEscapesWhatWouldBreakALine() {
    Bitext bitext =
        new BitextSketch()
            .block(BlockKind.TITLE)
            .pair("a\tb\\t\r\nc\u2028d\u0000e\ud800f", "x\ny", -0.00001, 0.98765, List.of())
            .block(BlockKind.BOILERPLATE)
            .pair("z", "", 0, 0, List.of())
            .done();

    assertThat(new TsvBitextWriter().format(bitext).split("\n", -1))
        .containsExactly(
            "block\tkind\tsource_start\tsource_end\ttarget_start\ttarget_end\tscore\tquality"
                + "\tsource\ttarget",
            "1\ttitle\t0\t14\t0\t3\t-0.0000\t0.9877\t"
                + "a\\tb\\\\t\\r\\nc\\u2028d\\u0000e\\ud800f\tx\\ny",
            "2\tboilerplate\t16\t17\t3\t3\t0.0000\t0.0000\tz\t",
            "");
  }

  @Test
  void formatsGoByName() {
    assertThat(BitextFormat.of("JSON").writer()).isInstanceOf(JsonBitextWriter.class);
    assertThat(BitextFormat.of("html").extension()).isEqualTo("html");
    assertThatThrownBy(() -> BitextFormat.of("docx"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no format 'docx': use text, json, jsonld, html, tsv, xliff, tmx");
  }

  @ParameterizedTest
  @EnumSource(BitextFormat.class)
  void aWriterLeavesTheStreamToItsCaller(BitextFormat format) throws IOException {
    Writer out =
        new StringWriter() {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }

          @Override
          public void flush() {
            throw new AssertionError("flushed");
          }
        };
    format.writer().write(BitextSketch.article(), out);
    assertThat(out.toString()).isEqualTo(format.writer().format(BitextSketch.article()));
  }

  /** Texts that contain markup, controls, halves of pairs, bidirectional marks. */
  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> units =
        Arbitraries.of(
            "a",
            "é",
            " ",
            "\n",
            "\t",
            "\\",
            "\"",
            "'",
            "<",
            ">",
            "&",
            "</script>",
            "<!--",
            "]]>",
            "\u0000",
            "\u0007",
            "\u0085",
            "\u2028",
            "\u202e",
            "\ufeff",
            "😀",
            "\ud83d",
            "\ude00",
            "javascript:",
            "&lt;",
            "\u00a0");
    return units.list().ofMaxSize(12).map(parts -> "x" + String.join("", parts) + "y");
  }

  @Property(tries = 300)
  void everyFormatGivesTextsBack(
      @ForAll("hostile") String french, @ForAll("hostile") String english) throws IOException {
    Bitext bitext =
        new BitextSketch()
            .named(french, Map.of("title", english, "url", "https://" + french))
            .pair(french, english, -1, 0.2, List.of(english), "x>x>S>1", "x>y>P>0.5")
            .done();

    byte[] json = new JsonBitextWriter().format(bitext).getBytes(StandardCharsets.UTF_8);
    JsonNode read = MAPPER.readTree(json);
    assertThat(read.at("/source/name").textValue()).isEqualTo(french);
    assertThat(read.at("/blocks/0/segments/0/sourceText").textValue()).isEqualTo(french);
    assertThat(read.at("/blocks/0/segments/0/targetText").textValue()).isEqualTo(english);
    assertThat(read.at("/blocks/0/segments/0/quality").doubleValue()).isEqualTo(0.2, within(0.0));
    assertThat(read.at("/targetText").textValue()).isEqualTo(english);

    byte[] tsv = new TsvBitextWriter().format(bitext).getBytes(StandardCharsets.UTF_8);
    List<String> lines = new String(tsv, StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    String[] cells = lines.get(1).split("\t", -1);
    assertThat(cells).hasSize(10);
    assertThat(unescape(cells[8])).isEqualTo(french);
    assertThat(unescape(cells[9])).isEqualTo(english);
  }

  private static String unescape(String cell) {
    return Pattern.compile("\\\\(u[0-9a-f]{4}|.)", Pattern.DOTALL)
        .matcher(cell)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    switch (found.group(1).charAt(0)) {
                      case 't' -> "\t";
                      case 'n' -> "\n";
                      case 'r' -> "\r";
                      case 'u' ->
                          String.valueOf((char) Integer.parseInt(found.group(1).substring(1), 16));
                      default -> found.group(1);
                    }));
  }
}
