package dev.verso.corpus;

/** Told how far a corpus is. Called from several threads, one call at a time. */
@FunctionalInterface
public interface CorpusProgress {

  /** Tells nobody. */
  CorpusProgress SILENT = (step, done, total) -> {};

  /**
   * @param step what is being done, in a word or two
   * @param done how many documents or pairs are done
   * @param total of how many
   */
  void advanced(String step, long done, long total);
}
