package dev.verso.file;

/**
 * What reading one file may take.
 *
 * @param characters UTF-16 units of text that a file may hold
 * @param units pieces of text (paragraphs, cells, captions) that a file may hold
 * @param seconds of the processor that its texts may take to be found, and again to be exchanged
 *     (less for a short file that is no archive); time spent on translating does not count
 * @param megabytes of memory that reading may take
 * @param sideBySide files that are read at the same time
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
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
