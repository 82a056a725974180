package dev.verso.decoding;

import java.util.List;

/**
 * A phrase that a translation must contain, in one of several forms.
 *
 * @param forms pieces of each form, the preferred one first; none of them empty
 * @param from first source piece of what it translates
 * @param to end of that, exclusive; {@code from} if it may come from anywhere
 */
public record RequiredPhrase(List<List<Integer>> forms, int from, int to) {

  /**
   * Copies the forms.
   *
   * @throws IllegalArgumentException if there are no forms or an empty one, or the range is not
   *     valid
   */
  public RequiredPhrase {
    forms = forms.stream().map(List::copyOf).toList();
    if (forms.isEmpty() || forms.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a required phrase needs pieces: " + forms);
    }
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "not a range of source pieces: [" + from + ", " + to + ")");
    }
  }

  /** A phrase that may come from anywhere. */
  public RequiredPhrase(List<List<Integer>> forms) {
    this(forms, 0, 0);
  }
}
