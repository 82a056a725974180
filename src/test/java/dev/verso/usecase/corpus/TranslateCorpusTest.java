package dev.verso.usecase.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.CorpusProgress;
import dev.verso.engine.Engine;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents in, sentences and their machine translations out. */
class TranslateCorpusTest {

  private static Engine engine;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    engine = Engine.open(Path.of("models", "fr-en"), 2);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private TranslateCorpus.Result translate(Path input, String name, Cancellation cancellation)
      throws Exception {
    return new TranslateCorpus(engine)
        .translate(
            new TranslateCorpus.Request(
                List.of(input), folder.resolve(name), folder.resolve("work"), 2, 1),
            CorpusProgress.SILENT,
            cancellation);
  }

  private static List<CorpusPair> pairs(Path corpus) throws Exception {
    List<CorpusPair> pairs = new ArrayList<>();
    for (String line : Files.readAllLines(corpus)) {
      pairs.add(CorpusLines.read("corpus", pairs.size() + 1, line));
    }
    return pairs;
  }

  @Test
  void eachSentenceLeadsBackToItsPlace() throws Exception {
    Path input = Files.createDirectories(folder.resolve("input"));
    Path article = Path.of("evaluation", "articles", "otan-moscou.txt");
    Files.copy(article, input.resolve("b.txt"));
    Files.copy(Path.of("evaluation", "sentences", "Emma.en"), input.resolve("c.txt"));
    Files.writeString(
        input.resolve("a.html"),
        "<html lang=fr><body><article><p>Il a plu toute la nuit sur la ville.</p></article></body>");
    TranslateCorpus.Result result = translate(input, "corpus.jsonl", Cancellation.NONE);
    List<CorpusPair> pairs = pairs(folder.resolve("corpus.jsonl"));
    assertThat(result.documents()).isEqualTo(2);
    assertThat(result.unused()).isEqualTo(1);
    assertThat(result.pairs()).isEqualTo(pairs.size()).isGreaterThan(20);
    assertThat(pairs.get(0).source().document()).isEqualTo("input/a.html");

    String text = Files.readString(article);
    StringBuilder english = new StringBuilder();
    for (CorpusPair pair : pairs) {
      assertThat(pair.notes()).containsExactly("machine translation");
      assertThat(pair.score("quality", -1)).isBetween(0.0, 1.0);
      assertThat(pair.target().document()).isEqualTo(pair.source().document() + "#en");
      if (pair.source().document().endsWith("b.txt")) {
        String french = text.substring(pair.source().start(), pair.source().end());
        assertThat(french.replaceAll("\\s+", " ")).isEqualTo(pair.source().text());
        assertThat(pair.target().start()).isEqualTo(english.length());
        english.append(pair.target().text()).append('\n');
        assertThat(pair.target().end()).isEqualTo(english.length() - 1);
        String alone =
            engine
                .translator()
                .translate(
                    List.of(pair.source().text()),
                    TranslationOptions.ofBeam(1),
                    Progress.SILENT,
                    Cancellation.NONE)
                .get(0)
                .text();
        assertThat(pair.target().text()).isEqualTo(alone);
      }
    }
    List<JsonNode> documents = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("corpus.documents.jsonl"))) {
      documents.add(Json.PLAIN.readTree(line));
    }
    assertThat(documents)
        .extracting(one -> one.get("kind").asText())
        .containsExactly("translated", "translated", "unused");
    assertThat(documents.get(2).get("reason").asText()).isEqualTo("not French");
  }

  /** What a stopped run has done is not done again; a document in pieces is one document. */
  @Test
  void aStoppedRunGoesOn() throws Exception {
    int sentences = 2 * TranslatedPiece.SENTENCES + 50;
    String text =
        IntStream.range(0, sentences)
            .mapToObj(k -> "Il a neigé " + (k + 2) + " fois.")
            .collect(Collectors.joining("\n\n"));
    Path input = Files.writeString(folder.resolve("neige.txt"), text);
    AtomicInteger seen = new AtomicInteger();
    assertThatThrownBy(
            () ->
                new TranslateCorpus(engine)
                    .translate(
                        new TranslateCorpus.Request(
                            List.of(input),
                            folder.resolve("corpus.jsonl"),
                            folder.resolve("work"),
                            1,
                            1),
                        (step, done, total) -> {
                          if (step.equals("translating") && seen.incrementAndGet() == 1) {
                            throw new CancellationException("stopped");
                          }
                        },
                        Cancellation.NONE))
        .isInstanceOf(CancellationException.class);
    assertThat(folder.resolve("corpus.jsonl")).doesNotExist();
    assertThat(Files.readAllLines(folder.resolve("work").resolve("translated.log"))).isNotEmpty();
    translate(input, "corpus.jsonl", Cancellation.NONE);
    List<CorpusPair> pairs = pairs(folder.resolve("corpus.jsonl"));
    assertThat(pairs).hasSize(sentences);
    int at = 0;
    for (CorpusPair pair : pairs) {
      assertThat(pair.target().start()).isEqualTo(at);
      at = pair.target().end() + 1;
    }
    List<String> whole = Files.readAllLines(folder.resolve("corpus.jsonl"));
    Files.delete(folder.resolve("work").resolve("translated.log"));
    translate(input, "again.jsonl", Cancellation.NONE);
    assertThat(Files.readAllLines(folder.resolve("again.jsonl"))).containsExactlyElementsOf(whole);
  }
}
