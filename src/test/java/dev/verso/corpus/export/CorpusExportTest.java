package dev.verso.corpus.export;

import static org.assertj.core.api.Assertions.assertThat;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.Occurrence;
import dev.verso.corpus.PairSide;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.sf.okapi.common.Event;
import net.sf.okapi.common.LocaleId;
import net.sf.okapi.common.filters.IFilter;
import net.sf.okapi.common.resource.ITextUnit;
import net.sf.okapi.common.resource.RawDocument;
import net.sf.okapi.filters.tmx.TmxFilter;
import net.sf.okapi.filters.xliff2.XLIFF2Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, read by what others read it with. */
class CorpusExportTest {

  private static final List<CorpusPair> PAIRS =
      List.of(
          pair("a.fr", "a.en", "« Où ? » & <où>", "\"Where?\" & <where>"),
          pair("a.fr", "a.en", "Une ligne\nou deux.", "A line\tor two."),
          pair("b \"1\".fr", "b.en", "Ça \uD83D\uDE00\u0001", "That \uD83D\uDE00\u0001")
              .withScore("margin", 1.25)
              .withOccurrences(
                  List.of(
                      new Occurrence("b \"1\".fr", 0, 4, "b.en", 0, 6),
                      new Occurrence("c.fr", 5, 9, "c.en", 7, 13))));

  private static CorpusPair pair(String from, String to, String source, String target) {
    return CorpusPair.of(
            new PairSide(from, 3, 3 + source.length(), source),
            new PairSide(to, 7, 7 + target.length(), target),
            Map.of("posterior", 0.75),
            "CC0-1.0")
        .withScore("quality", 0.5);
  }

  private static List<List<String>> read(IFilter filter, String text) {
    List<List<String>> units = new ArrayList<>();
    try (RawDocument document =
        new RawDocument(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            "UTF-8",
            LocaleId.FRENCH,
            LocaleId.ENGLISH)) {
      filter.open(document);
      while (filter.hasNext()) {
        Event event = filter.next();
        if (event.isTextUnit()) {
          ITextUnit unit = event.getTextUnit();
          units.add(
              List.of(unit.getSource().toString(), unit.getTarget(LocaleId.ENGLISH).toString()));
        }
      }
    } finally {
      filter.close();
    }
    return units;
  }

  @Test
  void tmxAndXliffLoadInOkapi() throws IOException {
    StringWriter tmx = new StringWriter();
    try (TmxPairWriter writer = new TmxPairWriter(tmx)) {
      for (CorpusPair pair : PAIRS) {
        writer.write(pair);
      }
    }
    assertThat(read(new TmxFilter(), tmx.toString()))
        .containsExactly(
            List.of("« Où ? » & <où>", "\"Where?\" & <where>"),
            List.of("Une ligne\nou deux.", "A line\tor two."),
            List.of("Ça \uD83D\uDE00\uFFFD", "That \uD83D\uDE00\uFFFD"));
    StringWriter xliff = new StringWriter();
    try (XliffPairWriter writer = new XliffPairWriter(xliff)) {
      for (CorpusPair pair : PAIRS) {
        writer.write(pair);
      }
    }
    List<List<String>> units = read(new XLIFF2Filter(), xliff.toString());
    assertThat(units).hasSize(3);
    assertThat(units.subList(0, 2))
        .containsExactly(
            List.of("« Où ? » & <où>", "\"Where?\" & <where>"),
            List.of("Une ligne\nou deux.", "A line\tor two."));
  }

  @Test
  void mosesLinesUp() throws IOException {
    StringWriter source = new StringWriter();
    StringWriter target = new StringWriter();
    try (MosesPairWriter writer = new MosesPairWriter(source, target)) {
      for (CorpusPair pair : PAIRS) {
        writer.write(pair);
      }
      writer.write(pair("d", "e", "\u2028", "x"));
    }
    assertThat(source.toString()).isEqualTo("« Où ? » & <où>\nUne ligne ou deux.\nÇa 😀\u0001\n");
    assertThat(target.toString().lines().count()).isEqualTo(3);
  }

  private static final class Rows
      implements Hydrator<Map<String, Object>, Map<String, Object>, String[]> {
    @Override
    public Map<String, Object> start() {
      return new HashMap<>();
    }

    @Override
    public Map<String, Object> add(Map<String, Object> row, String[] heading, Object value) {
      row.put(String.join(".", heading), value);
      return row;
    }

    @Override
    public Map<String, Object> finish(Map<String, Object> row) {
      return row;
    }
  }

  @Test
  void parquetHoldsWhatTheLinesHold(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("pairs.parquet");
    try (ParquetPairWriter writer = new ParquetPairWriter(file)) {
      for (CorpusPair pair : PAIRS) {
        writer.write(pair);
      }
    }
    List<Map<String, Object>> rows;
    try (Stream<Map<String, Object>> all = ParquetReader.streamContent(file.toFile(), new Rows())) {
      rows = all.toList();
    }
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0))
        .containsEntry("source", "« Où ? » & <où>")
        .containsEntry("source_start", 3)
        .containsEntry("quality", 0.5);
    assertThat(rows.get(2)).containsEntry("margin", 1.25);
  }

  @Test
  void linesAreReadAsTheyWereWritten() {
    for (CorpusPair pair : PAIRS) {
      String line = CorpusLines.write(pair);
      assertThat(line).doesNotContain("\n");
      assertThat(CorpusLines.read("x", 1, line)).isEqualTo(pair);
    }
  }

  @Test
  void splitsShareNoDocument() {
    java.util.Random random = new java.util.Random(4);
    DocumentSplit split = new DocumentSplit(0.1, 0.2);
    List<CorpusPair> pairs = new ArrayList<>();
    for (int k = 0; k < 4000; k++) {
      int document = random.nextInt(300);
      // Some documents are translated twice.
      int other = random.nextInt(20) == 0 ? (document + 1) % 300 : document;
      pairs.add(pair("f" + document, "e" + other, "s" + k, "t" + k));
    }
    pairs.removeIf(pair -> pair.source().document().hashCode() % 3 == 0);
    pairs.forEach(split::add);
    Map<String, DocumentSplit.Part> parts = new HashMap<>();
    Map<DocumentSplit.Part, Integer> sizes = new HashMap<>();
    for (CorpusPair pair : pairs) {
      DocumentSplit.Part part = split.part(pair);
      sizes.merge(part, 1, Integer::sum);
      for (String document : List.of(pair.source().document(), pair.target().document())) {
        DocumentSplit.Part before = parts.put(document, part);
        assertThat(before == null || before == part).isTrue();
      }
    }
    assertThat(sizes).containsKey(DocumentSplit.Part.TRAIN);
  }

  @Test
  void theDatasheetCountsWhatIsThere(@TempDir Path folder) throws IOException {
    CorpusStatistics statistics = new CorpusStatistics();
    PAIRS.forEach(statistics::keep);
    statistics.reject(PAIRS.get(0), dev.verso.corpus.filter.Reason.NUMBERS);
    Datasheet sheet = new Datasheet("c.jsonl", statistics, Map.of("filters", "on"));
    Path json = Files.writeString(folder.resolve("d.json"), sheet.json());
    assertThat(dev.verso.text.Json.PLAIN.readTree(json.toFile()).at("/counts/pairs").asInt())
        .isEqualTo(3);
    assertThat(dev.verso.text.Json.PLAIN.readTree(json.toFile()).at("/rejected/numbers").asInt())
        .isEqualTo(1);
    assertThat(sheet.html())
        .contains("<svg")
        .contains("&amp; &lt;where&gt;")
        .doesNotContain("& <w");
  }
}
