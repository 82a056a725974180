package dev.verso.corpus.filter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * E-mail addresses, telephone numbers and IBANs.
 *
 * <p>A telephone number is one in international form, or a French or North American one as it is
 * commonly written; an IBAN has to satisfy its check digits (ISO 13616, modulo 97). Pure; linear.
 */
public final class PersonalData {

  /** What is done about it. */
  public enum Mode {
    /** It stays. */
    KEEP,
    /** It is replaced by what it is, in angle brackets, and the pair is marked. */
    MASK,
    /** Pairs that hold any are left out. */
    DROP
  }

  private static final Pattern EMAIL =
      Pattern.compile(
          "[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63})+");
  private static final Pattern IBAN =
      Pattern.compile(
          "\\b[A-Z]{2}\\d{2}(?:[ \u00A0]?[A-Z0-9]{4}){2,7}(?:[ \u00A0]?[A-Z0-9]{1,4})?\\b");
  private static final Pattern PHONE =
      Pattern.compile(
          "(?<![\\p{L}\\d.,/-])(?:"
              + "(?:\\+|00)\\d{1,3}(?:[ .\u00A0\u202F-]?\\(0\\))?(?:[ .\u00A0\u202F-]?\\d{1,4}){3,6}"
              + "|0[1-9](?:[ .\u00A0\u202F-]?\\d{2}){4}"
              + "|(?:1[ .-])?\\(?[2-9]\\d{2}\\)?[ .-]\\d{3}[ .-]\\d{4}"
              + ")(?![\\p{L}\\d])");

  private PersonalData() {}

  /** The text with what is personal masked; the same characters if it holds nothing personal. */
  static String masked(String text) {
    String without = EMAIL.matcher(text).replaceAll("<e-mail>");
    Matcher accounts = IBAN.matcher(without);
    without =
        accounts.replaceAll(
            match -> Matcher.quoteReplacement(isAccount(match.group()) ? "<IBAN>" : match.group()));
    return PHONE.matcher(without).replaceAll("<phone>");
  }

  /** ISO 13616: the number, its first four characters last and letters from 10, is 1 modulo 97. */
  private static boolean isAccount(String text) {
    String compact = text.replaceAll("[ \u00A0]", "");
    if (compact.length() < 15 || compact.length() > 34) {
      return false;
    }
    int rest = 0;
    for (char c : (compact.substring(4) + compact.substring(0, 4)).toCharArray()) {
      int value = Character.digit(c, Character.MAX_RADIX);
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }
}
