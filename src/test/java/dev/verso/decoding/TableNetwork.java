package dev.verso.decoding;

import dev.verso.model.Candidates;
import dev.verso.model.DecodingState;
import dev.verso.model.Forced;
import dev.verso.model.Manifest;
import dev.verso.model.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A network over a toy vocabulary whose probabilities are a seeded function of the source and of
 * everything decoded so far: any search can be checked against enumerating all outputs.
 */
final class TableNetwork implements Network {

  static final int EOS = 0;
  static final int UNK = 1;

  private final int vocabulary; // without pad, which is the last id
  private final long seed;
  private final double sharpness;
  int open;

  TableNetwork(int vocabulary, long seed, double sharpness) {
    this.vocabulary = vocabulary;
    this.seed = seed;
    this.sharpness = sharpness;
  }

  /** Natural-log probability of each piece after {@code prefix}. */
  double[] next(List<Integer> source, List<Integer> prefix) {
    Random random = new Random(seed * 1_000_003 + source.hashCode() * 31L + prefix.hashCode());
    double[] logits = new double[vocabulary + 1];
    double sum = 0;
    for (int i = 0; i < vocabulary; i++) {
      logits[i] = random.nextGaussian() * sharpness;
      sum += Math.exp(logits[i]);
    }
    for (int i = 0; i < vocabulary; i++) {
      // As precise as a network's output.
      logits[i] = (float) (logits[i] - Math.log(sum));
    }
    logits[vocabulary] = -1e9;
    return logits;
  }

  @Override
  public int vocabularySize() {
    return vocabulary + 1;
  }

  @Override
  public Manifest.Tokens tokens() {
    return new Manifest.Tokens(EOS, UNK, vocabulary, vocabulary);
  }

  @Override
  public int maxPositions() {
    return 64;
  }

  @Override
  public boolean attends() {
    return false;
  }

  @Override
  public int attentionShift() {
    return 0;
  }

  @Override
  public DecodingState encode(List<List<Integer>> sources) {
    open++;
    return new DecodingState() {
      private List<List<Integer>> prefixes;

      @Override
      public int sources() {
        return sources.size();
      }

      @Override
      public int sourceLength() {
        return sources.stream().mapToInt(List::size).max().orElse(0) + 1;
      }

      @Override
      public Candidates step(
          int[] sentences, int[] parents, int[] tokens, int width, int[][] wanted) {
        int rows = tokens.length;
        int beams = rows / sentences.length;
        List<List<Integer>> longer = new ArrayList<>();
        int[][] ids = new int[rows][];
        double[][] scores = new double[rows][];
        for (int row = 0; row < rows; row++) {
          List<Integer> prefix = new ArrayList<>();
          if (prefixes != null) {
            prefix.addAll(prefixes.get(parents[row]));
            prefix.add(tokens[row]);
          }
          longer.add(prefix);
          double[] next = next(sources.get(sentences[row / beams]), prefix);
          int[] order =
              IntStream.range(0, next.length)
                  .boxed()
                  .sorted(Comparator.comparingDouble((Integer i) -> -next[i]))
                  .limit(width)
                  .mapToInt(i -> i)
                  .toArray();
          ids[row] = order;
          scores[row] = IntStream.of(order).mapToDouble(i -> next[i]).toArray();
        }
        prefixes = longer;
        double[][] asked = new double[rows][wanted.length == 0 ? 0 : wanted[0].length];
        for (int row = 0; row < rows; row++) {
          double[] next = next(sources.get(sentences[row / beams]), longer.get(row));
          for (int i = 0; i < asked[row].length; i++) {
            asked[row][i] = next[wanted[row][i]];
          }
        }
        return Candidates.of(ids, scores, asked, null);
      }

      @Override
      public List<Forced> force(int[] sentences, List<List<Integer>> targets) {
        throw new UnsupportedOperationException("search alone is checked here");
      }

      @Override
      public void close() {
        open--;
      }
    };
  }

  @Override
  public void close() {}
}
