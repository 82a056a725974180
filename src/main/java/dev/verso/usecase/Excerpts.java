package dev.verso.usecase;

import dev.verso.text.InputException;
import java.util.Locale;

/** How long the excerpts and quotes may be that are traced and checked. */
public final class Excerpts {

  /** Most characters (UTF-16 units): every word of an excerpt is compared with an article's. */
  public static final int LONGEST = 5_000;

  private Excerpts() {}

  /**
   * Makes sure that an excerpt is short enough.
   *
   * @param kind what the user knows it as, such as {@code the quote}
   * @param text null counts as empty
   * @throws InputException if it is longer than {@link #LONGEST}
   */
  public static void requireShort(String kind, String text) {
    if (text != null && text.length() > LONGEST) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s has %,d characters; up to %,d are traced or checked at once: give it in parts",
              kind,
              text.length(),
              LONGEST));
    }
  }
}
