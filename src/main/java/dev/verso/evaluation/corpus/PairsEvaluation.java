package dev.verso.evaluation.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.PairSide;
import dev.verso.text.InputException;
import dev.verso.text.Json;
import dev.verso.text.LineFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A corpus against documents whose paragraphs are paired: a folder with {@code documents/} and
 * {@code gold.jsonl}, a line of {@code {"fr","en","paragraph_pairs":[[i,j],…]}} for each pair of
 * documents, paragraphs parted by blank lines and counted from 0.
 *
 * <p>A pair of sentences is right if each side lies in one paragraph and these two are paired.
 * Precision counts pairs, recall the paragraph pairs of which there is a right pair. Only
 * sentence-sized pairs count: none of more than {@value #LONGEST} characters.
 */
public final class PairsEvaluation {

  private static final int LONGEST = 2000;

  private PairsEvaluation() {}

  /**
   * What came out.
   *
   * @param documentPairs pairs of documents in the gold
   * @param documentsFound of these, how many the corpus has a pair of sentences of
   * @param documentsWrong pairs of documents in the corpus that are not in the gold
   * @param pairs pairs of sentences in the corpus
   * @param right those that are right
   * @param outside pairs of sentences whose paragraphs are not in the gold at all; they count as
   *     wrong
   * @param found paragraph pairs with a right pair
   * @param all paragraph pairs
   */
  public record Score(
      int documentPairs,
      int documentsFound,
      int documentsWrong,
      int pairs,
      int right,
      int outside,
      int found,
      int all) {

    /** Right pairs by all pairs. */
    public double precision() {
      return pairs == 0 ? 0 : (double) right / pairs;
    }

    /** Paragraph pairs found by all. */
    public double recall() {
      return all == 0 ? 0 : (double) found / all;
    }

    /** The figures as lines. */
    public String report() {
      return String.format(
          Locale.ROOT,
          "document pairs  %d of %d found, %d wrong%n"
              + "pairs           %d, precision %.4f (%d of the wrong ones in paragraphs without gold)%n"
              + "paragraph pairs %d, recall %.4f%n",
          documentsFound,
          documentPairs,
          documentsWrong,
          pairs,
          precision(),
          outside,
          all,
          recall());
    }
  }

  private record Gold(String english, Map<Integer, Set<Integer>> pairs, Set<Integer> targets) {}

  /** Compares a corpus with a folder of gold. */
  public static Score score(Path corpus, Path folder) throws IOException {
    Map<String, Gold> gold = new HashMap<>();
    int all = 0;
    for (String line : LineFile.read(folder.resolve("gold.jsonl"))) {
      if (line.isBlank()) {
        continue;
      }
      JsonNode node = Json.PLAIN.readTree(line);
      Map<Integer, Set<Integer>> pairs = new HashMap<>();
      Set<Integer> targets = new HashSet<>();
      for (JsonNode pair : node.get("paragraph_pairs")) {
        pairs.computeIfAbsent(pair.get(0).asInt(), x -> new HashSet<>()).add(pair.get(1).asInt());
        targets.add(pair.get(1).asInt());
        all++;
      }
      gold.put(node.get("fr").asText(), new Gold(node.get("en").asText(), pairs, targets));
    }
    Map<String, List<int[]>> paragraphs = new HashMap<>();
    Set<String> found = new HashSet<>();
    Set<String> documents = new HashSet<>();
    Set<String> wrongDocuments = new HashSet<>();
    int count = 0;
    int right = 0;
    int outside = 0;
    try (BufferedReader reader = Files.newBufferedReader(corpus)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        CorpusPair pair = CorpusLines.read(corpus.toString(), ++count, line);
        String source = name(pair.source());
        String target = name(pair.target());
        Gold one = gold.get(source);
        if (one == null || !one.english.equals(target)) {
          wrongDocuments.add(source + " " + target);
          continue;
        }
        documents.add(source);
        List<Integer> from = within(paragraphs, folder, pair.source());
        List<Integer> to = within(paragraphs, folder, pair.target());
        boolean ok =
            from.size() == 1
                && to.size() == 1
                && one.pairs.getOrDefault(from.get(0), Set.of()).contains(to.get(0))
                && pair.source().text().length() <= LONGEST
                && pair.target().text().length() <= LONGEST;
        if (ok) {
          right++;
          found.add(source + " " + from.get(0) + " " + to.get(0));
        } else if (from.stream().noneMatch(one.pairs::containsKey)
            && to.stream().noneMatch(one.targets::contains)) {
          outside++;
        }
      }
    }
    return new Score(
        gold.size(),
        documents.size(),
        wrongDocuments.size(),
        count,
        right,
        outside,
        found.size(),
        all);
  }

  private static String name(PairSide side) {
    return side.document().substring(side.document().lastIndexOf('/') + 1);
  }

  private static List<Integer> within(Map<String, List<int[]>> known, Path folder, PairSide side)
      throws IOException {
    String name = name(side);
    List<int[]> paragraphs = known.get(name);
    if (paragraphs == null) {
      paragraphs = paragraphs(folder.resolve("documents").resolve(name));
      known.put(name, paragraphs);
    }
    List<Integer> within = new ArrayList<>();
    for (int k = 0; k < paragraphs.size(); k++) {
      if (paragraphs.get(k)[0] < side.end() && side.start() < paragraphs.get(k)[1]) {
        within.add(k);
      }
    }
    return within;
  }

  private static List<int[]> paragraphs(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException("there is no file " + file);
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    List<int[]> paragraphs = new ArrayList<>();
    for (int start = 0; start <= text.length(); ) {
      int end = text.indexOf("\n\n", start);
      end = end < 0 ? text.length() : end;
      paragraphs.add(new int[] {start, end});
      start = end + 2;
    }
    return paragraphs;
  }
}
