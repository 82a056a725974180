package dev.verso.corpus.filter;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Puts right UTF-8 that was read as windows-1252: {@code Ã©} is {@code é}, {@code â€™} is {@code
 * ’}.
 *
 * <p>Only what is UTF-8 of a Latin letter, of punctuation and signs up to U+22FF or of an emoji is
 * changed: other sequences are right French, such as {@code à} before a no-break space and {@code
 * »}. What was broken twice is mended twice. Pure; linear.
 */
final class Mojibake {

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final int TWICE = 2;
  private static final char LAST_SIGN = '\u22FF';

  private Mojibake() {}

  /** The text put right; the same object if there was nothing to do. */
  static String repaired(String text) {
    String now = text;
    for (int pass = 0; pass < TWICE; pass++) {
      String next = once(now);
      if (next.equals(now)) {
        break;
      }
      now = next;
    }
    return now;
  }

  private static String once(String text) {
    StringBuilder out = null;
    for (int at = 0; at < text.length(); ) {
      int lead = octet(text.charAt(at));
      int length = lead >= 0xC2 && lead <= 0xC5 ? 2 : lead == 0xE2 ? 3 : lead == 0xF0 ? 4 : 0;
      String decoded = length == 0 ? "" : decoded(text, at, length);
      if (!decoded.isEmpty()) {
        if (out == null) {
          out = new StringBuilder(text.substring(0, at));
        }
        out.append(decoded);
        at += length;
      } else {
        if (out != null) {
          out.append(text.charAt(at));
        }
        at++;
      }
    }
    return out == null ? text : out.toString();
  }

  private static String decoded(String text, int at, int length) {
    if (at + length > text.length()) {
      return "";
    }
    byte[] bytes = new byte[length];
    for (int k = 0; k < length; k++) {
      int octet = octet(text.charAt(at + k));
      if (octet < 0 || (k > 0 && (octet & 0xC0) != 0x80)) {
        return "";
      }
      bytes[k] = (byte) octet;
    }
    try {
      String decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return length == 3 && decoded.charAt(0) > LAST_SIGN ? "" : decoded;
    } catch (CharacterCodingException e) {
      return "";
    }
  }

  /** The byte that windows-1252, or Latin-1 where that has none, reads as this character. */
  private static int octet(char c) {
    if (c < 0x100) {
      return c;
    }
    if (c > 0x2122) {
      return -1;
    }
    try {
      return WINDOWS
              .newEncoder()
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(new char[] {c}))
              .get()
          & 0xFF;
    } catch (CharacterCodingException e) {
      return -1;
    }
  }
}
