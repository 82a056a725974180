package dev.verso.evaluation;

/** White space as defined by Python's strings, where the published scorers split lines. */
final class Whitespace {

  private Whitespace() {}

  /**
   * Whether {@code c} separates words: the Unicode separators and the controls that act as such.
   */
  static boolean is(int c) {
    return switch (c) {
      case '\t', '\n', 0x0b, '\f', '\r', 0x1c, 0x1d, 0x1e, 0x1f, ' ', 0x85, 0xa0, 0x1680 -> true;
      case 0x2028, 0x2029, 0x202f, 0x205f, 0x3000 -> true;
      default -> c >= 0x2000 && c <= 0x200a;
    };
  }
}
