package dev.verso.text;

import org.jsoup.nodes.Entities;

/**
 * A character reference of HTML ({@code é} by name or number) and how many raw units it takes, as
 * the HTML standard reads it in text: the longest known name, old names also without the semicolon,
 * the C1 numbers as windows-1252, impossible numbers as U+FFFD.
 *
 * @param text what it stands for, one to three UTF-16 units
 * @param length raw units it takes, {@code &} and {@code ;} included
 */
record CharacterReference(String text, int length) {

  private static final int LONGEST_NAME = 32;

  /** What the C1 numbers stand for, {@code \0} where windows-1252 has nothing. */
  private static final String C1 =
      "\u20ac\0\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\0\u017d\0"
          + "\0\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\0\u017e\u0178";

  /** The reference that begins with the {@code &} at {@code at}, or null if there is none. */
  static CharacterReference at(CharSequence raw, int at, int end) {
    if (at + 2 >= end) {
      return null;
    }
    return raw.charAt(at + 1) == '#' ? numeric(raw, at, end) : named(raw, at, end);
  }

  private static CharacterReference numeric(CharSequence raw, int at, int end) {
    int digit = at + 2;
    boolean hex = digit < end && (raw.charAt(digit) == 'x' || raw.charAt(digit) == 'X');
    int radix = hex ? 16 : 10;
    digit += hex ? 1 : 0;
    int first = digit;
    int code = 0;
    while (digit < end
        && raw.charAt(digit) < 0x80
        && Character.digit(raw.charAt(digit), radix) >= 0) {
      code = Math.min(0x110000, code * radix + Character.digit(raw.charAt(digit), radix));
      digit++;
    }
    if (digit == first) {
      return null;
    }
    if (digit < end && raw.charAt(digit) == ';') {
      digit++;
    }
    return new CharacterReference(text(code), digit - at);
  }

  private static String text(int code) {
    if (code >= 0x80 && code < 0xa0 && C1.charAt(code - 0x80) != 0) {
      return C1.substring(code - 0x80, code - 0x7f);
    }
    boolean possible =
        code > 0 && code <= Character.MAX_CODE_POINT && (code < 0xd800 || code > 0xdfff);
    return possible ? Character.toString(code) : "\ufffd";
  }

  private static CharacterReference named(CharSequence raw, int at, int end) {
    int letter = at + 1;
    int limit = Math.min(end, letter + LONGEST_NAME);
    while (letter < limit && isNamePart(raw.charAt(letter))) {
      letter++;
    }
    String name = raw.subSequence(at + 1, letter).toString();
    if (letter < end && raw.charAt(letter) == ';' && Entities.isNamedEntity(name)) {
      return new CharacterReference(Entities.getByName(name), letter + 1 - at);
    }
    for (int length = name.length(); length >= 2; length--) {
      String prefix = name.substring(0, length);
      if (Entities.isBaseNamedEntity(prefix)) {
        return new CharacterReference(Entities.getByName(prefix), length + 1);
      }
    }
    return null;
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
