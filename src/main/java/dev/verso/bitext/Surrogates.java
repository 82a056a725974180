package dev.verso.bitext;

/** Halves of characters outside the Basic Multilingual Plane, which no encoding can carry alone. */
final class Surrogates {

  private Surrogates() {}

  /** Whether the unit at {@code index} is half of a pair whose other half is not next to it. */
  static boolean isLone(CharSequence text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }

  /** Whether {@code text} contains a half without the other. */
  static boolean hasLone(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i)) && isLone(text, i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code index} lies between the two halves of a pair. */
  static boolean splitsPair(CharSequence text, int index) {
    return index > 0
        && index < text.length()
        && Character.isHighSurrogate(text.charAt(index - 1))
        && Character.isLowSurrogate(text.charAt(index));
  }
}
