package dev.verso.corpus.filter;

import java.util.Locale;

/** Why a pair is not in the corpus. */
public enum Reason {
  /** A side holds no word. */
  EMPTY,
  /** A side is longer than wanted. */
  LONG,
  /** One side is far too long for the other. */
  LENGTH,
  /** Both sides are the same. */
  COPY,
  /** A side is not in its language. */
  LANGUAGE,
  /** Broken characters, endless repetition, or more signs than words. */
  GARBLED,
  /** Words in an order that no translation has. */
  ORDER,
  /** Text of the page, not of its article. */
  BOILERPLATE,
  /** Numbers that stand on one side only. */
  NUMBERS,
  /** Names that stand on one side only. */
  NAMES,
  /** The aligner was not sure. */
  POSTERIOR,
  /** The model finds the translation no likelier than chance. */
  MARGIN,
  /** Probably no translation, all evidence taken together. */
  QUALITY,
  /** Personal data, where it is to be left out. */
  PERSONAL,
  /** A sentence of a held-out set. */
  EXCLUDED,
  /** The same pair is in the corpus. */
  DUPLICATE,
  /** Nearly the same pair is in the corpus. */
  NEAR_DUPLICATE;

  /** The name in files: lower case, words joined by a hyphen. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
