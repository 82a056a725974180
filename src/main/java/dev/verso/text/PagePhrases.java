package dev.verso.text;

import java.util.Optional;

/** What pages say around their articles, in French and English: comment forms, share buttons. */
public final class PagePhrases {

  private PagePhrases() {}

  /** What kind of page text a block is, such as {@code share}; empty if it is no known one. */
  public static Optional<String> kind(String block) {
    return BoilerplateCues.cues().match(block).map(BoilerplateCues.Match::category);
  }
}
