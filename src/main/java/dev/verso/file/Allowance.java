package dev.verso.file;

import dev.verso.text.InputException;
import java.util.Locale;

/** Counts the text of a file against its limits; one thread uses it. */
final class Allowance {

  private final String name;
  private final FileLimits limits;
  private long characters;
  private long units;

  Allowance(String name, FileLimits limits) {
    this.name = name;
    this.limits = limits;
  }

  /**
   * Counts a unit. It is also counted beyond the limits, so that the message can state the size.
   */
  boolean has(long length) {
    characters += length;
    units++;
    return characters <= limits.characters() && units <= limits.units();
  }

  /** Counts characters that belong to the unit counted last. */
  boolean hasMore(long length) {
    characters += length;
    return characters <= limits.characters();
  }

  /**
   * @throws InputException if the count exceeds the limits
   */
  void check() {
    if (characters > limits.characters()) {
      throw tooLong(characters, limits.characters(), "characters of text");
    }
    if (units > limits.units()) {
      throw tooLong(units, limits.units(), "paragraphs, cells or other pieces of text");
    }
  }

  private InputException tooLong(long found, long most, String what) {
    return new InputException(
        String.format(
            Locale.ROOT,
            "%s contains %,d %s, and a file may contain %,d; divide it into several files",
            name,
            found,
            what,
            most));
  }
}
