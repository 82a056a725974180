package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.Bitext;
import dev.verso.bitext.TranslationUnit;
import dev.verso.decoding.Spelling;
import dev.verso.model.TranslationModel;
import dev.verso.text.BlockKind;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.ReadOptions;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The translator with the model that ships. */
class TranslatorTest {

  private static final TranslationOptions GREEDY = TranslationOptions.DEFAULT.withBeam(1);

  private static TranslationModel model;
  private static Translator translator;

  @BeforeAll
  static void open() {
    model = TranslationModel.load(Path.of("models/fr-en"));
    translator = new Translator(model, 2);
  }

  @AfterAll
  static void close() {
    translator.close();
    model.close();
    assertThat(TranslationModel.openNativeResources()).isZero();
  }

  private static SegmentTranslation translate(String text) {
    return translator
        .translate(List.of(text), TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE)
        .get(0);
  }

  private static Bitext translateDocument(String text) {
    return translator.translate(
        Documents.read("test", text, ReadOptions.defaults()),
        TranslationOptions.DEFAULT,
        Progress.SILENT,
        Cancellation.NONE);
  }

  private static final List<String> SENTENCES =
      List.of(
          "La Russie a suspendu lundi ses relations avec l’OTAN.",
          "Bonjour.",
          "Le ministre a déclaré que « cette décision » prolongera encore la situation difficile"
              + " dans laquelle nous nous trouvons, cette période glaciale qui dure depuis un"
              + " certain temps.",
          "Il a dit non.",
          "En 2014, 1 200 personnes ont quitté la ville, selon le maire.",
          "Les négociations ont repris mardi à Genève entre les deux délégations.",
          "Moscou a rejeté les accusations.",
          "Où est la gare ?",
          "Paris",
          "Le prix du pain a augmenté de 3,5 % en un an, ce qui inquiète les ménages modestes.");

  @Test
  void whatElseIsTranslatedDoesNotChangeASentence() {
    List<SegmentTranslation> together =
        translator.translate(
            SENTENCES, TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE);
    List<String> shuffled = new ArrayList<>(SENTENCES);
    Collections.shuffle(shuffled, new Random(3));
    List<SegmentTranslation> inAnotherOrder =
        translator.translate(
            shuffled.subList(0, 6), TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE);
    for (int i = 0; i < SENTENCES.size(); i++) {
      SegmentTranslation alone = translate(SENTENCES.get(i));
      assertThat(together.get(i).text()).isEqualTo(alone.text());
      assertThat(together.get(i).score()).isCloseTo(alone.score(), within(1e-4));
      int at = shuffled.subList(0, 6).indexOf(SENTENCES.get(i));
      if (at >= 0) {
        assertThat(inAnotherOrder.get(at).text()).isEqualTo(alone.text());
      }
    }
  }

