package dev.verso.wordalign;

import dev.verso.language.WordTokenizer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Word translation probabilities in both directions, p(target | source) and p(source | target),
 * with the words' relative frequencies.
 *
 * <p>Words are keys of {@link WordTokenizer#normalize}. Entries lie sorted by source word; {@link
 * #firstEntry} and {@link #lastEntry} bound a source word's run of them, most probable first. About
 * 20 bytes an entry in memory and 3 in the file; probabilities are kept to 2.5 %.
 *
 * <p>Immutable and thread-safe.
 */
public final class Lexicon {
  private static final int MAGIC = 0x564C5831; // VLX1
  private static final double STEPS = 20;

  private final String[] sourceWords;
  private final String[] targetWords;
  private final float[] sourceFrequency;
  private final float[] targetFrequency;
  private final int[] rowStart;
  private final int[] entryTarget;
  private final float[] forward;
  private final float[] backward;
  private final Map<String, Integer> sourceIds;
  private final Map<String, Integer> targetIds;

  /**
   * One word pair.
   *
   * @param source the source word
   * @param target the target word
   * @param forward p(target | source)
   * @param backward p(source | target)
   */
  public record Entry(String source, String target, double forward, double backward) {

    /**
     * @throws IllegalArgumentException if a probability is outside [0, 1]
     */
    public Entry {
      if (!(forward >= 0 && forward <= 1 && backward >= 0 && backward <= 1)) {
        throw new IllegalArgumentException("not probabilities: " + forward + ", " + backward);
      }
    }
  }

  private Lexicon(
      String[] sourceWords,
      String[] targetWords,
      float[] sourceFrequency,
      float[] targetFrequency,
      int[] rowStart,
      int[] entryTarget,
      float[] forward,
      float[] backward) {
    this.sourceWords = sourceWords;
    this.targetWords = targetWords;
    this.sourceFrequency = sourceFrequency;
    this.targetFrequency = targetFrequency;
    this.rowStart = rowStart;
    this.entryTarget = entryTarget;
    this.forward = forward;
    this.backward = backward;
    this.sourceIds = index(sourceWords);
    this.targetIds = index(targetWords);
  }

  private static Map<String, Integer> index(String[] words) {
    Map<String, Integer> ids = new HashMap<>(words.length * 2);
    for (int i = 0; i < words.length; i++) {
      ids.put(words[i], i);
    }
    return ids;
  }

  /**
   * The lexicon of these entries.
   *
   * @param entries word pairs, each pair once
   * @param sourceFrequencies relative frequency of each source word
   * @param targetFrequencies relative frequency of each target word
   */
  public static Lexicon of(
      List<Entry> entries,
      Map<String, Double> sourceFrequencies,
      Map<String, Double> targetFrequencies) {
    String[] sources =
        entries.stream().map(Entry::source).distinct().sorted().toArray(String[]::new);
    String[] targets =
        entries.stream().map(Entry::target).distinct().sorted().toArray(String[]::new);
    Map<String, Integer> targetIds = index(targets);
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(
        Comparator.comparing(Entry::source)
            .thenComparing(Comparator.comparingDouble(Entry::forward).reversed())
            .thenComparing(Entry::target));
    int[] rowStart = new int[sources.length + 1];
    int[] entryTarget = new int[sorted.size()];
    float[] forward = new float[sorted.size()];
    float[] backward = new float[sorted.size()];
    int row = 0;
    for (int k = 0; k < sorted.size(); k++) {
      Entry entry = sorted.get(k);
      while (!sources[row].equals(entry.source())) {
        rowStart[++row] = k;
      }
      entryTarget[k] = targetIds.get(entry.target());
      forward[k] = (float) entry.forward();
      backward[k] = (float) entry.backward();
    }
    Arrays.fill(rowStart, row + 1, rowStart.length, sorted.size());
    return new Lexicon(
        sources,
        targets,
        frequencies(sources, sourceFrequencies),
        frequencies(targets, targetFrequencies),
        rowStart,
        entryTarget,
        forward,
        backward);
  }

  private static float[] frequencies(String[] words, Map<String, Double> known) {
    float[] frequencies = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      frequencies[i] = known.getOrDefault(words[i], 1e-7).floatValue();
    }
    return frequencies;
  }

  /**
   * The French–English lexicon that comes with Verso; read once, shared.
   *
   * @throws java.io.UncheckedIOException if the resource cannot be read
   */
  public static Lexicon shipped() {
    return AlignmentModel.shipped().lexicon;
  }

  /** Number of word pairs. */
  public int size() {
    return entryTarget.length;
  }

  /** The source words in alphabetical order; ids index this list. */
  public List<String> sourceWords() {
    return List.of(sourceWords);
  }

  /** The target words in alphabetical order; ids index this list. */
  public List<String> targetWords() {
    return List.of(targetWords);
  }

  /** The id of a source word's key, or -1. */
  public int sourceId(String key) {
    return sourceIds.getOrDefault(key, -1);
  }

  /** The id of a target word's key, or -1. */
  public int targetId(String key) {
    return targetIds.getOrDefault(key, -1);
  }

  /** The source word with this id. */
  public String sourceWord(int source) {
    return sourceWords[source];
  }

  /** The target word with this id. */
  public String targetWord(int target) {
    return targetWords[target];
  }

  /** Relative frequency of a source word in the text the lexicon was learned from. */
  public double sourceFrequency(int source) {
    return sourceFrequency[source];
  }

  /** Relative frequency of a target word in the text the lexicon was learned from. */
  public double targetFrequency(int target) {
    return targetFrequency[target];
  }

  /** The first entry of a source word. */
  public int firstEntry(int source) {
    return rowStart[source];
  }

  /** The entry after the last of a source word. */
  public int lastEntry(int source) {
    return rowStart[source + 1];
  }

  /** The target word of an entry. */
  public int target(int entry) {
    return entryTarget[entry];
  }

  /** p(target | source) of an entry. */
  public double forward(int entry) {
    return forward[entry];
  }

  /** p(source | target) of an entry. */
  public double backward(int entry) {
    return backward[entry];
  }

  /**
   * The entry of a word pair, or -1. O(n) in the source word's entries.
   *
   * @param source id of the source word, -1 for an unknown word
   * @param target id of the target word, -1 for an unknown word
   */
  public int entry(int source, int target) {
    if (source >= 0 && target >= 0) {
      for (int k = rowStart[source]; k < rowStart[source + 1]; k++) {
        if (entryTarget[k] == target) {
          return k;
        }
      }
    }
    return -1;
  }

  /** Writes the lexicon in its packed form; {@link #read} reads it. Does not close the stream. */
  public void write(OutputStream stream) throws IOException {
    GZIPOutputStream zip = new GZIPOutputStream(stream, 1 << 16);
    DataOutputStream out = new DataOutputStream(zip);
    out.writeInt(MAGIC);
    writeWords(out, sourceWords, sourceFrequency);
    writeWords(out, targetWords, targetFrequency);
    for (int s = 0; s < sourceWords.length; s++) {
      writeNumber(out, rowStart[s + 1] - rowStart[s]);
    }
    // Column by column: like stands beside like, which packs better.
    for (int target : entryTarget) {
      writeNumber(out, target);
    }
    for (float p : forward) {
      out.writeByte(quantize(p));
    }
    for (float p : backward) {
      out.writeByte(quantize(p));
    }
    out.flush();
    zip.finish();
  }

  /**
   * Reads what {@link #write} wrote, and the stream to its end. Does not close it.
   *
   * @throws IOException if the stream holds no lexicon or ends too early
   */
  public static Lexicon read(InputStream stream) throws IOException {
    // All of it at once: a stream's bytes, one by one, take twice as long at a program's start.
    ByteBuffer in = ByteBuffer.wrap(new GZIPInputStream(stream, 1 << 16).readAllBytes());
    try {
      return read(in);
    } catch (BufferUnderflowException e) {
      throw new IOException("a damaged lexicon: it ends too early", e);
    }
  }

  private static Lexicon read(ByteBuffer in) throws IOException {
    if (in.getInt() != MAGIC) {
      throw new IOException("not a Verso lexicon");
    }
    String[] sources = readWords(in);
    float[] sourceFrequency = readFrequencies(in, sources.length);
    String[] targets = readWords(in);
    float[] targetFrequency = readFrequencies(in, targets.length);
    int[] rowStart = new int[sources.length + 1];
    for (int s = 0; s < sources.length; s++) {
      int count = readNumber(in);
      rowStart[s + 1] = rowStart[s] + atMost(in.remaining() - rowStart[s], count);
    }
    int size = atMost(in.remaining(), rowStart[sources.length]);
    int[] entryTarget = new int[size];
    for (int k = 0; k < size; k++) {
      entryTarget[k] = readNumber(in);
      if (entryTarget[k] >= targets.length) {
        throw new IOException("a damaged lexicon: no target word " + entryTarget[k]);
      }
    }
    return new Lexicon(
        sources,
        targets,
        sourceFrequency,
        targetFrequency,
        rowStart,
        entryTarget,
        readProbabilities(in, size),
        readProbabilities(in, size));
  }

  /** A count of what takes at least a byte each, so that a damaged one takes no memory. */
  private static int atMost(int bytes, int count) throws IOException {
    if (count > bytes) {
      throw new IOException("a damaged lexicon: it ends too early");
    }
    return count;
  }

  private static float[] readProbabilities(ByteBuffer in, int size) {
    float[] probabilities = new float[256];
    for (int step = 0; step < 255; step++) {
      probabilities[step] = (float) Math.exp(-step / STEPS);
    }
    float[] read = new float[size];
    for (int k = 0; k < size; k++) {
      read[k] = probabilities[Byte.toUnsignedInt(in.get())];
    }
    return read;
  }

  private static int quantize(double p) {
    return p <= 0 ? 255 : (int) Math.min(254, Math.round(-Math.log(p) * STEPS));
  }

  private static void writeWords(DataOutputStream out, String[] words, float[] frequency)
      throws IOException {
    writeNumber(out, words.length);
    String before = "";
    for (String word : words) {
      int shared = 0;
      while (shared < before.length()
          && shared < word.length()
          && before.charAt(shared) == word.charAt(shared)) {
        shared++;
      }
      if (shared > 0 && Character.isHighSurrogate(word.charAt(shared - 1))) {
        shared--; // half a character has no UTF-8
      }
      byte[] rest = word.substring(shared).getBytes(StandardCharsets.UTF_8);
      writeNumber(out, shared);
      writeNumber(out, rest.length);
      out.write(rest);
      before = word;
    }
    for (float f : frequency) {
      out.writeByte(Math.min(255, (int) Math.round(-Math.log(Math.max(f, 1e-12)) * 8)));
    }
  }

  private static String[] readWords(ByteBuffer in) throws IOException {
    String[] words = new String[atMost(in.remaining(), readNumber(in))];
    String before = "";
    for (int i = 0; i < words.length; i++) {
      int shared = readNumber(in);
      if (shared > before.length()) {
        throw new IOException("a damaged lexicon: word " + i);
      }
      byte[] rest = new byte[atMost(in.remaining(), readNumber(in))];
      in.get(rest);
      before = before.substring(0, shared) + new String(rest, StandardCharsets.UTF_8);
      words[i] = before;
    }
    return words;
  }

  private static float[] readFrequencies(ByteBuffer in, int count) {
    float[] frequencies = new float[count];
    for (int i = 0; i < count; i++) {
      frequencies[i] = (float) Math.exp(-Byte.toUnsignedInt(in.get()) / 8.0);
    }
    return frequencies;
  }

  private static void writeNumber(DataOutputStream out, int number) throws IOException {
    int rest = number;
    while (rest >= 0x80) {
      out.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  private static int readNumber(ByteBuffer in) throws IOException {
    int number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = Byte.toUnsignedInt(in.get());
      number |= (b & 0x7F) << shift;
      if (b < 0x80) {
        if (number < 0) {
          break;
        }
        return number;
      }
    }
    throw new IOException("a damaged lexicon: not a number");
  }
}
