package dev.verso.wordalign;

/** Hears how far a training has come. */
@FunctionalInterface
public interface TrainingProgress {
  /** Hears nothing. */
  TrainingProgress SILENT = (phase, done, total) -> {};

  /**
   * Called now and then.
   *
   * @param phase what is being done, such as {@code "model 1, forward, pass 2 of 5"}
   * @param done sentence pairs dealt with in this phase
   * @param total sentence pairs of this phase
   */
  void report(String phase, int done, int total);
}
