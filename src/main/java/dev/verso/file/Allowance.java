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

  /** Counts a unit. Beyond the limits it is counted too, so that the message can tell the size. */
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
   * @throws InputException if more was counted than the limits allow
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
            "%s holds %,d %s, and a file may hold %,d; divide it into several files",
            name,
            found,
            what,
            most));
  }
}
