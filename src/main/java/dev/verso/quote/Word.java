package dev.verso.quote;

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
record Word(int start, int end, String text, String lower, Kind kind, MarkedPassage passage) {

  enum Kind {
    WORD,
    NUMBER,
    SIGN,
    /** A pronoun behind its verb, {@code il} in {@code dit-il}. */
    CLITIC,
    PASSAGE
  }

  boolean is(String lowerCase) {
    return lower.equals(lowerCase);
  }

  boolean isWord() {
    return kind == Kind.WORD;
  }

  boolean isPassage() {
    return kind == Kind.PASSAGE;
  }

  boolean isSign(String signs) {
    return kind == Kind.SIGN && signs.indexOf(text.charAt(0)) >= 0;
  }

  boolean isCapitalised() {
    return kind == Kind.WORD && Character.isUpperCase(text.charAt(0));
  }

  boolean isDash() {
    return isSign("-–—");
  }

  TextSpan span() {
    return new TextSpan(start, end);
  }
}
