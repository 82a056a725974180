package dev.verso.wordalign;

import dev.verso.bitext.AlignmentLink;
import dev.verso.language.TokenizedSentence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Weights of the combined word aligner: two logistic classifiers over the same features of a word
 * pair, one for sure links, one for links at least possible. Immutable.
 */
public final class LinkWeights {
  private final double[] sure;
  private final double[] possible;

  private LinkWeights(double[] sure, double[] possible) {
    this.sure = sure;
    this.possible = possible;
  }

  /**
   * A sentence pair whose words were linked by hand.
   *
   * @param source the sentence and its words
   * @param target its translation and its words
   * @param links gold links, by overlap with the words
   */
  public record GoldLinks(
      TokenizedSentence source, TokenizedSentence target, List<AlignmentLink> links) {

    /** Copies the list. */
    public GoldLinks {
      Objects.requireNonNull(source);
      Objects.requireNonNull(target);
      links = List.copyOf(links);
    }
  }

  /**
   * Fits the weights on gold links.
   *
   * @param gold pairs to fit on; leave out what is to be scored
   * @param aligner its model and attention are used
   */
  public static LinkWeights fit(List<GoldLinks> gold, CombinedAligner aligner) {
    List<double[]> features = new ArrayList<>();
    List<Boolean> sure = new ArrayList<>();
    List<Boolean> possible = new ArrayList<>();
    for (GoldLinks pair : gold) {
      double[][][] cells = aligner.features(pair.source(), pair.target());
      int[][] label = new int[pair.source().size()][pair.target().size()];
      for (AlignmentLink link : pair.links()) {
        for (int i = 0; i < label.length; i++) {
          if (!link.source().overlaps(pair.source().words().get(i))) {
            continue;
          }
          for (int j = 0; j < label[i].length; j++) {
            if (link.target().overlaps(pair.target().words().get(j))) {
              label[i][j] =
                  Math.max(label[i][j], link.strength() == AlignmentLink.Strength.SURE ? 2 : 1);
            }
          }
        }
      }
      for (int i = 0; i < label.length; i++) {
        for (int j = 0; j < label[i].length; j++) {
          features.add(cells[i][j]);
          sure.add(label[i][j] == 2);
          possible.add(label[i][j] >= 1);
        }
      }
    }
    boolean[] used = new boolean[CellFeatures.SIZE];
    for (int k = 0; k < used.length; k++) {
      used[k] = aligner.hasAttention() || !CellFeatures.isAttention(k);
    }
    return new LinkWeights(
        LogisticRegression.fit(features, sure, used),
        LogisticRegression.fit(features, possible, used));
  }

  double sure(double[] features) {
    return LogisticRegression.probability(sure, features);
  }

  double possible(double[] features) {
    return LogisticRegression.probability(possible, features);
  }

  /**
   * The weights that come with Verso.
   *
   * @param attention those for a pair whose attention is known
   */
  public static LinkWeights shipped(boolean attention) {
    String file = attention ? "links-attention.weights" : "links.weights";
    try (var in = LinkWeights.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("the weights " + file + " are missing from the installation");
      }
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        return parse(file, reader.lines().toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads lines {@code feature sure possible}; {@code #} begins a comment line.
   *
   * @throws IllegalArgumentException if a line is malformed or a feature is missing
   */
  public static LinkWeights parse(String file, List<String> lines) {
    double[] sure = new double[CellFeatures.SIZE];
    double[] possible = new double[CellFeatures.SIZE];
    int read = 0;
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.strip().split("\\s+");
      int feature = CellFeatures.NAMES.indexOf(parts[0]);
      if (parts.length != 3 || feature != read) {
        throw new IllegalArgumentException(file + ": not the weights of a feature: " + line);
      }
      try {
        sure[feature] = Double.parseDouble(parts[1]);
        possible[feature] = Double.parseDouble(parts[2]);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(file + ": not weights: " + line, e);
      }
      read++;
    }
    if (read != CellFeatures.SIZE) {
      throw new IllegalArgumentException(
          file + ": weights of " + read + " features, not " + CellFeatures.SIZE);
    }
    return new LinkWeights(sure, possible);
  }

  /** Writes the lines that {@link #parse} reads. */
  public void write(Appendable out) throws IOException {
    for (int k = 0; k < CellFeatures.SIZE; k++) {
      out.append(
          String.format(
              Locale.ROOT, "%s %.4f %.4f\n", CellFeatures.NAMES.get(k), sure[k], possible[k]));
    }
  }
}
