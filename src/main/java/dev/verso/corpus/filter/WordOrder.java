package dev.verso.corpus.filter;

import dev.verso.text.Language;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Whether words stand in an order in which a language puts them: Σ ln p(b | a) / p(b) over
 * neighbouring words a b, the edges of the sentence included, in nats. Above 0 the order is
 * likelier to be one of the language than one by chance.
 *
 * <p>Units are the {@value #WORDS} most frequent words, and the last two letters of all others
 * where these are among the {@value #ENDINGS} most frequent endings. p(b | a) = (c(ab) + μ p(b)) /
 * (c(a) + μ), μ = {@value #MU}. Immutable and thread-safe; O(words).
 */
public final class WordOrder {

  private static final int WORDS = 400;
  private static final int ENDINGS = 60;
  private static final double MU = 20;
  private static final double STEPS = 16;
  private static final double MOST = 4;

  /**
   * Units of what is neither a frequent word nor of a frequent ending, and of a sentence's edge.
   */
  private static final int OTHER = 0;

  private static final int EDGE = 1;

  private final Map<String, Integer> units;
  private final byte[] table;
  private final int size;

  private WordOrder(Map<String, Integer> units, byte[] table) {
    this.units = units;
    this.table = table;
    this.size = units.size() + 2;
  }

  private static final class Shipped {
    static final WordOrder FRENCH = load("order.fr.gz");
    static final WordOrder ENGLISH = load("order.en.gz");

    private static WordOrder load(String resource) {
      try (InputStream in = WordOrder.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IOException(resource + " is missing from the installation");
        }
        return read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What comes along for a language. */
  public static WordOrder of(Language language) {
    return language == Language.FRENCH ? Shipped.FRENCH : Shipped.ENGLISH;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word :
        text.toLowerCase(Locale.ROOT).replace('’', '\'').split("[^\\p{L}\\p{N}']+")) {
      // French elisions are words of their own.
      int elision = word.indexOf('\'');
      if (elision > 0 && elision < word.length() - 2) {
        words.add(word.substring(0, elision + 1));
        words.add(word.substring(elision + 1));
      } else if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private static String ending(String word) {
    return word.length() < 4 ? "" : "-" + word.substring(word.length() - 2);
  }

  private static int unit(Map<String, Integer> units, String word) {
    Integer whole = units.get(word);
    return whole != null ? whole : units.getOrDefault(ending(word), OTHER);
  }

  /** Learns the order of a language's words from its sentences. */
  public static WordOrder learn(Iterable<String> sentences) {
    Map<String, Integer> counts = new HashMap<>();
    for (String sentence : sentences) {
      words(sentence).forEach(word -> counts.merge(word, 1, Integer::sum));
    }
    List<String> frequent = most(counts, WORDS);
    Map<String, Integer> endings = new HashMap<>();
    counts.forEach(
        (word, count) -> {
          if (!ending(word).isEmpty() && !frequent.contains(word)) {
            endings.merge(ending(word), count, Integer::sum);
          }
        });
    Map<String, Integer> units = new HashMap<>();
    for (String word : frequent) {
      units.put(word, units.size() + 2);
    }
    for (String ending : most(endings, ENDINGS)) {
      units.put(ending, units.size() + 2);
    }
    int size = units.size() + 2;
    long[][] pairs = new long[size][size];
    long[] single = new long[size];
    long total = 0;
    for (String sentence : sentences) {
      int before = EDGE;
      for (String word : words(sentence)) {
        int unit = unit(units, word);
        pairs[before][unit]++;
        single[unit]++;
        total++;
        before = unit;
      }
      pairs[before][EDGE]++;
      single[EDGE]++;
      total++;
    }
    byte[] table = new byte[size * size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        double p = (single[b] + 0.5) / (total + 0.5 * size);
        double odds = Math.log((pairs[a][b] + MU * p) / (single[a] + MU) / p);
        table[a * size + b] = (byte) Math.round(STEPS * Math.max(-MOST, Math.min(MOST, odds)));
      }
    }
    return new WordOrder(units, table);
  }

  private static List<String> most(Map<String, Integer> counts, int many) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(many)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The odds of a text's order against chance, in nats; 0 of no words. */
  public double odds(String text) {
    List<String> words = words(text);
    if (words.isEmpty()) {
      return 0;
    }
    int sum = 0;
    int before = EDGE;
    for (String word : words) {
      int unit = unit(units, word);
      sum += table[before * size + unit];
      before = unit;
    }
    sum += table[before * size + EDGE];
    return sum / STEPS;
  }

  /** Writes what {@link #of} reads. */
  public void write(OutputStream stream) throws IOException {
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(stream))) {
      String[] names = new String[units.size()];
      units.forEach((name, unit) -> names[unit - 2] = name);
      out.writeInt(names.length);
      for (String name : names) {
        out.writeUTF(name);
      }
      out.write(table);
    }
  }

  private static WordOrder read(InputStream stream) throws IOException {
    try (DataInputStream in = new DataInputStream(new GZIPInputStream(stream))) {
      int count = in.readInt();
      Map<String, Integer> units = new HashMap<>();
      for (int k = 0; k < count; k++) {
        units.put(in.readUTF(), k + 2);
      }
      byte[] table = new byte[(count + 2) * (count + 2)];
      in.readFully(table);
      return new WordOrder(units, table);
    }
  }
}
