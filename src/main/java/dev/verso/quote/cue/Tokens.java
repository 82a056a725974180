package dev.verso.quote.cue;

import dev.verso.quote.mark.QuotationMarks;
import dev.verso.text.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts text into {@link Word}s: French elided words ({@code l'}, {@code qu'}) and pronouns after
 * their verb ({@code dit-il}, {@code a-t-on}) stand alone, abbreviations keep their full stop.
 */
public final class Tokens {

  static final Set<String> ELIDED =
      Set.of("l", "d", "j", "m", "t", "s", "n", "c", "qu", "lorsqu", "puisqu", "jusqu", "quoiqu");
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "m", "mm", "mme", "mlle", "mr", "mrs", "ms", "dr", "prof", "st", "ste", "mgr", "me",
          "gen", "gén", "col", "lt", "sgt", "cf", "art", "vol", "no", "jr", "sr", "sen", "rep",
          "gov", "av", "bd", "env", "hon", "capt", "cmdr", "adm");
  private static final String[] CLITICS = {
    "-t-il",
    "-t-elle",
    "-t-on",
    "-t-ils",
    "-t-elles",
    "-il",
    "-elle",
    "-ils",
    "-elles",
    "-on",
    "-je",
    "-nous",
    "-vous",
    "-tu"
  };
  private static final Set<String> NOT_VERBS = Set.of("est-ce", "rendez-vous", "nous-vous");

  /** No elided word and no abbreviation is longer. */
  private static final int LONGEST_SHORT = 8;

  private Tokens() {}

  /** Whether the full stop after {@code word} belongs to it. */
  public static boolean isAbbreviation(String word) {
    return (word.length() == 1 && Character.isUpperCase(word.charAt(0)))
        || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
  }

  public static boolean isWordChar(char c) {
    return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  public static String fold(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.indexOf('’') < 0 ? lower : lower.replace('’', '\'');
  }

  /** The words of {@code text} from {@code from} to {@code to}. */
  public static List<Word> of(CharSequence text, int from, int to, Language language) {
    List<Word> words = new ArrayList<>();
    int i = from;
    while (i < to) {
      char c = text.charAt(i);
      if (QuotationMarks.isSpace(c)) {
        i++;
      } else if (isWordChar(c) || Character.isSurrogate(c)) {
        i = word(text, i, to, language, words);
      } else {
        int end = i + 1;
        if (c == '.') {
          while (end < to && text.charAt(end) == '.') {
            end++;
          }
        }
        String sign = text.subSequence(i, end).toString();
        words.add(new Word(i, end, sign, sign, Word.Kind.SIGN, null));
        i = end;
      }
    }
    return words;
  }

  private static int word(CharSequence text, int start, int to, Language language, List<Word> out) {
    int i = start;
    boolean letters = false;
    while (i < to) {
      char c = text.charAt(i);
      if (isWordChar(c) || Character.isSurrogate(c)) {
        letters |= Character.isLetter(c) || Character.isSurrogate(c);
        i++;
        continue;
      }
      boolean inside = i + 1 < to && isWordChar(text.charAt(i + 1));
      if (c == '\'' || c == '’') {
        String before =
            i - start > LONGEST_SHORT
                ? ""
                : text.subSequence(start, i).toString().toLowerCase(Locale.ROOT);
        if (language == Language.FRENCH && ELIDED.contains(before) && !isNamePart(text, i, to)) {
          i++;
          break;
        }
        if (language == Language.ENGLISH && inside && isPossessive(text, i, to)) {
          break;
        }
        if (inside) {
          i++;
          continue;
        }
        break;
      }
      if (c == '-' && inside) {
        i++;
        continue;
      }
      if ((c == '.' || c == ',')
          && inside
          && Character.isDigit(text.charAt(i - 1))
          && Character.isDigit(text.charAt(i + 1))) {
        i++;
        continue;
      }
      if (c == '.' && letters && i + 1 <= to) {
        String before = i - start > LONGEST_SHORT ? "" : text.subSequence(start, i).toString();
        if (isAbbreviation(before) && i + 1 < to) {
          i = initialsEnd(text, i + 1, to, before);
        } else if (isCompoundInitial(before) && initialAt(text, i + 1, to) > 0) {
          i = initialsEnd(text, i + 1, to, before);
        } else if (inside && Character.isLowerCase(text.charAt(i + 1)) && i - start > 2) {
          i++; // a host name
          continue;
        }
      }
      break;
    }
    if (i == start) {
      i++; // an apostrophe of possession that starts a word of its own
    }
    String word = text.subSequence(start, i).toString();
    String lower = fold(word);
    if (language == Language.FRENCH && word.indexOf('-') > 0 && !NOT_VERBS.contains(lower)) {
      for (String clitic : CLITICS) {
        if (lower.endsWith(clitic) && lower.length() > clitic.length()) {
          int verbEnd = i - clitic.length();
          add(text, start, verbEnd, Word.Kind.WORD, out);
          int pronoun = i - (clitic.length() - clitic.lastIndexOf('-') - 1);
          add(text, pronoun, i, Word.Kind.CLITIC, out);
          return i;
        }
      }
      if (lower.equals("t-il") || lower.equals("t-elle") || lower.equals("t-on")) {
        add(text, start + 2, i, Word.Kind.CLITIC, out);
        return i;
      }
    }
    add(text, start, i, letters ? Word.Kind.WORD : Word.Kind.NUMBER, out);
    if (language == Language.ENGLISH && i < to && isPossessive(text, i, to)) {
      int end = i + 1;
      while (end < to && Character.isLetter(text.charAt(end))) {
        end++;
      }
      add(text, i, end, Word.Kind.WORD, out);
      return end;
    }
    return i;
  }

  /** Whether the apostrophe at {@code i} stands inside a name: N'Guessan, M'Bappé. */
  private static boolean isNamePart(CharSequence text, int i, int to) {
    return i > 0
        && "NM".indexOf(text.charAt(i - 1)) >= 0
        && i + 2 < to
        && Character.isUpperCase(text.charAt(i + 1))
        && Character.isLowerCase(text.charAt(i + 2));
  }

  /** Whether an abbreviation can be the first of two initials: the Ph of Ph.-E. */
  private static boolean isCompoundInitial(String word) {
    return word.length() == 2 && Character.isUpperCase(word.charAt(0));
  }

  /** Where the initials end that the full stop before {@code i} belongs to: J.-P., J.R.R. */
  private static int initialsEnd(CharSequence text, int i, int to, String first) {
    int end = i;
    if (first.length() > 2 || !Character.isUpperCase(first.charAt(0))) {
      return end;
    }
    for (int next = initialAt(text, end, to); next > 0; next = initialAt(text, end, to)) {
      end = next;
    }
    return end;
  }

  /** Where an initial that is joined to the one before {@code i} ends, or -1 if there is none. */
  private static int initialAt(CharSequence text, int i, int to) {
    int letter = i < to && text.charAt(i) == '-' ? i + 1 : i;
    return letter + 1 < to
            && Character.isUpperCase(text.charAt(letter))
            && text.charAt(letter + 1) == '.'
        ? letter + 2
        : -1;
  }

  /** Whether {@code 's} and no more stands at {@code i}. */
  private static boolean isPossessive(CharSequence text, int i, int to) {
    char c = text.charAt(i);
    return (c == '\'' || c == '’')
        && i + 1 < to
        && text.charAt(i + 1) == 's'
        && (i + 2 >= to || !isWordChar(text.charAt(i + 2)));
  }

  private static void add(CharSequence text, int start, int end, Word.Kind kind, List<Word> out) {
    String word = text.subSequence(start, end).toString();
    out.add(new Word(start, end, word, fold(word), kind, null));
  }
}
