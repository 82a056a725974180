package dev.verso.file;

/**
 * The resources that reading one file may use.
 *
 * @param characters UTF-16 units of text that a file may contain
 * @param units pieces of text (paragraphs, cells, captions) that a file may contain
 * @param seconds of the processor that finding its texts may take, and again exchanging them (fewer
 *     for a short file that is not an archive); time spent on translation does not count
 * @param megabytes of memory that reading may take
 * @param sideBySide files read at the same time
 */
public record FileLimits(long characters, int units, int seconds, int megabytes, int sideBySide) {

  /** Two million characters are some 700 pages of a book. */
  public static final FileLimits DEFAULT =
      new FileLimits(
          2_000_000, 200_000, 8, 512, Math.max(2, Runtime.getRuntime().availableProcessors() / 2));

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public FileLimits {
    if (characters < 1 || units < 1 || seconds < 1 || megabytes < 1 || sideBySide < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
