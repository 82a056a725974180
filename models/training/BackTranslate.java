import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * Translates English pieces into French ones with phrases, for back-translated training pairs; back.py runs it.
 *
 * <p>Phrase-based translation (Koehn, Och and Marcu, 2003) is learnt in a few minutes from word-aligned pairs, leaves little
 * out and invents nothing, which is what a training source needs; a network for this direction would take the time that
 * the other one is trained with. Units are the tokenizer's pieces instead of words. A hypothesis scores
 *
 * <pre>
 *   .35 log p(f|e) + .3 log p(e|f) + .06 lex(f|e) + .14 lex(e|f)    a phrase: relative frequencies, less a discount, and
 *                                                                  piece translation probabilities (IBM Model 1's form)
 *   + .6 |f| - .43 - .35 min(8, distance)                          its length, its use, the jump to it in pieces
 *   + .25 log LM                                                   5-grams, stupid backoff (Brants et al., 2007)
 * </pre>
 *
 * with weights found by random search on 200 held-out pairs of news. Search is by stacks of hypotheses that cover equally
 * many pieces, with estimates of what the rest will cost. Words of several pieces that begin with a capital or hold a digit
 * and are in no phrase are copied.
 *
 * <p>DIR holds, little-endian: fr.u16, en.u16, rows.i32 (French pieces, English pieces, links a row), links.i16 (French,
 * English), weights.f32: the aligned pairs; lm.u16, lm.i32 (pieces a row), lm.f32 (weights): French text; mono.u16,
 * mono.i32: English to translate; pieces.txt: the vocabulary. Writes DIR/back.txt, a line of piece ids for each of mono's.
 *
 * <p>usage: {@code java -Xmx9g BackTranslate.java DIR}
 */
public final class BackTranslate {
  private static final int LONGEST_ENGLISH = 6, LONGEST_FRENCH = 8, ORDER = 5;
  private static final int BEAM = 6, OPTIONS = 5, WINDOW = 3, LONGEST_SENTENCE = 110;
  private static final double GIVEN_ENGLISH = .35, GIVEN_FRENCH = .3, LEX_GIVEN_ENGLISH = .06, LEX_GIVEN_FRENCH = .14;
  private static final double LM = .25, LENGTH = .6, PHRASE = -.43, JUMP = -.35;
  private static final char BEGIN = 65001, END = 65002;

  /** Sums by 64-bit key, open addressing; keys that share 31 bits and a place are taken for one. */
  private static final class Sums {
    final int[] keys;
    final float[] sums;

    Sums(int bits) {
      keys = new int[1 << bits];
      sums = new float[1 << bits];
    }

    private int place(long key) {
      int mask = keys.length - 1, check = (int) (key >>> 32) | 1, i = (int) key & mask;
      while (keys[i] != 0 && keys[i] != check) {
        i = i + 1 & mask;
      }
      return i;
    }

    void add(long key, float value) {
      int i = place(key);
      keys[i] = (int) (key >>> 32) | 1;
      sums[i] += value;
    }

    float get(long key) {
      return sums[place(key)];
    }
  }

  /** Numbers 64-bit keys from 0. */
  private static final class Numbering {
    long[] keys = new long[1 << 20];
    int[] numbers = new int[1 << 20];
    int size;

    int find(long key) {
      int mask = keys.length - 1, i = (int) key & mask;
      while (keys[i] != 0 && keys[i] != key) {
        i = i + 1 & mask;
      }
      return keys[i] == 0 ? -1 - i : numbers[i];
    }

    void add(long key) {
      int found = find(key);
      if (found >= 0) {
        return;
      }
      keys[-1 - found] = key;
      numbers[-1 - found] = size++;
      if (2 * size > keys.length) {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = new int[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
          if (oldKeys[i] != 0) {
            int place = -1 - find(oldKeys[i]);
            keys[place] = oldKeys[i];
            numbers[place] = oldNumbers[i];
          }
        }
      }
    }
  }

  private static long mixed(long h) {
    h = (h ^ h >>> 32) * 0xd6e8feb86659fd93L;
    h = (h ^ h >>> 32) * 0xd6e8feb86659fd93L;
    return h ^ h >>> 32;
  }

  private static long key(char[] pieces, int from, int length) {
    long h = length;
    for (int i = 0; i < length; i++) {
      h = mixed(h * 0x9E3779B97F4A7C15L + pieces[from + i] + 1);
    }
    return h | 1;
  }

  /** What a phrase may become: its pieces, its score without the language model, and the latter's without context. */
  private record Option(char[] french, double score, double alone) {
    double estimate() {
      return score + LM * alone;
    }
  }

  /** A stretch of French that an English phrase was seen with, and the logs of both relative frequencies. */
  private record Seen(char[] french, double givenEnglish, double givenFrench) {}

  private record Hypothesis(long low, long high, char[] context, int end, double score, double total, Hypothesis before, Option option) {
    boolean covers(int i) {
      return ((i < 64 ? low : high) >>> (i & 63) & 1) != 0;
    }
  }

  private final Path directory;
  private final char[] mono;
  private final int[] monoLengths;
  private final List<String> pieces;
  private final Numbering phrases = new Numbering();
  private Seen[][] seen;
  private AtomicReferenceArray<List<Option>> phraseOptions;
  private final Sums together = new Sums(24);
  private final double[] english = new double[65536], french = new double[65536];
  private final Sums grams = new Sums(28);
  private double gramsTotal;

  private BackTranslate(Path directory) throws IOException {
    this.directory = directory;
    mono = chars("mono.u16");
    monoLengths = ints("mono.i32");
    pieces = Files.readAllLines(directory.resolve("pieces.txt"), StandardCharsets.UTF_8);
  }

  private ByteBuffer bytes(String name) throws IOException {
    try (FileChannel channel = FileChannel.open(directory.resolve(name))) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private char[] chars(String name) throws IOException {
    var from = bytes(name).asCharBuffer();
    char[] to = new char[from.remaining()];
    from.get(to);
    return to;
  }

  private int[] ints(String name) throws IOException {
    var from = bytes(name).asIntBuffer();
    int[] to = new int[from.remaining()];
    from.get(to);
    return to;
  }

  private float[] floats(String name) throws IOException {
    var from = bytes(name).asFloatBuffer();
    float[] to = new float[from.remaining()];
    from.get(to);
    return to;
  }

  /** Counts n-grams of French, each row between BEGIN and END. */
  private void readFrench() throws IOException {
    char[] text = chars("lm.u16");
    int[] lengths = ints("lm.i32");
    float[] weights = floats("lm.f32");
    char[] row = new char[LONGEST_SENTENCE * 4];
    for (int r = 0, at = 0; r < lengths.length; at += lengths[r++]) {
      int n = Math.min(lengths[r], row.length - 2);
      row[0] = BEGIN;
      System.arraycopy(text, at, row, 1, n);
      row[n + 1] = END;
      gramsTotal += (n + 1) * weights[r];
      for (int i = 0; i < n + 2; i++) {
        for (int k = 1; k <= Math.min(ORDER, i + 1); k++) {
          grams.add(key(row, i + 1 - k, k), weights[r]);
        }
      }
    }
  }

  /** log p(piece | the pieces before it); text[from, at) are those that count, at most ORDER - 1 of them. */
  private double gram(char[] text, int at) {
    double backoff = 0;
    for (int k = Math.min(at, ORDER - 1); k >= 1; k--) {
      float count = grams.get(key(text, at - k, k + 1));
      if (count > .3) {
        return backoff + Math.log(count / Math.max(grams.get(key(text, at - k, k)), count));
      }
      backoff -= .92; // log .4
    }
    return backoff + Math.log((grams.get(key(text, at, 1)) + .1) / gramsTotal);
  }

  /** Finds the phrases that `mono` needs in the aligned pairs: those no link of which leads out (Och and Ney, 2004). */
  private void readPairs() throws IOException {
    for (int r = 0, at = 0; r < monoLengths.length; at += monoLengths[r++]) {
      for (int i = 0; i < monoLengths[r]; i++) {
        for (int k = 1; k <= Math.min(LONGEST_ENGLISH, monoLengths[r] - i); k++) {
          phrases.add(key(mono, at + i, k));
        }
      }
    }
    char[] fr = chars("fr.u16"), en = chars("en.u16"), links = chars("links.i16");
    int[] rows = ints("rows.i32");
    float[] weights = floats("weights.f32");
    Sums frenchTotal = new Sums(27);
    int count = 0;
    int[] phrase = new int[1 << 20], start = new int[1 << 20];
    byte[] length = new byte[1 << 20];
    float[] weight = new float[1 << 20];
    int[] low = new int[256], high = new int[256], first = new int[256], last = new int[256];
    for (int r = 0, f = 0, e = 0, l = 0; r < weights.length; f += rows[3 * r], e += rows[3 * r + 1], l += rows[3 * r + 2], r++) {
      int n = rows[3 * r], m = rows[3 * r + 1];
      Arrays.fill(low, 0, m, 999);
      Arrays.fill(high, 0, m, -1);
      Arrays.fill(first, 0, n, 999);
      Arrays.fill(last, 0, n, -1);
      for (int k = l; k < l + rows[3 * r + 2]; k++) {
        int s = links[2 * k], t = links[2 * k + 1];
        if (s < n && t < m) {
          low[t] = Math.min(low[t], s);
          high[t] = Math.max(high[t], s);
          first[s] = Math.min(first[s], t);
          last[s] = Math.max(last[s], t);
          together.add(mixed((long) en[e + t] << 16 | fr[f + s]), weights[r]);
          english[en[e + t]] += weights[r];
          french[fr[f + s]] += weights[r];
        }
      }
      for (int j = 0; j < m; j++) {
        int a = 999, b = -1;
        for (int end = j + 1; end <= Math.min(m, j + LONGEST_ENGLISH); end++) {
          a = Math.min(a, low[end - 1]);
          b = Math.max(b, high[end - 1]);
          if (b < 0 || b - a >= LONGEST_FRENCH) {
            continue;
          }
          boolean closed = true;
          for (int s = a; s <= b; s++) {
            closed &= last[s] < 0 || first[s] >= j && last[s] < end;
          }
          if (!closed) {
            continue;
          }
          int number = phrases.find(key(en, e + j, end - j));
          for (int x = a; x >= 0 && b - x < LONGEST_FRENCH && (x == a || last[x] < 0); x--) {
            for (int y = b; y < n && y - x < LONGEST_FRENCH && (y == b || last[y] < 0); y++) {
              frenchTotal.add(key(fr, f + x, y - x + 1), weights[r]);
              if (number >= 0) {
                if (count == phrase.length) {
                  phrase = Arrays.copyOf(phrase, 2 * count);
                  start = Arrays.copyOf(start, 2 * count);
                  length = Arrays.copyOf(length, 2 * count);
                  weight = Arrays.copyOf(weight, 2 * count);
                }
                phrase[count] = number;
                start[count] = f + x;
                length[count] = (byte) (y - x + 1);
                weight[count++] = weights[r];
              }
            }
          }
        }
      }
    }
    int[] at = new int[phrases.size + 1];
    for (int i = 0; i < count; i++) {
      at[phrase[i] + 1]++;
    }
    Arrays.parallelPrefix(at, Integer::sum);
    int[] order = new int[count], next = Arrays.copyOf(at, at.length);
    for (int i = 0; i < count; i++) {
      order[next[phrase[i]]++] = i;
    }
    seen = new Seen[phrases.size][];
    phraseOptions = new AtomicReferenceArray<>(phrases.size);
    for (int p = 0; p < phrases.size; p++) {
      seen[p] = translations(fr, order, at[p], at[p + 1], start, length, weight, frenchTotal);
    }
    System.err.printf("%d pairs of phrases, %d English ones in the text%n", count, phrases.size);
  }

  private static Seen[] translations(
      char[] fr, int[] order, int from, int to, int[] start, byte[] length, float[] weight, Sums frenchTotal) {
    long[][] keyed = new long[to - from][];
    double total = 0;
    for (int i = from; i < to; i++) {
      keyed[i - from] = new long[] {key(fr, start[order[i]], length[order[i]]), order[i]};
      total += weight[order[i]];
    }
    Arrays.sort(keyed, Comparator.comparingLong(one -> one[0]));
    List<Seen> found = new ArrayList<>();
    for (int i = 0; i < keyed.length; ) {
      int record = (int) keyed[i][1];
      long key = keyed[i][0];
      double sum = 0;
      for (; i < keyed.length && keyed[i][0] == key; i++) {
        sum += weight[(int) keyed[i][1]];
      }
      double discounted = Math.max(.05, sum - .4);
      char[] text = Arrays.copyOfRange(fr, start[record], start[record] + length[record]);
      found.add(new Seen(text, Math.log(discounted / (total + .3)), Math.log(discounted / (frenchTotal.get(key) + .3))));
    }
    found.sort(Comparator.comparingDouble(one -> -one.givenEnglish - .5 * one.givenFrench));
    return found.stream().limit(20).toArray(Seen[]::new);
  }

  /** log of the mean probability of `piece` under each of `others`, in the direction asked for. */
  private double lexical(char piece, char[] others, int from, int to, boolean frenchPiece) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      char e = frenchPiece ? others[i] : piece, f = frenchPiece ? piece : others[i];
      sum += (together.get(mixed((long) e << 16 | f)) + 1e-4) / ((frenchPiece ? english[e] : french[f]) + 1);
    }
    return Math.log(sum / (to - from));
  }

  private Option option(char[] text, double score) {
    double alone = 0;
    for (int i = 0; i < text.length; i++) {
      alone += gram(text, i);
    }
    return new Option(text, score + LENGTH * text.length + PHRASE, alone);
  }

  private boolean beginsWord(char piece) {
    return pieces.get(piece).startsWith("\u2581") && pieces.get(piece).length() > 1;
  }

  /** Marks words that are copied as a whole: [i] is the length of the one that begins at i, -1 within it, else 0. */
  private int[] copied(char[] text) {
    int[] copied = new int[text.length];
    for (int i = 0, next; i < text.length; i = next) {
      next = i + 1;
      while (next < text.length && !beginsWord(text[next])) {
        next++;
      }
      int end = next;
      while (end > i + 1 && pieces.get(text[end - 1]).chars().noneMatch(Character::isLetterOrDigit)) {
        end--;
      }
      String start = pieces.get(text[i]);
      boolean name = start.length() > 1 && Character.isUpperCase(start.charAt(1));
      for (int k = i; k < end; k++) {
        name |= pieces.get(text[k]).chars().anyMatch(Character::isDigit);
      }
      int length = end - i;
      if (name && length >= 2 && length <= LONGEST_ENGLISH && translationsOf(text, i, length).length == 0) {
        Arrays.fill(copied, i, end, -1);
        copied[i] = length;
      }
    }
    return copied;
  }

  private Seen[] translationsOf(char[] text, int from, int length) {
    int number = phrases.find(key(text, from, length));
    return number < 0 ? new Seen[0] : seen[number];
  }

  private List<Option> options(char[] text, int from, int length, int[] copied) {
    if (copied[from] != 0) {
      return copied[from] == length ? List.of(option(Arrays.copyOfRange(text, from, from + length), 0)) : List.of();
    }
    for (int i = from; i < from + length; i++) {
      if (copied[i] != 0) {
        return List.of();
      }
    }
    int number = phrases.find(key(text, from, length));
    List<Option> known = phraseOptions.get(number);
    if (known == null) { // two threads may both make it: they make the same
      known = List.copyOf(optionsOf(text, from, length));
      phraseOptions.set(number, known);
    }
    return known;
  }

  private List<Option> optionsOf(char[] text, int from, int length) {
    List<Option> found = new ArrayList<>();
    boolean copy = length == 1;
    for (Seen one : translationsOf(text, from, length)) {
      double score = GIVEN_ENGLISH * one.givenEnglish + GIVEN_FRENCH * one.givenFrench;
      for (char f : one.french) {
        score += LEX_GIVEN_ENGLISH * lexical(f, text, from, from + length, true);
      }
      for (int i = from; i < from + length; i++) {
        score += LEX_GIVEN_FRENCH * lexical(text[i], one.french, 0, one.french.length, false);
      }
      found.add(option(one.french, score));
      copy &= one.french.length > 1 || one.french[0] != text[from];
    }
    if (copy) {
      found.add(option(new char[] {text[from]}, found.isEmpty() ? 0 : -3));
    }
    found.sort(Comparator.comparingDouble(one -> -one.estimate()));
    return found.size() > OPTIONS ? found.subList(0, OPTIONS) : found;
  }

  /** The best French found for English pieces; at most 128 of them. */
  private char[] translate(char[] text) {
    int n = text.length;
    int[] copied = copied(text);
    List<List<List<Option>>> options = new ArrayList<>();
    double[][] rest = new double[n + 1][n + 1];
    for (int i = 0; i < n; i++) {
      options.add(new ArrayList<>());
      Arrays.fill(rest[i], -1e9);
      for (int k = 1; k <= Math.min(LONGEST_ENGLISH, n - i); k++) {
        List<Option> found = options(text, i, k, copied);
        options.get(i).add(found);
        rest[i][i + k] = found.isEmpty() ? -1e9 : found.get(0).estimate();
      }
    }
    for (int k = 2; k <= n; k++) {
      for (int i = 0; i + k <= n; i++) {
        for (int cut = i + 1; cut < i + k; cut++) {
          rest[i][i + k] = Math.max(rest[i][i + k], rest[i][cut] + rest[cut][i + k]);
        }
      }
    }
    List<List<Hypothesis>> stacks = new ArrayList<>();
    for (int i = 0; i <= n; i++) {
      stacks.add(new ArrayList<>());
    }
    stacks.get(0).add(new Hypothesis(0, 0, new char[] {BEGIN}, 0, 0, 0, null, null));
    for (int done = 0; done < n; done++) {
      for (Hypothesis hypothesis : best(stacks.get(done))) {
        int open = 0;
        while (hypothesis.covers(open)) {
          open++;
        }
        for (int from = open; from < n && from <= open + WINDOW; from++) {
          for (int k = 1; k <= Math.min(LONGEST_ENGLISH, n - from) && !hypothesis.covers(from + k - 1); k++) {
            extend(hypothesis, from, k, options.get(from).get(k - 1), rest, stacks.get(done + k), done + k == n);
          }
        }
      }
    }
    if (stacks.get(n).isEmpty()) {
      throw new IllegalStateException("no translation covers a sentence of " + n + " pieces");
    }
    Hypothesis end = Collections.max(stacks.get(n), Comparator.comparingDouble(Hypothesis::total));
    StringBuilder french = new StringBuilder();
    for (; end.option != null; end = end.before) {
      french.insert(0, end.option.french);
    }
    return french.toString().toCharArray();
  }

  /** The first BEAM by score; of those with the same future, one. */
  private static List<Hypothesis> best(List<Hypothesis> stack) {
    stack.sort(Comparator.comparingDouble(one -> -one.total));
    Set<Long> futures = new HashSet<>();
    List<Hypothesis> kept = new ArrayList<>();
    for (Hypothesis one : stack) {
      long future = mixed(one.low) ^ mixed(one.high * 3 + one.end) ^ key(one.context, 0, one.context.length);
      if (futures.add(future)) {
        kept.add(one);
        if (kept.size() == BEAM) {
          break;
        }
      }
    }
    return kept;
  }

  private void extend(
      Hypothesis from, int start, int length, List<Option> options, double[][] rest, List<Hypothesis> stack, boolean last) {
    if (options.isEmpty()) {
      return;
    }
    int n = rest.length - 1;
    long low = from.low, high = from.high;
    for (int i = start; i < start + length; i++) {
      if (i < 64) {
        low |= 1L << i;
      } else {
        high |= 1L << i - 64;
      }
    }
    double estimate = 0;
    for (int i = 0, end; i < n; i = end) {
      end = i;
      while (end < n && ((end < 64 ? low : high) >>> (end & 63) & 1) == 0) {
        end++;
      }
      estimate += end > i ? rest[i][end] : 0;
      end = Math.max(end, i + 1);
    }
    double worst = Double.NEGATIVE_INFINITY;
    if (stack.size() >= 3 * BEAM) { // a beam twice as wide as will be kept: some of these have the same future
      double[] totals = stack.stream().mapToDouble(Hypothesis::total).sorted().toArray();
      double limit = totals[totals.length - 2 * BEAM];
      stack.removeIf(one -> one.total < limit);
      worst = limit;
    }
    double jump = JUMP * Math.min(8, Math.abs(start - from.end));
    for (Option option : options) {
      int known = from.context.length, more = option.french.length;
      char[] text = Arrays.copyOf(from.context, known + more + 1);
      System.arraycopy(option.french, 0, text, known, more);
      text[known + more] = END;
      double score = from.score + option.score + jump; // the language model only takes from it
      for (int i = known; i < known + more + (last ? 1 : 0) && score + estimate > worst; i++) {
        score += LM * gram(text, i);
      }
      if (score + estimate > worst) {
        char[] context = Arrays.copyOfRange(text, Math.max(0, known + more - ORDER + 1), known + more);
        stack.add(new Hypothesis(low, high, context, start + length, score, score + estimate, from, option));
      }
    }
  }

  private void run() throws IOException {
    readFrench();
    readPairs();
    int[] at = new int[monoLengths.length + 1];
    for (int i = 0; i < monoLengths.length; i++) {
      at[i + 1] = at[i] + monoLengths[i];
    }
    AtomicInteger done = new AtomicInteger();
    String[] lines = new String[monoLengths.length];
    IntStream.range(0, lines.length).parallel().forEach(i -> {
      StringBuilder line = new StringBuilder();
      for (int start = at[i]; start < at[i + 1]; start += LONGEST_SENTENCE) {
        for (char piece : translate(Arrays.copyOfRange(mono, start, Math.min(at[i + 1], start + LONGEST_SENTENCE)))) {
          line.append((int) piece).append(' ');
        }
      }
      lines[i] = line.toString();
      if (done.incrementAndGet() % 10000 == 0) {
        System.err.printf("%d of %d sentences%n", done.get(), lines.length);
      }
    });
    try (BufferedWriter writer = Files.newBufferedWriter(directory.resolve("back.txt"))) {
      for (String line : lines) {
        writer.write(line.strip() + "\n");
      }
    }
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: java -Xmx9g BackTranslate.java DIR");
      System.exit(2);
    }
    new BackTranslate(Path.of(arguments[0])).run();
  }
}
