package dev.verso.quote.cue;

import dev.verso.quote.mark.MarkedPassage;
import dev.verso.text.TextSpan;

/**
 * A word, number or sign of a sentence, or a whole passage in quotation marks taken as one.
 *
 * @param start where it starts in the text
 * @param end where it ends
 * @param text as written; for a passage {@code "«»"}
 * @param lower in lower case, with the straight apostrophe
 * @param kind what it is
 * @param passage the passage it stands for, or null
 */
public record Word(
    int start, int end, String text, String lower, Kind kind, MarkedPassage passage) {

  public enum Kind {
    WORD,
    NUMBER,
    SIGN,
    /** A pronoun after its verb, {@code il} in {@code dit-il}. */
    CLITIC,
    PASSAGE
  }

  boolean is(String lowerCase) {
    return lower.equals(lowerCase);
  }

  public boolean isWord() {
    return kind == Kind.WORD;
  }

  boolean isPassage() {
    return kind == Kind.PASSAGE;
  }

  public boolean isSign(String signs) {
    return kind == Kind.SIGN && signs.indexOf(text.charAt(0)) >= 0;
  }

  public boolean isCapitalised() {
    return kind == Kind.WORD && Character.isUpperCase(text.charAt(0));
  }

  public boolean isDash() {
    return isSign("-–—");
  }

  public TextSpan span() {
    return new TextSpan(start, end);
  }
}
