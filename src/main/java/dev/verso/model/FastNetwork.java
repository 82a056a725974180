package dev.verso.model;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The layout of our own exports, made for speed: the encoder returns the keys and values of
 * cross-attention, and a step gathers the beams, computes log-probabilities and keeps the best of
 * them inside the graph, so that only candidates reach Java. The same decoder graph reads a whole
 * target at once for forced decoding.
 */
final class FastNetwork implements Network {

  /**
   * The input of the aligner that accompanies the network; exports without one have a guided head
   * instead.
   */
  private static final String ALIGNER = "aligner.key";

  private final Manifest manifest;
  private final Graph encoder;
  private final Graph decoder;

  private FastNetwork(Manifest manifest, Graph encoder, Graph decoder) {
    this.manifest = manifest;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  static FastNetwork load(Path directory, Manifest manifest) {
    Graph encoder = Graph.loadOwn(directory.resolve(manifest.files().get("encoder")));
    try {
      return new FastNetwork(
          manifest, encoder, Graph.loadOwn(directory.resolve(manifest.files().get("decoder"))));
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
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
    return true;
  }

  @Override
  public int attentionShift() {
    return manifest.attentionShift();
  }

  @Override
  public DecodingState encode(List<List<Integer>> sources) {
    SourceBatch batch = SourceBatch.of(sources, this);
    Graph.Scope kept = decoder.scope();
    try (Graph.Scope scope = encoder.scope()) {
      Map<String, NDArray> out = encoder.run(batch.inputs(scope, "attention_mask"));
      for (int layer = 0; layer < manifest.architecture().decoderLayers(); layer++) {
        for (String part : List.of("key", "value")) {
          String name = "cross." + layer + "." + part;
          kept.keep(name, out.get(name));
        }
      }
      if (out.containsKey(ALIGNER)) {
        kept.keep(ALIGNER, out.get(ALIGNER));
      }
      kept.longs("attention_mask", batch.mask(), batch.count(), batch.length());
      return new State(batch, kept);
    } catch (RuntimeException e) {
      kept.close();
      throw e;
    }
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
  }

  private final class State implements DecodingState {
    private final SourceBatch batch;
    private final Graph.Scope cross;
    private Graph.Scope past;

    State(SourceBatch batch, Graph.Scope cross) {
      this.batch = batch;
      this.cross = cross;
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
      int wantedWidth = wanted.length == 0 ? 0 : wanted[0].length;
      long[] flat = new long[rows * wantedWidth];
      for (int row = 0; row < rows && wantedWidth > 0; row++) {
        for (int i = 0; i < wantedWidth; i++) {
          flat[row * wantedWidth + i] = wanted[row][i];
        }
      }
      Graph.Scope next = decoder.scope();
      try (Graph.Scope scope = decoder.scope()) {
        Map<String, NDArray> out =
            run(scope, past, sentences, parents, widen(tokens), rows, 1, flat, wantedWidth, width);
        keepPresent(out, next);
        Candidates candidates =
            new Candidates(
                rows,
                width,
                wantedWidth,
                batch.length(),
                out.get("topk_ids").toLongArray(),
                out.get("topk_logprob").toFloatArray(),
                wantedWidth == 0 ? new float[0] : out.get("wanted_logprob").toFloatArray(),
                out.get("attention").toFloatArray());
        closePast();
        past = next;
        return candidates;
      } catch (RuntimeException e) {
        next.close();
        throw e;
      }
    }

    @Override
    public List<Forced> force(int[] sentences, List<List<Integer>> targets) {
      int length = 1 + targets.stream().mapToInt(List::size).max().orElse(0);
      try (Graph.Scope scope = decoder.scope()) {
        Reading whole = read(scope, null, sentences, targets, 0, length);
        List<Forced> forced = new ArrayList<>(targets.size());
        for (int row = 0; row < targets.size(); row++) {
          Scores scores = new Scores(targets.get(row).size() + 1, batch.length(sentences[row]));
          whole.copy(row, scores, 0);
          forced.add(scores.forced());
        }
        return forced;
      }
    }

    @Override
    public List<Forced> forceAlike(List<List<Integer>> targets) {
      int shared = shared(targets);
      if (targets.size() < 2 || shared < LEAST_SHARED) {
        return force(new int[targets.size()], targets);
      }
      int length = 1 + targets.stream().mapToInt(List::size).max().orElse(0);
      try (Graph.Scope scope = decoder.scope();
          Graph.Scope before = decoder.scope()) {
        Reading beginning = read(scope, null, new int[1], targets.subList(0, 1), 0, shared);
        keepPresent(beginning.out, before);
        Reading rest = read(scope, before, new int[1], targets, shared, length);
        List<Forced> forced = new ArrayList<>(targets.size());
        for (int row = 0; row < targets.size(); row++) {
          Scores scores = new Scores(targets.get(row).size() + 1, batch.length(0));
          beginning.copy(0, scores, 0);
          rest.copy(row, scores, shared);
          forced.add(scores.forced());
        }
        return forced;
      }
    }

    /** Reads the positions [from, to) of targets; {@code past} holds those before. */
    private Reading read(
        Graph.Scope scope,
        Graph.Scope past,
        int[] sentences,
        List<List<Integer>> targets,
        int from,
        int to) {
      Manifest.Tokens tokens = manifest.tokens();
      int rows = targets.size();
      int length = to - from;
      long[] input = new long[rows * length];
      long[] wanted = new long[rows * length];
      for (int row = 0; row < rows; row++) {
        List<Integer> target = targets.get(row);
        for (int t = from; t < to; t++) {
          int at = row * length + t - from;
          input[at] = t == 0 ? tokens.start() : t <= target.size() ? target.get(t - 1) : 0;
          wanted[at] = t < target.size() ? target.get(t) : tokens.eos();
        }
      }
      Map<String, NDArray> out =
          run(scope, past, sentences, new int[rows], input, rows, length, wanted, 1, 1);
      return new Reading(out, length, batch.length());
    }

    private void keepPresent(Map<String, NDArray> out, Graph.Scope into) {
      for (int layer = 0; layer < manifest.architecture().decoderLayers(); layer++) {
        for (String part : List.of("key", "value")) {
          into.keep("past." + layer + "." + part, out.get("present." + layer + "." + part));
        }
      }
    }

    private Map<String, NDArray> run(
        Graph.Scope scope,
        Graph.Scope cache,
        int[] sentences,
        int[] parents,
        long[] input,
        int rows,
        int length,
        long[] wanted,
        int wantedWidth,
        int width) {
      List<NDArray> given = new ArrayList<>();
      given.add(scope.longs("input_ids", input, rows, length));
      given.add(scope.longs("sentence_idx", widen(sentences), sentences.length));
      given.add(scope.longs("beam_idx", cache == null ? new long[rows] : widen(parents), rows));
      given.add(scope.longs("wanted_ids", wanted, rows, length, wantedWidth));
      given.add(scope.longs("k", new long[] {width}, 1));
      given.addAll(cross.all());
      if (cache == null) {
        Manifest.Architecture sizes = manifest.architecture();
        for (int layer = 0; layer < sizes.decoderLayers(); layer++) {
          for (String part : List.of("key", "value")) {
            given.add(
                scope.floats(
                    "past." + layer + "." + part,
                    new float[0],
                    1,
                    sizes.heads(),
                    0,
                    sizes.d_model() / sizes.heads()));
          }
        }
      } else {
        given.addAll(cache.all());
      }
      return decoder.run(given);
    }

    private void closePast() {
      if (past != null) {
        past.close();
        past = null;
      }
    }

    @Override
    public void close() {
      closePast();
      cross.close();
    }
  }

  /** Pieces at the beginning of several targets that are worth a pass of their own. */
  private static final int LEAST_SHARED = 3;

  /** How many pieces targets have in common at their beginnings. */
  private static int shared(List<List<Integer>> targets) {
    List<Integer> first = targets.get(0);
    int shared = first.size();
    for (List<Integer> target : targets) {
      int here = 0;
      while (here < Math.min(shared, target.size()) && target.get(here).equals(first.get(here))) {
        here++;
      }
      shared = here;
    }
    return shared;
  }

  /** What came of a pass over some positions of targets. */
  private static final class Reading {
    final Map<String, NDArray> out;
    final int length;
    final int width;
    final float[] probabilities;
    final float[] attention;

    Reading(Map<String, NDArray> out, int length, int width) {
      this.out = out;
      this.length = length;
      this.width = width;
      this.probabilities = out.get("wanted_logprob").toFloatArray();
      this.attention = out.get("attention").toFloatArray();
    }

    /** Copies a row to where its positions begin, as far as there is room. */
    void copy(int row, Scores to, int from) {
      for (int t = 0; t < length && from + t < to.probabilities.length; t++) {
        int at = row * length + t;
        to.probabilities[from + t] = Math.min(0, probabilities[at]);
        System.arraycopy(
            attention, at * width, to.attention[from + t], 0, to.attention[from + t].length);
      }
    }
  }

  /** A target's pieces: log probabilities, and what each attends to. */
  private static final class Scores {
    final double[] probabilities;
    final float[][] attention;

    Scores(int pieces, int sourceLength) {
      this.probabilities = new double[pieces];
      this.attention = new float[pieces][sourceLength];
    }

    Forced forced() {
      return new Forced(probabilities, attention);
    }
  }

  private static long[] widen(int[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
