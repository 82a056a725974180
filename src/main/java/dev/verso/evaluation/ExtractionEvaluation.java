package dev.verso.evaluation;

import dev.verso.text.Block;
import dev.verso.text.BlockKind;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.text.Segment;
import dev.verso.text.SentenceSegmenter;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures how well the article on a page is told from the page, by sentence.
 *
 * <p>Gold is {@code NAME.html} with {@code NAME.txt}, a block a line, or a folder of {@code
 * source.html} and {@code expected.html} as in Mozilla Readability's suite, where the headline
 * counts on neither side because the expected page leaves it out. Both sides are parted into
 * sentences by the same rules and compared by their letters and digits, as multisets: recall is the
 * share of gold sentences among those extracted, precision the share of extracted sentences in the
 * gold. Time is linear in the pages' length.
 */
public final class ExtractionEvaluation {

  /**
   * Counts of sentences.
   *
   * @param name the page
   * @param missed gold sentences that were not extracted
   * @param added extracted sentences that are not gold
   */
  public record Score(
      String name, int gold, int extracted, int common, List<String> missed, List<String> added) {

    /** Copies the lists. */
    public Score {
      missed = List.copyOf(missed);
      added = List.copyOf(added);
    }

    /** The share of gold sentences that were extracted, 1 if there are none. */
    public double recall() {
      return gold == 0 ? 1 : (double) common / gold;
    }

    /** The share of extracted sentences that are gold, 1 if there are none. */
    public double precision() {
      return extracted == 0 ? 1 : (double) common / extracted;
    }
  }

  private ExtractionEvaluation() {}

  /** The score of each page in a folder, by name. */
  public static List<Score> scores(Path folder) throws IOException {
    return scores(folder, Optional.empty());
  }

  /**
   * The score of what another program took for the article of each page in a folder.
   *
   * @param peer a folder with its {@code NAME.html} for each page; empty for Verso's own
   */
  public static List<Score> scores(Path folder, Optional<Path> peer) throws IOException {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(folder)) {
      entries = listed.sorted().toList();
    }
    List<Score> scores = new ArrayList<>();
    for (Path entry : entries) {
      String name = entry.getFileName().toString();
      Path text = folder.resolve(name.replaceFirst("\\.html$", ".txt"));
      if (name.endsWith(".html") && Files.isRegularFile(text)) {
        scores.add(page(entry, text, peer));
      } else if (Files.isRegularFile(entry.resolve("expected.html"))) {
        scores.add(readability(entry, peer));
      }
    }
    return scores;
  }

  /** Prints the score of each page and of all; on request each sentence missed or added. */
  public static void run(Path folder, Optional<Path> peer, boolean details, PrintStream out)
      throws IOException {
    List<Score> scores = scores(folder, peer);
    int width = 5 + scores.stream().mapToInt(score -> score.name().length()).max().orElse(0);
    for (Score score : scores) {
      print(score, width, out);
      if (details) {
        score.missed().forEach(sentence -> out.println("  missed " + sentence));
        score.added().forEach(sentence -> out.println("  added  " + sentence));
      }
    }
    print(total(scores), width, out);
  }

  /** The sums over pages. */
  public static Score total(List<Score> scores) {
    int gold = 0;
    int extracted = 0;
    int common = 0;
    for (Score score : scores) {
      gold += score.gold();
      extracted += score.extracted();
      common += score.common();
    }
    return new Score("total", gold, extracted, common, List.of(), List.of());
  }

  private static void print(Score score, int width, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-" + width + "s gold %5d  extracted %5d  P %.4f  R %.4f%n",
        score.name(),
        score.gold(),
        score.extracted(),
        score.precision(),
        score.recall());
  }

  private static Score page(Path html, Path text, Optional<Path> peer) throws IOException {
    SentenceSegmenter segmenter = SentenceSegmenter.of(Language.FRENCH);
    List<String> gold = new ArrayList<>();
    for (String line : Files.readAllLines(text)) {
      if (!line.isBlank()) {
        TextSpan all = new TextSpan(0, line.length());
        segmenter.segment(line, all).forEach(span -> gold.add(span.of(line)));
      }
    }
    String name = html.getFileName().toString();
    return score(name, gold, extracted(html, name, peer), "");
  }

  private static List<String> extracted(Path html, String name, Optional<Path> peer)
      throws IOException {
    return peer.isPresent()
        ? sentences(read(peer.get().resolve(name)), false)
        : sentences(read(html), true);
  }

  private static Score readability(Path folder, Optional<Path> peer) throws IOException {
    Document source = read(folder.resolve("source.html"));
    String title = source.metadata().getOrDefault("title", "");
    Optional<Block> headline =
        source.blocks().stream().filter(block -> block.kind() == BlockKind.TITLE).findFirst();
    List<String> extracted =
        extracted(folder.resolve("source.html"), folder.getFileName() + ".html", peer);
    List<String> gold = sentences(read(folder.resolve("expected.html")), false);
    if (headline.isPresent()) {
      for (Segment segment : headline.get().segments()) {
        if (!gold.contains(segment.text())) {
          extracted.remove(segment.text());
        }
      }
    }
    return score(folder.getFileName().toString(), gold, extracted, title);
  }

  private static Document read(Path html) throws IOException {
    return Documents.read(
        html.getFileName().toString(), Files.readAllBytes(html), ReadOptions.defaults());
  }

  private static List<String> sentences(Document page, boolean contentOnly) {
    List<String> sentences = new ArrayList<>();
    for (Block block : page.blocks()) {
      if (block.isContent() || !contentOnly) {
        block.segments().forEach(segment -> sentences.add(segment.text()));
      }
    }
    return sentences;
  }

  private static Score score(
      String name, List<String> goldText, List<String> extractedText, String ignored) {
    Map<String, Integer> open = new HashMap<>();
    String title = key(ignored);
    int gold = 0;
    for (String sentence : goldText) {
      String key = key(sentence);
      if (!key.isEmpty() && !key.equals(title)) {
        open.merge(key, 1, Integer::sum);
        gold++;
      }
    }
    int extracted = 0;
    int common = 0;
    List<String> added = new ArrayList<>();
    for (String sentence : extractedText) {
      String key = key(sentence);
      if (key.isEmpty() || key.equals(title)) {
        continue;
      }
      extracted++;
      if (open.getOrDefault(key, 0) > 0) {
        open.merge(key, -1, Integer::sum);
        common++;
      } else {
        added.add(sentence);
      }
    }
    List<String> missed = new ArrayList<>();
    for (String sentence : goldText) {
      String key = key(sentence);
      if (open.getOrDefault(key, 0) > 0) {
        open.merge(key, -1, Integer::sum);
        missed.add(sentence);
      }
    }
    return new Score(name, gold, extracted, common, missed, added);
  }

  /** Letters and digits alone, in lower case. */
  private static String key(String sentence) {
    StringBuilder key = new StringBuilder();
    sentence
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(key::appendCodePoint);
    return key.toString();
  }
}
