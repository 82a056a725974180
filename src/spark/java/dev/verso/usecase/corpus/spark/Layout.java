package dev.verso.usecase.corpus.spark;

import java.io.Serializable;

/**
 * Where pairs are: those of other corpora first, then those of this one, each by a number that says
 * in which partition it is, its home. A number is the same in every run.
 *
 * @param earlier pairs of other corpora
 * @param perEarlier how many of these a partition holds
 * @param earlierHomes partitions of these
 * @param pairs of this corpus
 * @param per how many of these a partition holds, a multiple of what is judged together
 */
record Layout(long earlier, long perEarlier, int earlierHomes, long pairs, long per)
    implements Serializable {

  static Layout of(long earlier, long perEarlier, long pairs, long per) {
    return new Layout(
        earlier, perEarlier, (int) ((earlier + perEarlier - 1) / perEarlier), pairs, per);
  }

  int home(long number) {
    return number < earlier
        ? (int) (number / perEarlier)
        : earlierHomes + (int) ((number - earlier) / per);
  }

  boolean isEarlier(long number) {
    return number < earlier;
  }

  /** Partitions of the pairs of this corpus. */
  int ownHomes() {
    return (int) Math.max(1, (pairs + per - 1) / per);
  }

  int homes() {
    return earlierHomes + ownHomes();
  }
}
