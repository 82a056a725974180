package dev.verso.quote.cue;

import dev.verso.text.TextSpan;

/**
 * A phrase that refers to somebody.
 *
 * @param span where it stands in the text
 * @param text as written
 * @param kind pronoun, proper name or description
 * @param head the noun of a description or the last word of a name, in lower case
 * @param gender {@code m}, {@code f} or 0 when it does not tell
 * @param plural whether it stands for several
 * @param animate whether it is known to be able to speak: a person, a group, a document
 */
public record Mention(
    TextSpan span,
    String text,
    Kind kind,
    String head,
    char gender,
    boolean plural,
    boolean animate) {

  public enum Kind {
    PRONOUN,
    NAME,
    DESCRIPTION
  }
}
