package dev.verso.decoding;

import java.util.List;

/**
 * A phrase that a translation has to hold, in one of several forms.
 *
 * @param forms pieces of each form, the likeliest wanted first; none of them empty
 */
public record RequiredPhrase(List<List<Integer>> forms) {

  /**
   * Copies the forms.
   *
   * @throws IllegalArgumentException if there is none, or an empty one
   */
  public RequiredPhrase {
    forms = forms.stream().map(List::copyOf).toList();
    if (forms.isEmpty() || forms.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a required phrase has pieces: " + forms);
    }
  }
}
