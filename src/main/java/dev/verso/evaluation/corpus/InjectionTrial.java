package dev.verso.evaluation.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.PairSide;
import dev.verso.evaluation.TextTable;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import dev.verso.usecase.corpus.CleanCorpus;
import dev.verso.usecase.corpus.RefinementOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Bad pairs put into a clean corpus, one in a hundred of each kind: how many the filters and
 * deduplication catch, and how many clean pairs go with them.
 *
 * <p>Runs several times with other seeds, since one in a hundred of a small corpus is little.
 */
public final class InjectionTrial {

  private static final int HUNDRED = 100;
  private static final int SHOWN = 20;
  private static final String CLEAN = "clean";

  /** Sentences that are neither French nor English. */
  private static final List<String> FOREIGN =
      List.of(
          "Der Bürgermeister eröffnete am Montag die neue Schule im Norden der Stadt.",
          "La alcaldesa explicó que las obras durarán hasta finales del próximo año.",
          "Il governo ha presentato ieri una nuova legge sulla tutela delle acque.",
          "De gemeenteraad stemde dinsdag tegen de aanleg van de nieuwe weg.",
          "Regeringen har beslutat att höja skatten på bensin från och med januari.",
          "Rząd przedstawił wczoraj projekt ustawy o ochronie wód podziemnych.",
          "O presidente afirmou que a reunião foi adiada para a próxima semana.",
          "Guvernul a anunțat că alegerile vor avea loc în luna noiembrie.");

  private enum Kind {
    MISALIGNED,
    SHIFTED,
    COPIED,
    SWAPPED,
    FOREIGN,
    DUPLICATED,
    NEARLY_DUPLICATED,
    REPEATING,
    NOISY,
    LOST_CHARACTERS,
    SHUFFLED;

    private String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private InjectionTrial() {}

  /**
   * What came out.
   *
   * @param caught share of the bad pairs that were caught
   * @param lost share of the clean pairs that went, too
   */
  public record Score(double caught, double lost) {}

  /**
   * Runs the trial and prints its table.
   *
   * @param french clean sentences
   * @param english their translations
   * @param runs how often, each with another seed
   * @param cleaner what is tried
   * @return the shares of the last two lines
   */
  public static Score run(
      List<String> french, List<String> english, int runs, CleanCorpus cleaner, Appendable out)
      throws IOException {
    Map<Kind, int[]> caught = new TreeMap<>(); // caught, all
    Map<String, Integer> reasons = new TreeMap<>();
    List<String> escaped = new ArrayList<>();
    int clean = 0;
    int lost = 0;
    Path folder = Files.createTempDirectory("verso-injection");
    for (int run = 0; run < runs; run++) {
      List<CorpusPair> pairs = new ArrayList<>();
      for (int k = 0; k < french.size(); k++) {
        pairs.add(pair(CLEAN, k, french.get(k), english.get(k)));
      }
      Random random = new Random(run + 1L);
      for (Kind kind : Kind.values()) {
        for (int n = 0; n < Math.max(1, french.size() / HUNDRED); n++) {
          pairs.add(injected(kind, n, french, english, random));
        }
      }
      Collections.shuffle(pairs, random);
      Path given = folder.resolve("given.jsonl");
      Files.write(given, pairs.stream().map(CorpusLines::write).toList());
      Path kept = folder.resolve("kept.jsonl");
      cleaner.clean(
          new CleanCorpus.Request(
              List.of(given),
              kept,
              Runtime.getRuntime().availableProcessors(),
              RefinementOptions.DEFAULT),
          CorpusProgress.SILENT,
          Cancellation.NONE);
      Set<String> there = places(kept);
      for (CorpusPair pair : pairs) {
        boolean stays = there.contains(place(pair));
        if (pair.source().document().equals(CLEAN)) {
          clean++;
          lost += stays ? 0 : 1;
        } else {
          Kind kind = Kind.valueOf(pair.source().document());
          int[] counts = caught.computeIfAbsent(kind, x -> new int[2]);
          boolean twin = kind == Kind.DUPLICATED || kind == Kind.NEARLY_DUPLICATED;
          String original = CLEAN + " " + pair.source().start();
          boolean gone = twin ? !(stays && there.contains(original)) : !stays;
          if (twin && stays && !there.contains(original)) {
            lost--; // its copy stays for it
          }
          counts[0] += gone ? 1 : 0;
          if (!gone && escaped.size() < SHOWN) {
            escaped.add(kind.label() + ": " + pair.source().text() + " | " + pair.target().text());
          }
          counts[1]++;
        }
      }
      countReasons(folder.resolve("kept.rejected.jsonl"), reasons);
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("kind", "put in", "caught", "share"));
    int all = 0;
    int allCaught = 0;
    for (Map.Entry<Kind, int[]> entry : caught.entrySet()) {
      int[] counts = entry.getValue();
      rows.add(row(entry.getKey().label(), counts[1], counts[0]));
      all += counts[1];
      allCaught += counts[0];
    }
    rows.add(row("all", all, allCaught));
    rows.add(row("clean pairs lost", clean, lost));
    TextTable.print(rows, out);
    for (String pair : escaped) {
      out.append("missed ").append(pair).append('\n');
    }
    out.append("\nclean pairs by reason: ").append(reasons.toString()).append('\n');
    return new Score((double) allCaught / Math.max(1, all), (double) lost / Math.max(1, clean));
  }

