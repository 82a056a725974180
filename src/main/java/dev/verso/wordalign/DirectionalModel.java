package dev.verso.wordalign;

/**
 * One direction's parameters, trained by expectation maximisation: IBM model 1 first (Brown et al.
 * 1993), whose likelihood has one maximum, then the HMM (Vogel et al. 1996) from there.
 *
 * <p>An iteration takes O(Σ I·J) for model 1 and O(Σ J·I²) for the HMM.
 */
final class DirectionalModel {
  private static final double DISCOUNT = 1e-3;
  private static final int LONGEST = 120;

  final TranslationTable table;
  final JumpModel jumps;

  private DirectionalModel(TranslationTable table, JumpModel jumps) {
    this.table = table;
    this.jumps = jumps;
  }

  static DirectionalModel train(
      TokenCorpus corpus,
      int sourceVocabulary,
      int targetVocabulary,
      int model1Passes,
      int hmmPasses,
      String name,
      TrainingProgress progress) {
    TranslationTable table = new TranslationTable(corpus, sourceVocabulary, targetVocabulary);
    for (int pass = 1; pass <= model1Passes; pass++) {
      String phase = "model 1, " + name + ", pass " + pass + " of " + model1Passes;
      int[] entries = new int[64];
      for (int k = 0; k < corpus.size(); k++) {
        if (k % 20_000 == 0) {
          progress.report(phase, k, corpus.size());
        }
        int[] source = corpus.source(k);
        if (entries.length <= source.length) {
          entries = new int[2 * source.length];
        }
        for (int t : corpus.target(k)) {
          int nullEntry = table.entry(TranslationTable.NULL, t);
          double total = table.probability(nullEntry);
          for (int i = 0; i < source.length; i++) {
            entries[i] = table.entry(source[i], t);
            total += table.probability(entries[i]);
          }
          if (total > 0) {
            table.count(nullEntry, table.probability(nullEntry) / total);
            for (int i = 0; i < source.length; i++) {
              table.count(entries[i], table.probability(entries[i]) / total);
            }
          }
        }
      }
      progress.report(phase, corpus.size(), corpus.size());
      table.maximize(pass == 1 ? 0 : DISCOUNT);
    }
    JumpModel jumps = new JumpModel();
    for (int pass = 1; pass <= hmmPasses; pass++) {
      String phase = "HMM, " + name + ", pass " + pass + " of " + hmmPasses;
      double[][][] transitions = new double[LONGEST + 1][][];
      for (int k = 0; k < corpus.size(); k++) {
        if (k % 20_000 == 0) {
          progress.report(phase, k, corpus.size());
        }
        int[] source = corpus.source(k);
        int[] target = corpus.target(k);
        if (source.length == 0 || source.length > LONGEST || target.length > LONGEST) {
          continue;
        }
        if (transitions[source.length] == null) {
          transitions[source.length] = jumps.transitions(source.length);
        }
        int[][] entries = new int[target.length][source.length + 1];
        double[][] emission = new double[target.length][source.length + 1];
        for (int j = 0; j < target.length; j++) {
          for (int i = 0; i <= source.length; i++) {
            entries[j][i] =
                table.entry(i < source.length ? source[i] : TranslationTable.NULL, target[j]);
            emission[j][i] = table.probability(entries[j][i]);
          }
        }
        double[][] posterior =
            HiddenMarkovModel.posteriors(emission, transitions[source.length], jumps);
        for (int j = 0; j < target.length; j++) {
          for (int i = 0; i <= source.length; i++) {
            table.count(entries[j][i], posterior[j][i]);
          }
        }
      }
      progress.report(phase, corpus.size(), corpus.size());
      table.maximize(DISCOUNT);
      jumps.maximize();
    }
    return new DirectionalModel(table, jumps);
  }
}
