package dev.verso.translation;

/** Whether the words of a translation are linked to those of its source. */
public enum WordLinks {
  /** They are not, which saves a pass of the network for each sentence. */
  NONE,
  /** Words are linked to words. */
  WORDS
}
