package dev.verso.decoding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How much of its required phrases a hypothesis holds: those it has finished, and the forms it is
 * in the middle of. Immutable.
 */
final class Coverage {

  private final List<RequiredPhrase> phrases;
  private final BitSet finished;

  /** The phrase it is in the middle of, or -1, the forms that still fit, and how far it is. */
  private final int current;

  private final List<List<Integer>> forms;
  private final int length;

  private Coverage(
      List<RequiredPhrase> phrases,
      BitSet finished,
      int current,
      List<List<Integer>> forms,
      int length) {
    this.phrases = phrases;
    this.finished = finished;
    this.current = current;
    this.forms = forms;
    this.length = length;
  }

  static Coverage none(List<RequiredPhrase> phrases) {
    return new Coverage(phrases, new BitSet(), -1, List.of(), 0);
  }

  boolean isComplete() {
    return finished.cardinality() == phrases.size();
  }

  /** Pieces of required phrases so far; of a finished one all, whatever its form. */
  int pieces() {
    int pieces = length;
    for (int p = finished.nextSetBit(0); p >= 0; p = finished.nextSetBit(p + 1)) {
      pieces += phrases.get(p).forms().get(0).size();
    }
    return pieces;
  }

  /** The pieces that lead on: the next of a phrase begun, or the first of all that are missing. */
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

  /** After one more piece: a phrase goes on, is finished, is given up, or begins. */
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
    return current < 0 ? this : new Coverage(phrases, finished, -1, List.of(), 0);
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
      return new Coverage(phrases, finished, phrase, fitting, pieces);
    }
    BitSet more = (BitSet) finished.clone();
    more.set(phrase);
    return new Coverage(phrases, more, -1, List.of(), 0);
  }
}
