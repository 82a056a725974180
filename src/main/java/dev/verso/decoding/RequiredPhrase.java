package dev.verso.decoding;

import java.util.List;

/**
 * A phrase that a translation has to hold, in one of several forms.
 *
 * @param forms pieces of each form, the likeliest wanted first; none of them empty
 * @param from first source piece of what it translates
 * @param to end of that, exclusive; {@code from} if it may come from anywhere
 */
public record RequiredPhrase(List<List<Integer>> forms, int from, int to) {

  /**
   * Copies the forms.
   *
   * @throws IllegalArgumentException if there is none, or an empty one, or the range is none
   */
  public RequiredPhrase {
    forms = forms.stream().map(List::copyOf).toList();
    if (forms.isEmpty() || forms.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a required phrase has pieces: " + forms);
    }
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no range of source pieces: [" + from + ", " + to + ")");
    }
  }

  /** A phrase that may come from anywhere. */
  public RequiredPhrase(List<List<Integer>> forms) {
    this(forms, 0, 0);
  }
}