  private static List<String> row(String name, int all, int some) {
    return List.of(
        name,
        String.valueOf(all),
        String.valueOf(some),
        String.format(Locale.ROOT, "%.4f", (double) some / Math.max(1, all)));
  }

  private static CorpusPair pair(String name, int place, String source, String target) {
    return CorpusPair.of(
        new PairSide(name, place, place, source),
        new PairSide(name, place, place, target),
        Map.of(),
        "");
  }

  private static String place(CorpusPair pair) {
    return pair.source().document() + " " + pair.source().start();
  }

  private static Set<String> places(Path corpus) throws IOException {
    Set<String> places = new HashSet<>();
    try (BufferedReader reader = Files.newBufferedReader(corpus)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        places.add(place(CorpusLines.read("kept", 1, line)));
      }
    }
    return places;
  }

  private static void countReasons(Path rejected, Map<String, Integer> reasons) {
    try (BufferedReader reader = Files.newBufferedReader(rejected)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode node = Json.PLAIN.readTree(line);
        if (node.at("/source/document").asText().equals(CLEAN)) {
          reasons.merge(node.get("reason").asText(), 1, Integer::sum);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CorpusPair injected(
      Kind kind, int n, List<String> french, List<String> english, Random random) {
    int k = random.nextInt(french.size());
    while (french.get(k).split(" ").length < 5) {
      k = (k + 1) % french.size();
    }
    String source = french.get(k);
    String target = english.get(k);
    int other = (k + 2 + random.nextInt(french.size() - 3)) % french.size();
    switch (kind) {
      case MISALIGNED -> target = english.get(other);
      case SHIFTED -> target = english.get((k + 1) % english.size());
      case COPIED -> target = source;
      case SWAPPED -> {
        source = english.get(k);
        target = french.get(k);
      }
      case FOREIGN -> {
        String foreign = FOREIGN.get(random.nextInt(FOREIGN.size()));
        if (random.nextBoolean()) {
          source = foreign;
        } else {
          target = foreign;
        }
      }
      case DUPLICATED -> source = source.toUpperCase(Locale.FRENCH);
      case NEARLY_DUPLICATED -> target = target.replaceFirst("\\p{L}+(\\W*)$", "otherwise$1");
      case REPEATING -> target = repeating(target, random);
      case NOISY -> target = noisy(target, random);
      case LOST_CHARACTERS -> source = source.replaceAll("[éèêàùçôîûœ’]", "\uFFFD") + "\uFFFD";
      case SHUFFLED -> target = shuffled(target, random);
    }
    boolean twin = kind == Kind.DUPLICATED || kind == Kind.NEARLY_DUPLICATED;
    return pair(kind.name(), twin ? k : 1_000_000 + n, source, target);
  }

  private static String repeating(String text, Random random) {
    List<String> words = new ArrayList<>(Arrays.asList(text.split(" ")));
    int at = random.nextInt(words.size());
    int length = Math.min(1 + random.nextInt(3), words.size() - at);
    List<String> loop = new ArrayList<>(words.subList(at, at + length));
    for (int round = 0; round < 5; round++) {
      words.addAll(at, loop);
    }
    return String.join(" ", words);
  }

  /** A third of the letters are others. */
  private static String noisy(String text, Random random) {
    StringBuilder noisy = new StringBuilder(text);
    for (int k = 0; k < noisy.length(); k++) {
      if (Character.isLetter(noisy.charAt(k)) && random.nextInt(3) == 0) {
        noisy.setCharAt(k, (char) ('a' + random.nextInt(26)));
      }
    }
    return noisy.toString();
  }

  private static String shuffled(String text, Random random) {
    List<String> words = new ArrayList<>(Arrays.asList(text.split(" ")));
    Collections.shuffle(words, random);
    return String.join(" ", words);
  }
}
