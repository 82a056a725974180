package dev.verso.alignment;

import dev.verso.bitext.Bead;
import dev.verso.text.Cancellation;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the band for a large pair: halves both sides until the grid is small, aligns there, and
 * doubles the resolution again in a band around the path found (the recursion of Thompson and Koehn
 * 2019), over vectors that add.
 *
 * <p>A sentence's vector is the sum of its words' signed hash vectors weighed by IDF: a target
 * word's own, a source word's expected one under the lexicon; numbers, names and cognates have
 * vectors of their key on both sides. A group's vector is the sum of its sentences'. O(N + M) time
 * and memory.
 */
final class CoarseSearch {
  /** Grids of at most this many sentence pairs are searched whole. */
  static final long DENSE = 300L * 300L;

  private static final int DIMENSIONS = 128;
  private static final int RADIUS = 10;
  private static final int WIDEST = 3;
  private static final int[] TYPES = new int[6];

  static {
    int[][] sizes = {{1, 1}, {1, 2}, {2, 1}, {2, 2}, {1, 3}, {3, 1}};
    for (int k = 0; k < sizes.length; k++) {
      TYPES[k] = BeadType.index(sizes[k][0], sizes[k][1]);
    }
  }

  private CoarseSearch() {}

  /** The band in which the full features are then searched. */
  static Band band(PairEvidence evidence, int radius, Cancellation cancellation) {
    return band(evidence, radius, DENSE, cancellation);
  }

  /**
   * The band that halving finds when grids above {@code dense} sentence pairs are not searched
   * whole.
   */
  static Band band(PairEvidence evidence, int radius, long dense) {
    return band(evidence, radius, dense, Cancellation.NONE);
  }

  private static Band band(
      PairEvidence evidence, int radius, long dense, Cancellation cancellation) {
    int sources = evidence.source.size;
    int targets = evidence.target.size;
    if ((long) sources * targets <= dense) {
      return Band.full(sources, targets);
    }
    float[][] source = new float[sources][DIMENSIONS];
    float[][] target = new float[targets][DIMENSIONS];
    vectors(evidence, source, target, cancellation);
    int levels = 0;
    while (((long) (sources >> levels) + 1) * ((targets >> levels) + 1) > dense) {
      levels++;
    }
    Band band = null;
    int[][] path = null;
    for (int level = levels; level >= 1; level--) {
      cancellation.check();
      float[][] s = grouped(source, level);
      float[][] t = grouped(target, level);
      int width = RADIUS;
      while (true) {
        band =
            path == null
                ? Band.full(s.length, t.length)
                : Band.around(path[0], path[1], t.length, width);
        List<Bead> best =
            new Lattice(band, new GroupScorer(s, t, cancellation), cancellation)
                .best(new double[1]);
        int[][] found = boundaries(best, s.length);
        boolean affordable = (s.length + 1L) * 4 * width <= LogLinearAligner.MOST_CELLS;
        if (band.isFull() || width >= 4 * RADIUS || !affordable || !touchesEdge(band, found)) {
          path = found;
          break;
        }
        width *= 2;
      }
      path =
          doubled(
              path,
              level == 1 ? sources : size(sources, level - 1),
              level == 1 ? targets : size(targets, level - 1));
    }
    return Band.around(path[0], path[1], targets, radius);
  }

  private static int size(int sentences, int level) {
    return (sentences + (1 << level) - 1) >> level;
  }

