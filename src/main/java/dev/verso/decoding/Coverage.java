package dev.verso.decoding;

import dev.verso.model.Attention;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How much of its required phrases a hypothesis contains: those it has finished, and the forms it
 * is in the middle of. Immutable.
 */
final class Coverage {

  /**
   * The least attention on what a phrase translates at which a piece counts as coming from there.
   */
  private static final double LEAST_ATTENTION = 0.3;

  private final List<RequiredPhrase> phrases;
  private final BitSet finished;

  /** The phrase it is in the middle of, or -1, the forms that still fit, and how far it is. */
  private final int current;

  private final List<List<Integer>> forms;
  private final int length;

  /** The phrase that the last piece belongs to, or -1. */
  private final int last;

  private Coverage(
      List<RequiredPhrase> phrases,
      BitSet finished,
      int current,
      List<List<Integer>> forms,
      int length,
      int last) {
    this.phrases = phrases;
    this.finished = finished;
    this.current = current;
    this.forms = forms;
    this.length = length;
    this.last = last;
  }

  static Coverage none(List<RequiredPhrase> phrases) {
    return new Coverage(phrases, new BitSet(), -1, List.of(), 0, -1);
  }

  boolean isComplete() {
    return finished.cardinality() == phrases.size();
  }

  /** Pieces of required phrases so far; all pieces of a finished one, whatever its form. */
  int pieces() {
    int pieces = length;
    for (int p = finished.nextSetBit(0); p >= 0; p = finished.nextSetBit(p + 1)) {
      pieces += phrases.get(p).forms().get(0).size();
    }
    return pieces;
  }

  /**
   * The pieces that make progress: the next ones of a phrase that was begun, or the first ones of
   * all that are missing.
   */
  Set<Integer> next() {
    Set<Integer> next = new LinkedHashSet<>();
    if (current >= 0) {
      forms.forEach(form -> next.add(form.get(length)));
      return next;
    }
    for (int p = 0; p < phrases.size(); p++) {
      if (!finished.get(p)) {
        phrases.get(p).forms().forEach(form -> next.add(form.get(0)));
      }
    }
    return next;
  }

  /** After one more piece: a phrase continues, is finished, is given up, or begins. */
  Coverage with(int piece) {
    if (current >= 0) {
      List<List<Integer>> fitting = fitting(forms, length, piece);
      if (!fitting.isEmpty()) {
        return reached(current, fitting, length + 1);
      }
    }
    for (int p = 0; p < phrases.size(); p++) {
      if (!finished.get(p)) {
        List<List<Integer>> fitting = fitting(phrases.get(p).forms(), 0, piece);
        if (!fitting.isEmpty()) {
          return reached(p, fitting, 1);
        }
      }
    }
    return current < 0 && last < 0 ? this : new Coverage(phrases, finished, -1, List.of(), 0, -1);
  }

  /**
   * After checking where the last piece came from: if it belongs to a phrase but did not come from
   * what the phrase translates, that phrase does not count.
   *
   * @param attention of the last piece on the source pieces
   */
  Coverage checked(Attention.Row attention) {
    if (last < 0 || phrases.get(last).from() == phrases.get(last).to()) {
      return this;
    }
    RequiredPhrase phrase = phrases.get(last);
    double mass = 0;
    for (int s = phrase.from(); s < Math.min(phrase.to(), attention.length()); s++) {
      mass += attention.at(s);
    }
    if (mass >= LEAST_ATTENTION) {
      return this;
    }
    BitSet less = (BitSet) finished.clone();
    less.clear(last);
    return new Coverage(phrases, less, -1, List.of(), 0, -1);
  }

  private static List<List<Integer>> fitting(List<List<Integer>> forms, int length, int piece) {
    List<List<Integer>> fitting = new ArrayList<>();
    for (List<Integer> form : forms) {
      if (form.get(length) == piece) {
        fitting.add(form);
      }
    }
    return fitting;
  }

  private Coverage reached(int phrase, List<List<Integer>> fitting, int pieces) {
    if (fitting.stream().noneMatch(form -> form.size() == pieces)) {
      return new Coverage(phrases, finished, phrase, fitting, pieces, phrase);
    }
    BitSet more = (BitSet) finished.clone();
    more.set(phrase);
    return new Coverage(phrases, more, -1, List.of(), 0, phrase);
  }
}
