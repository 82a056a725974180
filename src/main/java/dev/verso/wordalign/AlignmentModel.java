package dev.verso.wordalign;

import dev.verso.language.TokenizedSentence;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An HMM in either direction over one lexicon: what EM learned of a corpus, pruned.
 *
 * <p>The lexicon's empty source word is NULL of the forward direction, its empty target word NULL
 * of the backward one. Immutable, thread-safe.
 */
final class AlignmentModel {
  private static final double FLOOR = 1e-7;

  final Lexicon lexicon;
  private final JumpModel forwardJumps;
  private final JumpModel backwardJumps;

  private static final class Shipped {
    static final AlignmentModel MODEL = load();

    private static AlignmentModel load() {
      try (InputStream in = AlignmentModel.class.getResourceAsStream("fr-en.alignment")) {
        if (in == null) {
          throw new IOException("fr-en.alignment is missing from the installation");
        }
        return read(new BufferedInputStream(in));
      } catch (IOException e) {
        throw new UncheckedIOException("the shipped French-English lexicon cannot be read", e);
      }
    }
  }

  /** The French-English model that comes with Verso; read once. */
  static AlignmentModel shipped() {
    return Shipped.MODEL;
  }

  AlignmentModel(Lexicon lexicon, double[] forwardJumps, double[] backwardJumps) {
    this.lexicon = lexicon;
    this.forwardJumps = new JumpModel(forwardJumps);
    this.backwardJumps = new JumpModel(backwardJumps);
  }

  /**
   * Trains both directions.
   *
   * @param pairs tokenised sentence pairs, source then target
   * @param least word pairs under this probability in both directions are pruned
   */
  static AlignmentModel train(
      Iterable<TokenizedSentence[]> pairs,
      int model1Passes,
      int hmmPasses,
      double least,
      TrainingProgress progress) {
    Vocabulary sources = new Vocabulary();
    Vocabulary targets = new Vocabulary();
    TokenCorpus corpus = new TokenCorpus();
    for (TokenizedSentence[] pair : pairs) {
      corpus.add(ids(pair[0], sources), ids(pair[1], targets));
      if (corpus.size() % 20_000 == 0) {
        progress.report("reading", corpus.size(), corpus.size());
      }
    }
    progress.report("reading", corpus.size(), corpus.size());
    double[] sourceCount = new double[sources.size()];
    double[] targetCount = new double[targets.size()];
    double sourceTotal = 0;
    double targetTotal = 0;
    for (int k = 0; k < corpus.size(); k++) {
      for (int s : corpus.source(k)) {
        sourceCount[s]++;
        sourceTotal++;
      }
      for (int t : corpus.target(k)) {
        targetCount[t]++;
        targetTotal++;
      }
    }
    DirectionalModel forward =
        DirectionalModel.train(
            corpus, sources.size(), targets.size(), model1Passes, hmmPasses, "forward", progress);
    Map<Long, double[]> kept = new HashMap<>();
    collect(forward.table, sources.size(), least, sourceCount, false, kept);
    double[] forwardJumps = forward.jumps.weights();
    TranslationTable forwardTable = forward.table;
    DirectionalModel backward =
        DirectionalModel.train(
            corpus.swapped(),
            targets.size(),
            sources.size(),
            model1Passes,
            hmmPasses,
            "backward",
            progress);
    collect(backward.table, targets.size(), least, targetCount, true, kept);
    List<Lexicon.Entry> entries = new ArrayList<>();
    for (long key : kept.keySet()) {
      int s = (int) (key >>> 32);
      int t = (int) key;
      double f = t == 0 ? 0 : forwardTable.probability(forwardTable.entry(s, t));
      double b = s == 0 ? 0 : backward.table.probability(backward.table.entry(t, s));
      entries.add(new Lexicon.Entry(sources.word(s), targets.word(t), f, b));
    }
    Map<String, Double> sourceFrequency = new HashMap<>();
    for (int s = 2; s < sources.size(); s++) {
      sourceFrequency.put(sources.word(s), sourceCount[s] / sourceTotal);
    }
    Map<String, Double> targetFrequency = new HashMap<>();
    for (int t = 2; t < targets.size(); t++) {
      targetFrequency.put(targets.word(t), targetCount[t] / targetTotal);
    }
    return new AlignmentModel(
        Lexicon.of(entries, sourceFrequency, targetFrequency),
        forwardJumps,
        backward.jumps.weights());
  }

