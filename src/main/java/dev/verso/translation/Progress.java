package dev.verso.translation;

/** Told how far a translation is. Called from the translator's own threads, one call at a time. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress SILENT = (done, total) -> {};

  /**
   * @param done pieces of the source that are translated
   * @param total all pieces of the source
   */
  void advanced(long done, long total);
}