  @Test
  void aWordThatDoesNotExistIsRareAndNamed(@TempDir Path directory) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("evaluation/mt/flores-dev.fr")).subList(0, 120);
    Spelling spelling =
        new Spelling(
            model.words().orElseThrow(),
            model.sourceTokenizer()::textOf,
            model.targetTokenizer()::textOf,
            model.sourceTokenizer()::byteOf,
            model.targetTokenizer()::byteOf);
    List<SegmentTranslation> renderings =
        translator.translate(lines, TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE);
    List<String> invented = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      List<Integer> source = model.sourceTokenizer().encode(lines.get(i)).ids();
      List<String> own = spelling.invented(source, List.of(), renderings.get(i).text());
      String notes = String.join("; ", renderings.get(i).notes());
      assertThat(own).allSatisfy(word -> assertThat(notes).contains(word));
      assertThat(notes.contains("not a known English word")).isEqualTo(!own.isEmpty());
      invented.addAll(own);
    }

    try (Stream<Path> files = Files.list(Path.of("models/fr-en"))) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(file.getFileName()));
      }
    }
    Path manifest = directory.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"words\": \"words.txt.gz\"", "\"x\": \"x\""));
    try (TranslationModel wordless = TranslationModel.load(directory);
        Translator freely = new Translator(wordless, 2)) {
      assertThat(wordless.words()).isEmpty();
      List<SegmentTranslation> free =
          freely.translate(lines, TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE);
      long more = 0;
      for (int i = 0; i < lines.size(); i++) {
        List<Integer> source = model.sourceTokenizer().encode(lines.get(i)).ids();
        more += spelling.invented(source, List.of(), free.get(i).text()).size();
        assertThat(free.get(i).notes()).noneMatch(note -> note.contains("English word"));
      }
      assertThat(invented.size()).isLessThan((int) more);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Voir https://www.exemple.fr/article?id=12&lang=fr#a pour plus de détails.",
        "Écrivez à marie.dupont+presse@exemple.fr avant lundi.",
        "Le message 😀👍🏽 est arrivé hier soir.",
        "Tapez `git commit -m \"x\"` dans le terminal.",
        "Selon @lemondefr, #Paris2024 a commencé.",
      })
  void protectedTextComesThroughUnchanged(String text) {
    SegmentTranslation rendering = translate(text);
    for (TextSpan span : ProtectedText.find(text)) {
      assertThat(rendering.text()).containsOnlyOnce(span.of(text));
    }
    assertThat(ProtectedText.find(text)).isNotEmpty();
  }

  /** A text, and what its translation must hold, separated by semicolons. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "Le président Xi Jinping (习近平) est arrivé à Paris.|习近平",
        "La chaîne Al Jazeera (الجزيرة) a diffusé les images.|الجزيرة",
        "Volodymyr Zelensky (Володимир Зеленський) a parlé.|Володимир Зеленський",
        "Il faisait −3,5 °C ce matin à 7 heures.|3.5",
        "Il y a eu 2.200.112 tonnes de déchets.|2,200,112",
        "Le 06.12.34.56.78 est gratuit.|06.12.34.56.78",
        "Jean Petit a battu Pierre Leroux.|Jean Petit;Pierre Leroux",
        "Claire Fontaine et Rose Blanc ont signé.|Claire Fontaine;Rose Blanc",
        "Lisez la suite sur exemple.fr ou sur le site pro-lait.com.|exemple.fr;pro-lait.com",
        "Bonjour %s, vous avez {count} messages.|%s;{count}",
        "La ville comptait 12 450 habitants en 2014¹.|12,450;2014¹"
      })
  void factsComeThrough(String text, String expected) {
    assertThat(translate(text).text()).contains(expected.split(";")).doesNotContain("\uFFFD");
  }

  @Test
  void whatWasLeftOutIsNoted() {
    SegmentTranslation translation =
        translate("Le juge a lu la note : « Le témoin m’a dit : “Je n’ai rien vu.”");
    assertThat(translation.text().contains("witness"))
        .isNotEqualTo(
            translation.notes().stream().anyMatch(note -> note.contains("Le témoin m’a dit")));
  }

  @Test
  void whatHoldsNoWordIsCopied() {
    for (String text : List.of("", "😀 🎉", "42", "— 12,5 % —", "***", "https://exemple.fr/a_b")) {
      SegmentTranslation rendering = translate(text);
      assertThat(rendering.text()).isEqualTo(text);
      assertThat(rendering.links()).isEmpty();
      assertThat(rendering.score()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LE PRÉSIDENT ANNONCE DES ÉLECTIONS",
        "oui",
        "e\u0301te\u0301",
        "\u0000Bonjour\u0000 le monde\u0007",
        "The quick brown fox jumps over the lazy dog.",
        "Der Minister sagte am Montag, dass er nichts wisse.",
        "ha ha ha ha ha ha ha ha ha ha ha ha",
        "</s> <unk> <0x0A> \uE000\uE001 \uD83D",
        "A&B &amp; <b>gras</b>",
        "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
      })
  void oddTextGetsAResultOfABoundedLength(String text) {
    SegmentTranslation rendering = translate(text);
    assertThat(rendering.text()).isNotBlank();
    assertThat(rendering.text().length()).isLessThan(20 * text.length() + 100);
    assertThat(rendering.text()).doesNotContain("\uE002");
    checkLinks(text, rendering);
  }

  @Test
  void aSentenceOfTwoThousandWordsIsCutAtItsClauses() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      text.append(i % 10 == 9 ? "demain, " : i % 3 == 0 ? "le " : "chat ");
    }
    SegmentTranslation rendering =
        translator
            .translate(List.of(text.toString()), GREEDY, Progress.SILENT, Cancellation.NONE)
            .get(0);
    assertThat(rendering.text().split(" ").length).isBetween(500, 6000);
    checkLinks(text.toString(), rendering);
  }

  @Test
  void oneWordWithoutAnySpaceIsCutToo() {
    SegmentTranslation rendering =
        translator
            .translate(List.of("é".repeat(5000)), GREEDY, Progress.SILENT, Cancellation.NONE)
            .get(0);
    assertThat(rendering.text()).isNotBlank();
  }

  private static void checkLinks(String source, SegmentTranslation rendering) {
    for (AlignmentLink link : rendering.links()) {
      assertThat(link.source().of(source)).isNotBlank();
      assertThat(link.target().of(rendering.text())).isNotBlank();
    }
  }

  @Test
  void theArticleComesOutWholeAndInOrder() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("evaluation/articles/otan-moscou.txt"));
    Document document = Documents.read("otan-moscou.txt", bytes, ReadOptions.defaults());
    Bitext bitext = translator.translate(document, GREEDY, Progress.SILENT, Cancellation.NONE);
    assertThat(bitext.units().map(unit -> unit.source().span()).toList())
        .isEqualTo(
            document.blocks().stream()
                .flatMap(block -> block.segments().stream())
                .map(segment -> segment.span())
                .toList());
    int end = 0;
    for (var block : bitext.blocks()) {
      for (TranslationUnit unit : block.units()) {
        assertThat(unit.source().span().of(document.text())).isEqualTo(unit.source().text());
        boolean boilerplate = block.kind() == BlockKind.BOILERPLATE;
        assertThat(unit.targetText().isEmpty()).isEqualTo(boilerplate);
        assertThat(unit.target().start()).isGreaterThanOrEqualTo(end);
        end = unit.target().end();
        for (AlignmentLink link : unit.links()) {
          assertThat(link.source().of(document.text())).isNotBlank();
          assertThat(link.target().of(bitext.targetText())).isNotBlank();
        }
      }
    }
    assertThat(bitext.targetText()).contains("Lungescu", "Maas", "2014");
    assertThat(bitext.targetText()).doesNotContain("GIPHY").doesNotContain("comment");
  }

  @Test
  void boilerplateIsTranslatedWhenAsked() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("evaluation/articles/otan-moscou.txt"));
    Document document = Documents.read("otan-moscou.txt", bytes, ReadOptions.defaults());
    Bitext bitext =
        translator.translate(
            document, GREEDY.withBoilerplate(true), Progress.SILENT, Cancellation.NONE);
    assertThat(bitext.units()).allMatch(unit -> !unit.targetText().isEmpty());
  }

  @Test
  void anEmptyDocumentIsAnEmptyTranslation() {
    assertThat(translateDocument("").targetText()).isEmpty();
    assertThat(translateDocument(" \n\t\n ").targetText()).isEmpty();
  }

  @Test
  void aCancelledTranslationStops() {
    assertThatThrownBy(
            () ->
                translator.translate(
                    SENTENCES, TranslationOptions.DEFAULT, Progress.SILENT, () -> true))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void progressEndsAtTheTotal() {
    List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    translator.translate(
        SENTENCES, GREEDY, (done, total) -> seen.add(done * 1000 / total), Cancellation.NONE);
    assertThat(seen).isNotEmpty().isSorted();
    assertThat(seen.get(seen.size() - 1)).isEqualTo(1000);
  }

  @Test
  void twoHundredTranslationsLeaveNativeMemoryFlat() throws IOException {
    long openBefore = TranslationModel.openNativeResources();
    List<String> texts = SENTENCES.subList(0, 4);
    List<Long> growth = new ArrayList<>();
    long before = 0;
    for (int i = 1; i <= 200; i++) {
      translator.translate(texts, GREEDY, Progress.SILENT, Cancellation.NONE);
      if (i % 40 == 0) {
        long now = residentKilobytes();
        growth.add(now - before);
        before = now;
      }
    }
    assertThat(TranslationModel.openNativeResources()).isEqualTo(openBefore);
    // A leak shows in every stretch of forty; the heap's own pages are touched in some of them
    // only.
    // One batch's tensors leaked each time would be more than 20 MB a stretch.
    assertThat(growth.subList(1, 5))
        .as("growth in KiB over each forty translations")
        .anyMatch(kilobytes -> kilobytes < 4_000);
  }

  /** DJL's managers are small, but one kept for each step is a leak for a service. */
  @Test
  void translationsLeaveNoManagersOnTheHeap() throws Exception {
    List<String> texts = SENTENCES.subList(0, 2);
    translator.translate(texts, GREEDY, Progress.SILENT, Cancellation.NONE);
    long before = managersOnTheHeap();
    assertThat(before).isPositive();
    for (int i = 0; i < 20; i++) {
      translator.translate(texts, GREEDY, Progress.SILENT, Cancellation.NONE);
    }
    assertThat(managersOnTheHeap()).isLessThanOrEqualTo(before);
  }

  /** Counts live instances; the histogram collects garbage before. */
  private static long managersOnTheHeap() throws Exception {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    return histogram
        .lines()
        .filter(line -> line.contains("ai.djl.onnxruntime.engine.OrtNDManager"))
        .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
        .sum();
  }

  /** Resident memory outside the Java heap, as far as the kernel tells: anonymous pages. */
  private static long residentKilobytes() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("RssAnon:")) {
        return Long.parseLong(line.replaceAll("\\D", ""))
            - (Runtime.getRuntime().totalMemory() >> 10);
      }
    }
    throw new IOException("no RssAnon in /proc/self/status");
  }
}