  private static int[] ids(TokenizedSentence sentence, Vocabulary vocabulary) {
    int[] ids = new int[sentence.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = vocabulary.add(sentence.key(i));
    }
    return ids;
  }

  /** Keeps the entries a look-up would miss: probable in this direction, backed by enough mass. */
  private static void collect(
      TranslationTable table,
      int rows,
      double least,
      double[] rowCount,
      boolean swapped,
      Map<Long, double[]> kept) {
    for (int row = 0; row < rows; row++) {
      for (int at = table.rowStart(row); at < table.rowEnd(row); at++) {
        int column = table.target(at);
        double p = table.probability(at);
        // Under half an expected occurrence a pair is noise; NULL's row is spared nothing but the
        // floor.
        if (column > 1
            && p >= least
            && (row == 0 ? p >= 1e-4 : p * rowCount[row] >= Math.min(0.5, 0.3 * rowCount[row]))) {
          kept.put(swapped ? (long) column << 32 | row : (long) row << 32 | column, new double[0]);
        }
      }
    }
  }

  void write(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    for (double weight : forwardJumps.weights()) {
      out.writeDouble(weight);
    }
    for (double weight : backwardJumps.weights()) {
      out.writeDouble(weight);
    }
    out.flush();
    lexicon.write(stream);
  }

  static AlignmentModel read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    double[][] jumps = new double[2][2 * JumpModel.REACH + 1];
    for (double[] side : jumps) {
      for (int d = 0; d < side.length; d++) {
        side[d] = in.readDouble();
        if (!(side[d] >= 0 && side[d] < Double.POSITIVE_INFINITY)) {
          throw new IOException("damaged alignment model: jump weight " + side[d]);
        }
      }
    }
    return new AlignmentModel(Lexicon.read(stream), jumps[0], jumps[1]);
  }

  /** Both directions' posteriors over one sentence pair. */
  @SuppressWarnings("ArrayRecordComponent") // stays in the room; arrays for speed
  record Posteriors(double[][] forward, double[][] backward) {}

  /**
   * Forward posteriors [J][I + 1] and backward ones [I][J + 1], NULL last.
   *
   * @param similarity p that two words are the same word written alike (numbers, names, cognates),
   *     [I][J]; lifts pairs that the lexicon does not know
   */
  Posteriors posteriors(TokenizedSentence source, TokenizedSentence target, double[][] similarity) {
    int sources = source.size();
    int targets = target.size();
    int[] s = new int[sources];
    for (int i = 0; i < sources; i++) {
      s[i] = lexicon.sourceId(source.key(i));
    }
    int[] t = new int[targets];
    for (int j = 0; j < targets; j++) {
      t[j] = lexicon.targetId(target.key(j));
    }
    int sourceNull = lexicon.sourceId("");
    int targetNull = lexicon.targetId("");
    double[][] forward = new double[targets][sources + 1];
    double[][] backward = new double[sources][targets + 1];
    for (int i = 0; i < sources; i++) {
      for (int j = 0; j < targets; j++) {
        int entry = lexicon.entry(s[i], t[j]);
        double alike = similarity[i][j];
        forward[j][i] = (entry < 0 ? 0 : lexicon.forward(entry)) + alike + FLOOR;
        backward[i][j] = (entry < 0 ? 0 : lexicon.backward(entry)) + alike + FLOOR;
      }
      int entry = lexicon.entry(s[i], targetNull);
      backward[i][targets] = Math.max(entry < 0 ? 0 : lexicon.backward(entry), 1e-5);
    }
    for (int j = 0; j < targets; j++) {
      int entry = lexicon.entry(sourceNull, t[j]);
      forward[j][sources] = Math.max(entry < 0 ? 0 : lexicon.forward(entry), 1e-5);
    }
    return new Posteriors(
        HiddenMarkovModel.posteriors(
            forward, sources == 0 ? null : forwardJumps.transitions(sources), null),
        HiddenMarkovModel.posteriors(
            backward, targets == 0 ? null : backwardJumps.transitions(targets), null));
  }
}
