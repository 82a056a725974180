package dev.verso.model;

import ai.djl.ndarray.NDArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The layout that Optimum exports and transformers.js reads, and in which real opus-mt models are
 * published: an encoder and a decoder whose two branches (without and with cache) share one file.
 * It is read for compatibility: logits and caches pass through Java, so it is slower than the fast
 * layout.
 *
 * <p>Where the decoder returns cross-attentions (stock exports don't), word links are read from the
 * middle layer, averaged over its heads, one step later (Chen et al. 2020).
 */
final class MergedNetwork implements Network {

  private static final List<String> SUFFIXES = List.of("", "_fp32", "_quantized", "_int8");

  private final Manifest manifest;
  private final Graph encoder;
  private final Graph decoder;
  private final boolean attends;

  private MergedNetwork(Manifest manifest, Graph encoder, Graph decoder, boolean attends) {
    this.manifest = manifest;
    this.encoder = encoder;
    this.decoder = decoder;
    this.attends = attends;
  }

  static MergedNetwork load(Path directory, Manifest manifest) {
    Graph encoder = Graph.load(find(directory, manifest.files().get("encoder"), "encoder_model"));
    try {
      Graph decoder =
          Graph.load(find(directory, manifest.files().get("decoder"), "decoder_model_merged"));
      try {
        MergedNetwork network = new MergedNetwork(manifest, encoder, decoder, false);
        return new MergedNetwork(manifest, encoder, decoder, network.probe());
      } catch (RuntimeException e) {
        decoder.close();
        throw e;
      }
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /** The graph's file: as named, or under one of the names that exporters give it. */
  private static Path find(Path directory, String named, String usual) {
    if (named != null) {
      return directory.resolve(named);
    }
    for (String suffix : SUFFIXES) {
      for (String folder : List.of("", "onnx")) {
        Path file = directory.resolve(folder).resolve(usual + suffix + ".onnx");
        if (Files.isRegularFile(file)) {
          return file;
        }
      }
    }
    throw new ModelException(
        usual
            + ".onnx is missing from "
            + directory
            + " and its folder onnx: fetch the whole model");
  }

  /** Whether the decoder returns cross-attentions; only a run shows it. */
  private boolean probe() {
    try (State state = (State) encode(List.of(List.of()))) {
      return state.run(null, new int[] {0}, new long[] {tokens().start()}, 1).attention != null;
    }
  }

  @Override
  public int vocabularySize() {
    return manifest.architecture().vocabularySize();
  }

  @Override
  public Manifest.Tokens tokens() {
    return manifest.tokens();
  }

  @Override
  public int maxPositions() {
    return manifest.architecture().maxPositions();
  }

  @Override
  public boolean attends() {
    return attends;
  }

  @Override
  public int attentionShift() {
    return manifest.attentionShift();
  }

  @Override
  public DecodingState encode(List<List<Integer>> sources) {
    SourceBatch batch = SourceBatch.of(sources, this);
    try (Graph.Scope scope = encoder.scope()) {
      NDArray hidden = encoder.run(batch.inputs(scope, "attention_mask")).get("last_hidden_state");
      return new State(batch, hidden.toFloatArray());
    }
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
  }

  private static final class DecoderOutput {
    float[] logits; // [rows, length, vocabulary]
    float[] attention; // [rows, length, source length]
    final Map<String, float[]> decoderCache = new TreeMap<>(); // [rows, heads, past, d]
    final Map<String, float[]> encoderCache = new TreeMap<>(); // [rows, heads, source length, d]
  }

  private final class State implements DecodingState {
    private final SourceBatch batch;
    private final float[] hidden; // [sources, source length, d_model]
    private Map<String, float[]> encoderCache; // of all sources, from the first step
    private Map<String, float[]> past;
    private int pastRows;
    private int pastLength;
    private int[] layoutOfRows = {}; // the source of each row of the tensors below
    private Graph.Scope rowTensors;

    State(SourceBatch batch, float[] hidden) {
      this.batch = batch;
      this.hidden = hidden;
    }

    @Override
    public int sources() {
      return batch.count();
    }

    @Override
    public int sourceLength() {
      return batch.length();
    }

    @Override
    public Candidates step(
        int[] sentences, int[] parents, int[] tokens, int width, int[][] wanted) {
      int rows = tokens.length;
      int beams = rows / sentences.length;
      int[] sourceOfRow = IntStream.range(0, rows).map(row -> sentences[row / beams]).toArray();
      DecoderOutput output;
      int[] rowOfOutput;
      if (past == null) {
        // All rows of a source are still the same: one for each source is enough, and later steps
        // need its encoder cache.
        int[] all = IntStream.range(0, batch.count()).toArray();
        long[] start = new long[all.length];
        Arrays.fill(start, tokens[0]);
        output = run(null, all, start, 1);
        encoderCache = output.encoderCache;
        past = gather(output.decoderCache, batch.count(), sourceOfRow);
        pastRows = rows;
        rowOfOutput = sourceOfRow;
      } else {
        Map<String, float[]> continued = gather(past, pastRows, parents);
        output = run(continued, sourceOfRow, widen(tokens), 1);
        past = output.decoderCache;
        pastRows = rows;
        rowOfOutput = IntStream.range(0, rows).toArray();
      }
      pastLength++;
      return candidates(output, rowOfOutput, width, wanted);
    }

    private Candidates candidates(
        DecoderOutput output, int[] rowOfOutput, int width, int[][] wanted) {
      int rows = rowOfOutput.length;
      int vocabulary = vocabularySize();
      int wantedWidth = wanted.length == 0 ? 0 : wanted[0].length;
      long[] ids = new long[rows * width];
      float[] best = new float[rows * width];
      float[] asked = new float[rows * wantedWidth];
      float[] attention = output.attention == null ? null : new float[rows * batch.length()];
      for (int row = 0; row < rows; row++) {
        int from = rowOfOutput[row] * vocabulary;
        output.logits[from + tokens().pad()] = Float.NEGATIVE_INFINITY;
        double norm = logSumExp(output.logits, from, vocabulary);
        int[] top = top(output.logits, from, vocabulary, width);
        for (int i = 0; i < width; i++) {
          ids[row * width + i] = top[i];
          best[row * width + i] = (float) Math.min(0, output.logits[from + top[i]] - norm);
        }
        for (int i = 0; i < wantedWidth; i++) {
          asked[row * wantedWidth + i] =
              (float) Math.min(0, output.logits[from + wanted[row][i]] - norm);
        }
        if (attention != null) {
          System.arraycopy(
              output.attention,
              rowOfOutput[row] * batch.length(),
              attention,
              row * batch.length(),
              batch.length());
        }
      }
      return new Candidates(rows, width, wantedWidth, batch.length(), ids, best, asked, attention);
    }

    @Override
    public List<Forced> force(int[] sentences, List<List<Integer>> targets) {
      int length = 1 + targets.stream().mapToInt(List::size).max().orElse(0);
      long[] input = new long[targets.size() * length];
      for (int row = 0; row < targets.size(); row++) {
        List<Integer> target = targets.get(row);
        for (int t = 0; t < length; t++) {
          input[row * length + t] =
              t == 0 ? tokens().start() : t <= target.size() ? target.get(t - 1) : 0;
        }
      }
      DecoderOutput output = run(null, sentences, input, length);
      int vocabulary = vocabularySize();
      List<Forced> forced = new ArrayList<>();
      for (int row = 0; row < targets.size(); row++) {
        List<Integer> target = targets.get(row);
        int own = target.size() + 1;
        int sourceLength = batch.length(sentences[row]);
        double[] scores = new double[own];
        float[][] seen = output.attention == null ? null : new float[own][sourceLength];
        for (int t = 0; t < own; t++) {
          int from = (row * length + t) * vocabulary;
          output.logits[from + tokens().pad()] = Float.NEGATIVE_INFINITY;
          int id = t < target.size() ? target.get(t) : tokens().eos();
          scores[t] =
              Math.min(0, output.logits[from + id] - logSumExp(output.logits, from, vocabulary));
          if (seen != null) {
            System.arraycopy(
                output.attention, (row * length + t) * batch.length(), seen[t], 0, sourceLength);
          }
        }
        forced.add(new Forced(scores, seen));
      }
      return forced;
    }

    /** One call of the decoder; without a cache it reads {@code length} pieces of each row. */
    private DecoderOutput run(
        Map<String, float[]> cache, int[] sourceOfRow, long[] input, int length) {
      int rows = sourceOfRow.length;
      Manifest.Architecture sizes = manifest.architecture();
      int heads = sizes.heads();
      int d = sizes.d_model() / heads;
      try (Graph.Scope scope = decoder.scope()) {
        List<NDArray> given = new ArrayList<>();
        given.add(scope.longs("input_ids", input, rows, length));
        given.add(scope.flag("use_cache_branch", cache != null));
        for (String name : cacheInputs()) {
          if (name.contains(".encoder.") && cache != null) {
            continue; // among the row tensors
          }
          float[] values = cache == null ? new float[0] : cache.get(name);
          given.add(scope.floats(name, values, rows, heads, cache == null ? 0 : pastLength, d));
        }
        given.addAll(rowTensors(sourceOfRow, cache != null));
        return read(decoder.run(given), cache != null);
      }
    }

    private Set<String> cacheInputs() {
      Set<String> names = new java.util.TreeSet<>(decoder.inputs());
      names.removeIf(name -> !name.startsWith("past_key_values."));
      return names;
    }

    /** Tensors that depend only on the sources, one row each, kept while the rows stay the same. */
    private List<NDArray> rowTensors(int[] sourceOfRow, boolean cached) {
      int rows = sourceOfRow.length;
      if (rowTensors != null && Arrays.equals(layoutOfRows, sourceOfRow) && cached) {
        return rowTensors.all();
      }
      closeRowTensors();
      rowTensors = decoder.scope();
      layoutOfRows = cached ? sourceOfRow.clone() : new int[] {};
      int sourceLength = batch.length();
      long[] mask = new long[rows * sourceLength];
      long[] all = batch.mask();
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            all, sourceOfRow[row] * sourceLength, mask, row * sourceLength, sourceLength);
      }
      rowTensors.longs("encoder_attention_mask", mask, rows, sourceLength);
      int width = manifest.architecture().d_model();
      rowTensors.floats(
          "encoder_hidden_states",
          gather(hidden, batch.count(), sourceOfRow),
          rows,
          sourceLength,
          width);
      if (cached) {
        int heads = manifest.architecture().heads();
        encoderCache.forEach(
            (name, values) ->
                rowTensors.floats(
                    name,
                    gather(values, batch.count(), sourceOfRow),
                    rows,
                    heads,
                    sourceLength,
                    width / heads));
      }
      return rowTensors.all();
    }

    private DecoderOutput read(Map<String, NDArray> out, boolean cached) {
      DecoderOutput output = new DecoderOutput();
      output.logits = out.get("logits").toFloatArray();
      List<String> attentions =
          out.keySet().stream()
              .filter(name -> name.startsWith("cross_attentions."))
              .sorted(Comparator.comparingInt(name -> Integer.parseInt(name.substring(17))))
              .toList();
      if (!attentions.isEmpty()) {
        output.attention = meanOfHeads(out.get(attentions.get(attentions.size() / 2)));
      }
      out.forEach(
          (name, array) -> {
            if (name.startsWith("present.") && name.contains(".decoder.")) {
              output.decoderCache.put(
                  name.replace("present.", "past_key_values."), array.toFloatArray());
            } else if (name.startsWith("present.") && !cached) {
              output.encoderCache.put(
                  name.replace("present.", "past_key_values."), array.toFloatArray());
            }
          });
      return output;
    }

    private void closeRowTensors() {
      if (rowTensors != null) {
        rowTensors.close();
        rowTensors = null;
      }
    }

    @Override
    public void close() {
      closeRowTensors();
    }
  }

  private static Map<String, float[]> gather(
      Map<String, float[]> cache, int rowsOfCache, int[] rows) {
    Map<String, float[]> gathered = new TreeMap<>();
    cache.forEach((name, values) -> gathered.put(name, gather(values, rowsOfCache, rows)));
    return gathered;
  }

  private static float[] gather(float[] values, int rowsOfValues, int[] rows) {
    int width = values.length / rowsOfValues;
    float[] gathered = new float[rows.length * width];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(values, rows[row] * width, gathered, row * width, width);
    }
    return gathered;
  }

  private static float[] meanOfHeads(NDArray attention) {
    long[] shape = attention.getShape().getShape(); // rows, heads, length, source length
    float[] values = attention.toFloatArray();
    int heads = (int) shape[1];
    int plane = (int) (shape[2] * shape[3]);
    float[] mean = new float[(int) shape[0] * plane];
    for (int row = 0; row < shape[0]; row++) {
      for (int head = 0; head < heads; head++) {
        for (int i = 0; i < plane; i++) {
          mean[row * plane + i] += values[(row * heads + head) * plane + i] / heads;
        }
      }
    }
    return mean;
  }

  private static double logSumExp(float[] values, int from, int length) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + length; i++) {
      max = Math.max(max, values[i]);
    }
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += Math.exp(values[i] - max);
    }
    return max + Math.log(sum);
  }

  /** The {@code width} largest, largest first; the lower index first among equal ones. */
  private static int[] top(float[] values, int from, int length, int width) {
    int[] best = new int[width];
    int filled = 0;
    for (int i = 0; i < length; i++) {
      if (filled == width && values[from + i] <= values[from + best[filled - 1]]) {
        continue;
      }
      int at = filled < width ? filled++ : width - 1;
      while (at > 0 && values[from + i] > values[from + best[at - 1]]) {
        best[at] = best[at - 1];
        at--;
      }
      best[at] = i;
    }
    return best;
  }

  private static long[] widen(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}
