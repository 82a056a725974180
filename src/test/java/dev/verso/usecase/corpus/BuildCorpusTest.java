package dev.verso.usecase.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.CorpusProgress;
import dev.verso.evaluation.corpus.PairsEvaluation;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCorpusTest {

  private static final Path LAWS = Path.of("evaluation", "laws");
  private static final RefinementOptions ALL =
      RefinementOptions.DEFAULT.withDeduplication(Deduplication.NONE);

  @TempDir private Path folder;

  private Path build(String name, List<Path> inputs, int threads, RefinementOptions options)
      throws IOException {
    return build(name, name + ".work", inputs, threads, options, Cancellation.NONE);
  }

  private Path build(
      String name,
      String work,
      List<Path> inputs,
      int threads,
      RefinementOptions options,
      Cancellation cancellation)
      throws IOException {
    Path output = folder.resolve(name + ".jsonl");
    BuildCorpus.fast()
        .build(
            new BuildCorpus.Request(inputs, output, folder.resolve(work), threads, options),
            CorpusProgress.SILENT,
            cancellation);
    return output;
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> all = Files.list(LAWS.resolve("documents"))) {
      return all.sorted().toList();
    }
  }

  private static List<CorpusPair> pairs(Path corpus) throws IOException {
    List<CorpusPair> pairs = new ArrayList<>();
    for (String line : Files.readAllLines(corpus)) {
      pairs.add(CorpusLines.read(corpus.toString(), 1, line));
    }
    return pairs;
  }

  @Test
  void lawsInDisorderBecomeTheirPairs() throws IOException {
    Path corpus = build("laws", List.of(LAWS.resolve("documents")), 1, ALL);
    PairsEvaluation.Score score = PairsEvaluation.score(corpus, LAWS);
    assertThat(score.documentsFound()).isEqualTo(6);
    assertThat(score.documentsWrong()).isZero();
    assertThat(score.precision()).isGreaterThan(0.95);
    assertThat(score.recall()).isGreaterThan(0.95);
    for (CorpusPair pair : pairs(corpus)) {
      String document = Files.readString(LAWS.resolve(pair.source().document()));
      String passage = document.substring(pair.source().start(), pair.source().end());
      assertThat(passage.replaceAll("\\s+", " "))
          .isEqualTo(pair.source().text().replaceAll("\\s+", " "));
    }
  }

  @Test
  void orderAndThreadsDoNotMatter() throws IOException {
    List<Path> inputs = new ArrayList<>(documents());
    Path one = build("one", inputs, 1, RefinementOptions.DEFAULT);
    Collections.reverse(inputs);
    Path other = build("other", inputs, 3, RefinementOptions.DEFAULT);
    assertThat(other).hasSameTextualContentAs(one);
    for (String ending : List.of("rejected.jsonl", "documents.jsonl")) {
      assertThat(folder.resolve("other." + ending))
          .hasSameTextualContentAs(folder.resolve("one." + ending));
    }
  }

  @Test
  void whatWasStoppedGoesOnAndWhatGrowsIsTheSame() throws IOException {
    List<Path> inputs = documents();
    Path whole = build("whole", inputs, 1, RefinementOptions.DEFAULT);
    // Half of the documents first, a stop, a line that a kill cut short, then all of them.
    build("part", inputs.subList(0, 6), 1, RefinementOptions.DEFAULT);
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () ->
                build(
                    "part",
                    "part.work",
                    inputs,
                    1,
                    RefinementOptions.DEFAULT,
                    () -> asked.incrementAndGet() > 200))
        .isInstanceOf(CancellationException.class);
    Path log = folder.resolve("part.work").resolve("documents.log");
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(file.length() - 17);
    }
    Path resumed = build("part", inputs, 2, RefinementOptions.DEFAULT);
    assertThat(resumed).hasSameTextualContentAs(whole);
    // What is there already is not done again.
    long before = Files.size(log);
    build("part", inputs, 1, RefinementOptions.DEFAULT);
    assertThat(Files.size(log)).isEqualTo(before);
  }

  @Test
  void repeatedPairsAreOneWithAllTheirPlaces() throws IOException {
    List<CorpusPair> all = pairs(build("all", documents(), 1, ALL));
    List<CorpusPair> once =
        pairs(build("once", documents(), 1, ALL.withDeduplication(Deduplication.EXACT)));
    assertThat(once).hasSizeLessThan(all.size());
    assertThat(once.stream().mapToInt(pair -> pair.occurrences().size()).sum())
        .isEqualTo(all.size());
    assertThat(once.stream().map(CorpusPair::hash)).doesNotHaveDuplicates();
  }

  @Test
  void heldOutSentencesAndOtherCorporaStayOut() throws IOException {
    Path all = build("all", documents(), 1, RefinementOptions.DEFAULT);
    List<CorpusPair> pairs = pairs(all);
    String held = pairs.get(3).target().text();
    Path test = Files.writeString(folder.resolve("test.en"), held + "\n");
    Path without =
        build(
            "without",
            documents(),
            1,
            new RefinementOptions(
                RefinementOptions.DEFAULT.filters(),
                true,
                Deduplication.NEAR,
                List.of(test),
                List.of()));
    assertThat(pairs(without)).noneMatch(pair -> pair.target().text().equals(held));
    Path nothing =
        build(
            "nothing",
            documents(),
            1,
            new RefinementOptions(
                RefinementOptions.DEFAULT.filters(),
                true,
                Deduplication.NEAR,
                List.of(),
                List.of(all)));
    assertThat(Files.size(nothing)).isZero();
  }

  @Test
  void listsOfDocumentsAndOfPairsAreRead() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("1752.txt", "4445.txt")) {
      lines.add(
          dev.verso.text.Json.PLAIN
              .createObjectNode()
              .put("id", name)
              .put("lang", name.equals("1752.txt") ? "fr" : "en")
              .put("text", Files.readString(LAWS.resolve("documents").resolve(name)))
              .toString());
    }
    Path list = Files.write(folder.resolve("list.jsonl"), lines);
    Path table =
        Files.writeString(
            folder.resolve("pairs.tsv"),
            LAWS.resolve("documents").resolve("1752.txt").toAbsolutePath()
                + "\t"
                + LAWS.resolve("documents").resolve("4445.txt").toAbsolutePath()
                + "\n");
    List<String> ofList =
        pairs(build("list", List.of(list), 1, ALL)).stream().map(CorpusPair::hash).toList();
    List<String> ofTable =
        pairs(build("table", List.of(table), 1, ALL)).stream().map(CorpusPair::hash).toList();
    assertThat(ofList).hasSizeGreaterThan(20).isEqualTo(ofTable);
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    assertThatThrownBy(() -> build("x", List.of(folder.resolve("none")), 1, ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none");
    Path list = Files.writeString(folder.resolve("bad.jsonl"), "{\"id\":\"a\"}\n");
    assertThatThrownBy(() -> build("x", List.of(list), 1, ALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("bad.jsonl, line 1");
    Path binary = Files.write(folder.resolve("b.bin"), new byte[] {0, 1, 2, 3, 0, 0, 7});
    Path corpus = build("mixed", List.of(binary, documents().get(0)), 1, ALL);
    assertThat(Files.readString(folder.resolve("mixed.documents.jsonl")))
        .contains("\"b.bin\",\"kind\":\"unused\"");
    assertThat(Files.size(corpus)).isZero();
    assertThat(Arrays.asList(folder.toFile().list())).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void aSmallCrawlDoesNotUnpackToNoEnd() throws IOException {
    String page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + " ".repeat(1_000_000);
    String record =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date:"
            + " 2026-01-01T00:00:00Z\r\nWARC-Target-URI: http://a.example/\r\nContent-Type:"
            + " application/http; msgtype=response\r\nContent-Length: "
            + page.length()
            + "\r\n\r\n"
            + page
            + "\r\n\r\n";
    Path crawl = folder.resolve("bomb.warc.gz");
    try (var out = Files.newOutputStream(crawl)) {
      for (int k = 0; k < 20; k++) {
        var member = new java.util.zip.GZIPOutputStream(out);
        member.write(record.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        member.finish();
      }
    }
    assertThat(Files.size(crawl)).isLessThan(100_000);
    BuildCorpus.Request request =
        new BuildCorpus.Request(
            List.of(crawl), folder.resolve("b.jsonl"), folder.resolve("bw"), 1, ALL, 10_000_000);
    assertThatThrownBy(
            () -> BuildCorpus.fast().build(request, CorpusProgress.SILENT, Cancellation.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more than 10000000 bytes");
  }
}
