package dev.verso.usecase.corpus;

/** Which repeated pairs leave a corpus. */
public enum Deduplication {
  /** None: every place counts. */
  NONE,
  /** Those that are the same but for case, spaces and punctuation. */
  EXACT,
  /** Those, and those that differ in a word or so. */
  NEAR
}
