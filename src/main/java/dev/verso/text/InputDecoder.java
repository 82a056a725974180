package dev.verso.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns bytes into text: a byte order mark decides, else the declared encoding, else UTF-8 where
 * the bytes are valid in it, else windows-1252. Refuses what is not text.
 */
final class InputDecoder {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

  /** How far to look for a declaration inside the markup, as browsers do. */
  private static final int DECLARATION_WINDOW = 4096;

  /** How much of an input is examined to tell text from binary. */
  private static final int SNIFF_WINDOW = 1 << 16;

  /** Well-formed characters beyond ASCII for each broken byte of what is still UTF-8. */
  private static final int FEW_BROKEN = 2;

  /** First bytes of formats that people submit by mistake, in hexadecimal. */
  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature("255044462d", "a PDF", "export it as text or HTML first"),
          new Signature(
              "504b0304", "a ZIP or office file", "unpack it, or save it as text or HTML"),
          new Signature("d0cf11e0a1b11ae1", "an old office file", "save it as text or HTML"),
          new Signature("7b5c727466", "an RTF file", "save it as text or HTML"),
          new Signature("1f8b", "a gzip file", "unpack it first"),
          new Signature("425a68", "a bzip2 file", "unpack it first"),
          new Signature("fd377a585a00", "an xz file", "unpack it first"),
          new Signature("28b52ffd", "a Zstandard file", "unpack it first"),
          new Signature("377abcaf271c", "a 7-Zip file", "unpack it first"),
          new Signature("89504e470d0a1a0a", "a PNG image", "give the text it shows"),
          new Signature("ffd8ff", "a JPEG image", "give the text it shows"),
          new Signature("474946383761", "a GIF image", "give the text it shows"),
          new Signature("474946383961", "a GIF image", "give the text it shows"),
          new Signature("49492a00", "a TIFF image", "give the text it shows"),
          new Signature("4d4d002a", "a TIFF image", "give the text it shows"),
          new Signature("52494646", "a sound, film or image", "give a transcript"),
          new Signature("494433", "a sound file", "give a transcript"),
          new Signature("4f676753", "a sound or film", "give a transcript"),
          new Signature("7f454c46", "a program", "give text or HTML"),
          new Signature("cafebabe", "a program", "give text or HTML"),
          new Signature("53514c69746520666f726d6174", "a database", "export its text"));

  private record Signature(String hex, String what, String wayOut) {

    boolean opens(String head, byte[] input) {
      // A text may begin with "ID3" or "BZh" too: such a file must also contain control bytes.
      return head.startsWith(hex) && !(isFewLetters() && isClean(input));
    }

    private boolean isFewLetters() {
      if (hex.length() > 8) {
        return false;
      }
      for (byte b : HexFormat.of().parseHex(hex)) {
        if (b < 0x20) {
          return false;
        }
      }
      return true;
    }
  }

  private InputDecoder() {}

  /**
   * The text of {@code bytes}.
   *
   * @param declared what the transport declares, if anything
   * @param markup whether a declaration inside the text counts
   * @throws UnreadableInputException if it is a known binary format or full of control characters
   */
  static DecodedInput decode(
      String name, byte[] bytes, Optional<Charset> declared, boolean markup) {
    String sha256 = sha256(bytes);
    String head = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 16));
    ByteOrderMark mark = ByteOrderMark.of(head);
    if (mark != null) {
      String text =
          decodeLeniently(bytes, mark.length(), bytes.length - mark.length(), mark.charset);
      refuseControls(name, text);
      return new DecodedInput(
          name, sha256, mark.charset, text, replaced(bytes, mark.length(), mark.charset, text));
    }
    for (Signature signature : SIGNATURES) {
      if (signature.opens(head, bytes)) {
        throw new UnreadableInputException(
            name, "this is " + signature.what() + ", not text; " + signature.wayOut() + ".");
      }
    }
    Charset charset = charsetOf(bytes, declared, markup);
    String text = decodeLeniently(bytes, 0, bytes.length, charset);
    refuseControls(name, text);
    return new DecodedInput(name, sha256, charset, text, replaced(bytes, 0, charset, text));
  }

  /** SHA-256 of {@code bytes}, in lower-case hexadecimal. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static Charset charsetOf(byte[] bytes, Optional<Charset> declared, boolean markup) {
    Optional<Charset> claimed = declared;
    if (claimed.isEmpty() && markup) {
      // Pages are copied into other encodings and keep their claim; no other makes valid UTF-8 by
      // chance of text with accents.
      claimed = isMarkedUtf8(bytes) ? Optional.of(StandardCharsets.UTF_8) : declaredInside(bytes);
    }
    if (claimed.isPresent() && isValid(bytes, claimed.get())) {
      return claimed.get();
    }
    Optional<Charset> wide = unmarkedUtf16(bytes);
    if (wide.isPresent()) {
      return wide.get();
    }
    return isMostlyUtf8(bytes) ? StandardCharsets.UTF_8 : WINDOWS_1252;
  }

  /** Whether it is valid UTF-8 that uses more than ASCII. */
  private static boolean isMarkedUtf8(byte[] bytes) {
    for (byte one : bytes) {
      if (one < 0) {
        return isValid(bytes, StandardCharsets.UTF_8);
      }
    }
    return false;
  }

  /**
   * Whether it is UTF-8 but for few broken bytes, each of which then costs one character and not
   * the reading of all others. Text in windows-1252 hardly ever holds a well-formed sequence.
   */
  private static boolean isMostlyUtf8(byte[] bytes) {
    int well = 0;
    int broken = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= 0) {
        continue;
      }
      int length = bytes[i] >= (byte) 0xF0 ? 4 : bytes[i] >= (byte) 0xE0 ? 3 : 2;
      boolean leads = bytes[i] >= (byte) 0xC2 && bytes[i] < (byte) 0xF5;
      int follow = 1;
      while (leads
          && follow < length
          && i + follow < bytes.length
          && isFollowing(bytes[i + follow])) {
        follow++;
      }
      if (leads && follow == length) {
        well++;
        i += length - 1;
      } else {
        broken++;
      }
    }
    return broken * FEW_BROKEN <= well;
  }

  private static boolean isFollowing(byte one) {
    return (one & 0xC0) == 0x80;
  }

  /** Every other byte of UTF-16 text in the Latin script is zero. */
  private static Optional<Charset> unmarkedUtf16(byte[] bytes) {
    int window = Math.min(bytes.length, SNIFF_WINDOW) & ~1;
    int evenZeros = 0;
    int oddZeros = 0;
    for (int i = 0; i < window; i += 2) {
      evenZeros += bytes[i] == 0 ? 1 : 0;
      oddZeros += bytes[i + 1] == 0 ? 1 : 0;
    }
    int units = window / 2;
    if (units < 8 || bytes.length % 2 != 0) {
      return Optional.empty();
    }
    if (oddZeros > units * 0.8 && evenZeros < units * 0.02) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    if (evenZeros > units * 0.8 && oddZeros < units * 0.02) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return Optional.empty();
  }

  /** The encoding that {@code <meta charset>}, its http-equiv form or an XML declaration names. */
  private static Optional<Charset> declaredInside(byte[] bytes) {
    String head =
        new String(
                bytes, 0, Math.min(bytes.length, DECLARATION_WINDOW), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    for (String key : List.of("charset", "encoding")) {
      for (int at = head.indexOf(key); at >= 0; at = head.indexOf(key, at + 1)) {
        int opening = head.lastIndexOf('<', at);
        boolean inTag =
            opening >= 0
                && (head.startsWith("<meta", opening) || head.startsWith("<?xml", opening));
        int value = at + key.length();
        while (value < head.length() && " =\"'\t".indexOf(head.charAt(value)) >= 0) {
          value++;
        }
        int end = value;
        while (end < head.length()
            && (Character.isLetterOrDigit(head.charAt(end))
                || "-_:.".indexOf(head.charAt(end)) >= 0)) {
          end++;
        }
        if (inTag && end > value) {
          Optional<Charset> charset = charsetNamed(head.substring(value, end));
          if (charset.isPresent()) {
            return charset;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** As browsers read the label: ISO 8859-1 and ASCII mean windows-1252; UTF-16 is impossible. */
  private static Optional<Charset> charsetNamed(String label) {
    return switch (label) {
      case "iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii" ->
          Optional.of(WINDOWS_1252);
      case "utf-16", "utf-16le", "utf-16be" -> Optional.of(StandardCharsets.UTF_8);
      default -> {
        try {
          yield Optional.of(Charset.forName(label));
        } catch (IllegalArgumentException e) {
          yield Optional.empty();
        }
      }
    };
  }

  private static boolean isValid(byte[] bytes, Charset charset) {
    try {
      charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String decodeLeniently(byte[] bytes, int from, int length, Charset charset) {
    try {
      CharBuffer text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPLACE)
              .onUnmappableCharacter(CodingErrorAction.REPLACE)
              .decode(ByteBuffer.wrap(bytes, from, length));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("a decoder that replaces does not report", e);
    }
  }

  /** How many characters stand for invalid bytes; some texts hold that character themselves. */
  private static int replaced(byte[] bytes, int from, Charset charset, String text) {
    if (text.indexOf('\ufffd') < 0
        || isValid(Arrays.copyOfRange(bytes, from, bytes.length), charset)) {
      return 0;
    }
    return (int) text.chars().filter(c -> c == '\ufffd').count();
  }

  /** Text has few control characters; a handful (a stray NUL) is accepted. */
  private static void refuseControls(String name, String text) {
    int window = Math.min(text.length(), SNIFF_WINDOW);
    int controls = 0;
    for (int i = 0; i < window; i++) {
      controls += isControl(text.charAt(i)) ? 1 : 0;
    }
    if (controls >= 8 && controls > window / 20) {
      throw new UnreadableInputException(
          name,
          "this is binary data, not text ("
              + controls
              + " control characters among the first "
              + window
              + "); give plain text or HTML.");
    }
  }

  private static boolean isControl(char c) {
    return (c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1b) || c == 0x7f || c == '\ufffd';
  }

  private static boolean isClean(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, SNIFF_WINDOW); i++) {
      if (bytes[i] >= 0 && isControl((char) bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private enum ByteOrderMark {
    // The four-byte marks first: UTF-32LE's begins with UTF-16LE's.
    FOUR_BIG(UTF_32BE, "0000feff"),
    FOUR_LITTLE(UTF_32LE, "fffe0000"),
    EIGHT(StandardCharsets.UTF_8, "efbbbf"),
    SIXTEEN_BIG(StandardCharsets.UTF_16BE, "feff"),
    SIXTEEN_LITTLE(StandardCharsets.UTF_16LE, "fffe");

    private final Charset charset;
    private final String hex;

    ByteOrderMark(Charset charset, String hex) {
      this.charset = charset;
      this.hex = hex;
    }

    int length() {
      return hex.length() / 2;
    }

    static ByteOrderMark of(String head) {
      for (ByteOrderMark candidate : values()) {
        if (head.startsWith(candidate.hex)) {
          return candidate;
        }
      }
      return null;
    }
  }
}
