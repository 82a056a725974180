package dev.verso.wordalign;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.AlignmentLink.Strength;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Cancellation;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Links from HMMs of both directions, symmetrised: trained by expectation maximisation on a corpus
 * of the user's own, or the ones that come with Verso.
 *
 * <p>Training: five passes of IBM model 1 (Brown et al. 1993), four of the HMM (Vogel et al. 1996),
 * each direction; O(Σ I·J) and O(Σ J·I²) a pass, 12 bytes for each pair of words that meet.
 * Alignment: the most probable source word of each target word and the other way round, joined by
 * grow-diag-final-and (Och and Ney 2003). A link is sure if both directions hold it; its
 * probability is the geometric mean of both posteriors. Numbers, names and cognates that the corpus
 * did not teach are found by likeness.
 *
 * <p>Immutable and thread-safe.
 */
public final class StatisticalAligner implements WordAligner {
  /** The file in a saved aligner's directory. */
  public static final String FILE = "words.alignment";

  private static final int MODEL_1_PASSES = 5;
  private static final int HMM_PASSES = 4;
  private static final double LEAST = 0.01;

  private final AlignmentModel model;

  private StatisticalAligner(AlignmentModel model) {
    this.model = model;
  }

  /** The French–English aligner that comes with Verso. */
  public static StatisticalAligner shipped() {
    return new StatisticalAligner(AlignmentModel.shipped());
  }

  /**
   * Trains on sentence pairs, which are gone through once.
   *
   * @param pairs lines of a tab-separated corpus; the last two columns are source and target
   * @param source how to cut source sentences into words
   * @param target how to cut target sentences into words
   * @param progress hears how far it is
   * @throws IllegalArgumentException if a line has fewer than two columns, or there is no line
   */
  public static StatisticalAligner train(
      Iterable<String> pairs,
      WordTokenizer source,
      WordTokenizer target,
      TrainingProgress progress) {
    int[] line = new int[1];
    Iterable<TokenizedSentence[]> tokenized =
        () -> {
          var lines = pairs.iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return lines.hasNext();
            }

            @Override
            public TokenizedSentence[] next() {
              line[0]++;
              String[] columns = lines.next().split("\t", -1);
              if (columns.length < 2) {
                throw new IllegalArgumentException(
                    "corpus line " + line[0] + ": two columns, source TAB target, are needed");
              }
              return new TokenizedSentence[] {
                source.tokenize(columns[columns.length - 2]),
                target.tokenize(columns[columns.length - 1])
              };
            }
          };
        };
    AlignmentModel model =
        AlignmentModel.train(tokenized, MODEL_1_PASSES, HMM_PASSES, LEAST, progress);
    if (line[0] == 0) {
      throw new IllegalArgumentException("the corpus is empty");
    }
    return new StatisticalAligner(model);
  }

  /** Writes the aligner into a directory, which is made if need be. */
  public void save(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path unfinished = directory.resolve(FILE + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
      model.write(out);
    }
    Files.move(unfinished, directory.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads a saved aligner.
   *
   * @throws IOException if the directory holds none or it is damaged; the message names the file
   */
  public static StatisticalAligner load(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new StatisticalAligner(AlignmentModel.read(in));
    } catch (NoSuchFileException e) {
      throw new IOException(
          file + " does not exist: train an aligner into " + directory + " first", e);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** The word translation probabilities it learned. */
  public Lexicon lexicon() {
    return model.lexicon;
  }

  AlignmentModel model() {
    return model;
  }

  @Override
  public List<AlignmentLink> align(
      TokenizedSentence source, TokenizedSentence target, Cancellation cancellation) {
    cancellation.check();
    int sources = source.size();
    int targets = target.size();
    List<AlignmentLink> links = new ArrayList<>();
    if (sources == 0 || targets == 0 || WordAligner.isTooLong(source, target)) {
      return links;
    }
    AlignmentModel.Posteriors posteriors =
        model.posteriors(source, target, WordSimilarity.of(source, target));
    boolean[][] forward = new boolean[sources][targets];
    boolean[][] backward = new boolean[sources][targets];
    for (int j = 0; j < targets; j++) {
      int best = best(posteriors.forward()[j]);
      if (best < sources) {
        forward[best][j] = true;
      }
    }
    for (int i = 0; i < sources; i++) {
      int best = best(posteriors.backward()[i]);
      if (best < targets) {
        backward[i][best] = true;
      }
    }
    boolean[][] joined = Symmetrization.growDiagFinalAnd(forward, backward);
    for (int i = 0; i < sources; i++) {
      for (int j = 0; j < targets; j++) {
        if (joined[i][j]) {
          links.add(
              new AlignmentLink(
                  source.words().get(i),
                  target.words().get(j),
                  forward[i][j] && backward[i][j] ? Strength.SURE : Strength.POSSIBLE,
                  Math.min(
                      1, Math.sqrt(posteriors.forward()[j][i] * posteriors.backward()[i][j]))));
        }
      }
    }
    return links;
  }

  private static int best(double[] row) {
    int best = 0;
    for (int k = 1; k < row.length; k++) {
      if (row[k] > row[best]) {
        best = k;
      }
    }
    return best;
  }
}