  /** First and last target boundary that the path touches at each source boundary. */
  static int[][] boundaries(List<Bead> beads, int sources) {
    int[] first = new int[sources + 1];
    int[] last = new int[sources + 1];
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, -1);
    first[0] = 0;
    last[0] = 0;
    for (Bead bead : beads) {
      // Inside a bead of many source sentences the path is where the bead's sides say.
      for (int i = bead.sourceStart(); i <= bead.sourceEnd(); i++) {
        int low =
            i == bead.sourceEnd() && i > bead.sourceStart() ? bead.targetEnd() : bead.targetStart();
        int high =
            i == bead.sourceStart() && i < bead.sourceEnd() ? bead.targetStart() : bead.targetEnd();
        first[i] = Math.min(first[i], Math.min(low, high));
        last[i] = Math.max(last[i], Math.max(low, high));
      }
    }
    return new int[][] {first, last};
  }

  /** Whether the path comes within two boundaries of an edge of the band that is not the grid's. */
  static boolean touchesEdge(Band band, int[][] path) {
    for (int i = 0; i <= band.sources(); i++) {
      if ((band.low(i) > 0 && path[0][i] - band.low(i) < 2)
          || (band.high(i) < band.targets() && band.high(i) - path[1][i] < 2)) {
        return true;
      }
    }
    return false;
  }

  private static int[][] doubled(int[][] path, int sources, int targets) {
    int[] first = new int[sources + 1];
    int[] last = new int[sources + 1];
    for (int i = 0; i <= sources; i++) {
      int before = Math.min(i / 2, path[0].length - 1);
      int after = Math.min((i + 1) / 2, path[0].length - 1);
      first[i] = Math.min(targets, (path[0][before] + path[0][after]));
      last[i] = Math.min(targets, (path[1][before] + path[1][after]));
    }
    last[sources] = targets;
    return new int[][] {first, last};
  }

  private static float[][] grouped(float[][] vectors, int level) {
    float[][] groups = new float[size(vectors.length, level)][DIMENSIONS];
    for (int k = 0; k < vectors.length; k++) {
      add(groups[k >> level], vectors[k], 1);
    }
    return groups;
  }

  private static void add(float[] sum, float[] vector, float factor) {
    for (int d = 0; d < sum.length; d++) {
      sum[d] += factor * vector[d];
    }
  }

  private static void vectors(
      PairEvidence evidence, float[][] source, float[][] target, Cancellation cancellation) {
    SentenceFeatures from = evidence.source;
    SentenceFeatures to = evidence.target;
    float[] idf = idf(to.stems, to.stemOf.length);
    float[][] word = new float[to.stemOf.length][];
    for (int t = 0; t < word.length; t++) {
      word[t] = new float[DIMENSIONS];
      hash(to.stemOf[t].hashCode() * 31 + 7, idf[t], word[t]);
    }
    for (int k = 0; k < target.length; k++) {
      cancellation.check();
      for (int t : to.stems[k]) {
        add(target[k], word[t], 1);
      }
    }
    float[] expected = new float[DIMENSIONS];
    float[][] cache = new float[from.stemOf.length][];
    for (int k = 0; k < source.length; k++) {
      cancellation.check();
      for (int s : from.stems[k]) {
        if (cache[s] == null) {
          Arrays.fill(expected, 0);
          for (int e = evidence.forward.rowStart[s]; e < evidence.forward.rowStart[s + 1]; e++) {
            add(expected, word[evidence.forward.target[e]], evidence.forward.probability[e]);
          }
          cache[s] = expected.clone();
        }
        add(source[k], cache[s], 1);
      }
    }
    addKeys(from.numbers, to.numbers, source, target);
    addKeys(from.names, to.names, source, target);
    addKeys(from.cognates, to.cognates, source, target);
    center(source);
    center(target);
  }

  private static void addKeys(int[][] from, int[][] to, float[][] source, float[][] target) {
    int vocabulary = 0;
    for (int[][] side : new int[][][] {from, to}) {
      for (int[] keys : side) {
        for (int key : keys) {
          vocabulary = Math.max(vocabulary, key + 1);
        }
      }
    }
    float[][] idf = {idf(from, vocabulary), idf(to, vocabulary)};
    for (int side = 0; side < 2; side++) {
      int[][] keys = side == 0 ? from : to;
      float[][] vectors = side == 0 ? source : target;
      for (int k = 0; k < keys.length; k++) {
        for (int key : keys[k]) {
          // A key that the other side lacks is noise.
          if (idf[1 - side][key] > 0) {
            hash(key * 31 + 13, Math.min(idf[0][key], idf[1][key]) * 0.7f, vectors[k]);
          }
        }
      }
    }
  }

  /** log(sentences / sentences with the key), 0 for a key that never occurs. */
  private static float[] idf(int[][] sentences, int vocabulary) {
    int[] count = new int[vocabulary];
    int[] stamp = new int[vocabulary];
    for (int k = 0; k < sentences.length; k++) {
      for (int key : sentences[k]) {
        if (stamp[key] != k + 1) {
          stamp[key] = k + 1;
          count[key]++;
        }
      }
    }
    float[] idf = new float[vocabulary];
    for (int key = 0; key < vocabulary; key++) {
      idf[key] = count[key] == 0 ? 0 : (float) Math.log((sentences.length + 1.0) / count[key]);
    }
    return idf;
  }

  /** Adds a word's vector: eight signed places out of {@value #DIMENSIONS}. */
  private static void hash(int key, float weight, float[] sum) {
    long state = key * 0x9E3779B97F4A7C15L;
    for (int k = 0; k < 8; k++) {
      state = (state ^ (state >>> 29)) * 0xBF58476D1CE4E5B9L;
      int bits = (int) (state >>> 40);
      sum[(bits >>> 1) % DIMENSIONS] += (bits & 1) == 0 ? weight : -weight;
    }
  }

  private static void center(float[][] vectors) {
    float[] mean = new float[DIMENSIONS];
    for (float[] vector : vectors) {
      add(mean, vector, 1f / vectors.length);
    }
    for (float[] vector : vectors) {
      add(vector, mean, -1);
    }
  }

  /** Cosine of summed vectors over what unrelated groups have, times the sentences tied. */
  private static final class GroupScorer implements BeadScorer {
    private final float[][][] source = new float[WIDEST + 1][][];
    private final float[][][] target = new float[WIDEST + 1][][];
    private final double base;

    GroupScorer(float[][] s, float[][] t, Cancellation cancellation) {
      for (int width = 1; width <= WIDEST; width++) {
        cancellation.check();
        source[width] = normalized(s, width);
        target[width] = normalized(t, width);
      }
      double sum = 0;
      double squares = 0;
      int pairs = 0;
      for (int k = 0; k < Math.max(s.length, t.length); k++) {
        int i = k % s.length;
        // A stride far from the diagonal, the same on every run.
        int j = (int) ((k * 7919L + t.length / 3) % t.length);
        double cosine = dot(source[1][i], target[1][j]);
        sum += cosine;
        squares += cosine * cosine;
        pairs++;
      }
      double mean = sum / pairs;
      base = mean + 0.7 * Math.sqrt(Math.max(0, squares / pairs - mean * mean));
    }

    private static float[][] normalized(float[][] vectors, int width) {
      float[][] sums = new float[Math.max(0, vectors.length - width + 1)][DIMENSIONS];
      for (int k = 0; k < sums.length; k++) {
        for (int w = 0; w < width; w++) {
          add(sums[k], vectors[k + w], 1);
        }
        double norm = Math.sqrt(dot(sums[k], sums[k])) + 1e-9;
        for (int d = 0; d < DIMENSIONS; d++) {
          sums[k][d] /= (float) norm;
        }
      }
      return sums;
    }

    private static double dot(float[] a, float[] b) {
      float sum = 0;
      for (int d = 0; d < a.length; d++) {
        sum += a[d] * b[d];
      }
      return sum;
    }

    @Override
    public double bead(int type, int i, int j) {
      for (int allowed : TYPES) {
        if (allowed == type) {
          BeadType size = BeadType.ALL.get(type);
          double cosine = dot(source[size.source()][i], target[size.target()][j]);
          return (size.source() + size.target()) / 2.0 * (cosine - base)
              - (type == TYPES[0] ? 0 : 0.02);
        }
      }
      return Double.NEGATIVE_INFINITY;
    }

    @Override
    public double sourceNull(int i) {
      return -0.01;
    }

    @Override
    public double targetNull(int j) {
      return -0.01;
    }

    @Override
    public double openSource() {
      return -0.05;
    }

    @Override
    public double openTarget() {
      return -0.05;
    }
  }
}
