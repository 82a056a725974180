package dev.verso.wordalign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.bitext.AlignmentLink;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every word aligner owes. */
class WordAlignerContractTest {

  static Stream<WordAligner> aligners() {
    return Stream.of(
        LexicalAligner.shipped(),
        StatisticalAligner.shipped(),
        CombinedAligner.shipped(),
        CombinedAligner.shipped().competing(),
        CombinedAligner.shipped().withAttention(WordAlignerContractTest::attention));
  }

  /** Attention of a model that is as sure as the HMM. */
  private static double[][] attention(TokenizedSentence source, TokenizedSentence target) {
    double[][] attention = new double[target.size()][source.size()];
    for (AlignmentLink link : StatisticalAligner.shipped().align(source, target)) {
      attention[target.words().indexOf(link.target())][source.words().indexOf(link.source())] =
          link.probability();
    }
    return attention;
  }

  private static List<String> ties(List<AlignmentLink> links, String source, String target) {
    return links.stream()
        .map(link -> link.source().of(source) + "=" + link.target().of(target))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("aligners")
  void tiesWordsOnceAndInOrder(WordAligner aligner) {
    String french = "Le chat noir dort, et le chien de Mme Dupont mange 12 000 pommes.";
    String english = "The black cat is sleeping, and Mrs Dupont's dog eats 12,000 apples.";
    List<AlignmentLink> links = aligner.align(french, english);
    assertThat(links)
        .isSortedAccordingTo(
            Comparator.comparing(AlignmentLink::source).thenComparing(AlignmentLink::target));
    Set<List<Object>> pairs = new HashSet<>();
    links.forEach(link -> assertThat(pairs.add(List.of(link.source(), link.target()))).isTrue());
    assertThat(ties(links, french, english))
        .contains(
            "chat=cat",
            "noir=black",
            "chien=dog",
            "Dupont=Dupont",
            "pommes=apples",
            "12 000=12,000");
    assertThat(aligner.align(french, english)).isEqualTo(links);
  }

  @ParameterizedTest
  @MethodSource("aligners")
  void survivesWhatIsNoSentence(WordAligner aligner) {
    for (String odd : List.of("", " ", "…", "\uD83D\uDE00 !", "a ".repeat(300))) {
      assertThat(aligner.align("", odd)).isEmpty();
      assertThat(aligner.align(odd, "")).isEmpty();
      assertThat(aligner.align(odd, odd)).isNotNull();
    }
  }

  /** Competing words link what was left alone, one to one, and take nothing away. */
  @Test
  void competingLinksOnlyAddBetweenLonelyWords() throws IOException {
    WordAligner firm = CombinedAligner.shipped();
    WordAligner competing = CombinedAligner.shipped().competing();
    int more = 0;
    for (String line : Files.readAllLines(Path.of("evaluation/words/alibi-dev.jsonl"))) {
      JsonNode pair = new ObjectMapper().readTree(line);
      List<AlignmentLink> links = firm.align(pair.get("fr").asText(), pair.get("en").asText());
      List<AlignmentLink> all = competing.align(pair.get("fr").asText(), pair.get("en").asText());
      Set<TextSpan> sources = new HashSet<>();
      Set<TextSpan> targets = new HashSet<>();
      links.forEach(link -> sources.add(link.source()));
      links.forEach(link -> targets.add(link.target()));
      assertThat(all).containsAll(links);
      for (AlignmentLink link : all) {
        if (!links.contains(link)) {
          assertThat(sources.add(link.source()) && targets.add(link.target())).isTrue();
          assertThat(link.strength()).isEqualTo(AlignmentLink.Strength.POSSIBLE);
          more++;
        }
      }
    }
    assertThat(more).isPositive();
  }

  /** A made-up language of forty words, translated word by word in reverse order of pairs. */
  @Test
  void trainingFindsTheDictionaryOfACorpus(@TempDir Path directory) throws IOException {
    Random random = new Random(5);
    List<String> corpus = new ArrayList<>();
    for (int k = 0; k < 400; k++) {
      StringBuilder source = new StringBuilder();
      StringBuilder target = new StringBuilder();
      int words = 3 + random.nextInt(6);
      for (int w = 0; w < words; w++) {
        int word = random.nextInt(40);
        source.append("s").append((char) ('a' + word % 26)).append((char) ('a' + word / 26));
        target.append("t").append((char) ('z' - word % 26)).append((char) ('z' - word / 26));
        source.append(' ');
        target.append(' ');
      }
      corpus.add(source.toString().strip() + "\t" + target.toString().strip());
    }
    List<String> phases = new ArrayList<>();
    StatisticalAligner trained =
        StatisticalAligner.train(
            corpus,
            WordTokenizer.FRENCH,
            WordTokenizer.ENGLISH,
            (phase, done, total) -> phases.add(phase));
    trained.save(directory);
    StatisticalAligner loaded = StatisticalAligner.load(directory);
    int right = 0;
    int all = 0;
    for (String line : corpus.subList(0, 100)) {
      String[] sides = line.split("\t");
      List<AlignmentLink> links = trained.align(sides[0], sides[1]);
      // The file keeps probabilities to a few per cent; links are the same.
      assertThat(ties(loaded.align(sides[0], sides[1]), sides[0], sides[1]))
          .isEqualTo(ties(links, sides[0], sides[1]));
      for (AlignmentLink link : links) {
        all++;
        right += link.source().start() == link.target().start() ? 1 : 0;
      }
    }
    assertThat((double) right / all).isGreaterThan(0.95);
    assertThat(phases).anyMatch(p -> p.startsWith("model 1")).anyMatch(p -> p.startsWith("HMM"));
  }

  @Test
  void tellsWhatIsWrongWithACorpusOrADirectory(@TempDir Path directory) throws IOException {
    assertThatThrownBy(
            () ->
                StatisticalAligner.train(
                    List.of("un\tone", "deux"),
                    WordTokenizer.FRENCH,
                    WordTokenizer.ENGLISH,
                    TrainingProgress.SILENT))
        .hasMessageContaining("corpus line 2");
    assertThatThrownBy(() -> StatisticalAligner.load(directory))
        .hasMessageContaining(StatisticalAligner.FILE)
        .hasMessageContaining("train an aligner");
    Files.writeString(directory.resolve(StatisticalAligner.FILE), "x".repeat(400));
    assertThatThrownBy(() -> StatisticalAligner.load(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(StatisticalAligner.FILE);
  }

  @Test
  void theLexiconKnowsCommonWords() {
    Lexicon lexicon = Lexicon.shipped();
    int entry = lexicon.entry(lexicon.sourceId("chien"), lexicon.targetId("dog"));
    assertThat(lexicon.forward(entry)).isGreaterThan(0.5);
    assertThat(lexicon.backward(entry)).isGreaterThan(0.3);
    assertThat(lexicon.entry(lexicon.sourceId("londres"), lexicon.targetId("london")))
        .isNotNegative();
  }
}
