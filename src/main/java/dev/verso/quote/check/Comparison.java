package dev.verso.quote.check;

/** Compares one side of the meaning of a passage and its rendering. Stateless, thread-safe. */
interface Comparison {

  /** Adds to {@code evidence} what differs. */
  void compare(Pair pair, CheckItem item, Evidence evidence);
}
