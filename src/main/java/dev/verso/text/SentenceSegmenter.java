package dev.verso.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Splits running text into sentences.
 *
 * <p>Unicode's sentence terminators (ICU's Sentence_Break property, UAX #29) and the ellipsis are
 * the candidates; what precedes and follows each decides. In order: closing marks, footnote numbers
 * and a stray guillemet at the text's end belong to the sentence they close; no sentence ends
 * before a lower-case word or a comma ({@code « Non ! » a-t-il dit}); abbreviations, initials,
 * acronyms, list numbers and parentheses opened in mid-sentence keep their full stop unless the
 * next word is one that begins sentences. Differs from UAX #29 where French news does: spaces
 * inside guillemets, initials, {@code …}, attributions after a quotation.
 *
 * <p>Worked example (French): {@code "« Non ! » a dit M. Roy. Il part."} has the sentences {@code
 * [0, 23)} and {@code [24, 32)}.
 *
 * <p>Immutable and thread-safe. Time O(n) whatever the text contains.
 */
public final class SentenceSegmenter {

  /** How far after a terminator to look for the beginning of the next sentence. */
  private static final int HORIZON = 64;

  /** Units between two checks for cancellation. */
  private static final int UNCHECKED = 1024;

  private final SentenceRules rules;
  private final Language language;

  private SentenceSegmenter(Language language) {
    this.language = Objects.requireNonNull(language);
    this.rules = SentenceRules.of(language);
  }

  /** The segmenter of a language. */
  public static SentenceSegmenter of(Language language) {
    return new SentenceSegmenter(language);
  }

  /** The language whose rules these are. */
  public Language language() {
    return language;
  }

  /** The sentences of a text; see {@link #segment(CharSequence, TextSpan)}. */
  public List<TextSpan> segment(CharSequence text) {
    return segment(text, new TextSpan(0, text.length()));
  }

  /**
   * The sentences of {@code range}, in order and disjoint, without spaces at either end; together
   * they contain every character that is not white space. Each contains a letter or digit if the
   * range does. A line break is a space like another.
   *
   * @throws IndexOutOfBoundsException if the range ends after the text
   */
  public List<TextSpan> segment(CharSequence text, TextSpan range) {
    return segment(text, range, Cancellation.NONE);
  }

  /**
   * The sentences of {@code range}; see {@link #segment(CharSequence, TextSpan)}.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<TextSpan> segment(CharSequence text, TextSpan range, Cancellation cancellation) {
    Objects.checkFromToIndex(range.start(), range.end(), text.length());
    return new Scan(text, range, cancellation).run();
  }

  /** One pass over one text. */
  private final class Scan {
    private final CharSequence text;
    private final int end;
    private final Cancellation cancellation;
    private final List<TextSpan> sentences = new ArrayList<>();

    /** First unit of the sentence being read. */
    private int start;

    /** First letter or digit of the sentence being read, -1 before it. */
    private int firstWord = -1;

    /** Straight double quotation marks passed. */
    private int straightQuotes;

    /** Guillemets open here. */
    private int guillemets;

    /** Open parentheses: true where one was opened after the first word of its sentence. */
    private boolean[] midSentence = new boolean[8];

    private int depth;

    Scan(CharSequence text, TextSpan range, Cancellation cancellation) {
      this.cancellation = cancellation;
      this.text = text;
      this.start = range.start();
      this.end = range.end();
    }

    List<TextSpan> run() {
      int at = start;
      int looked = start;
      while (at < end) {
        if (at - looked >= UNCHECKED) {
          cancellation.check();
          looked = at;
        }
        char c = text.charAt(at);
        if (isTerminator(c)) {
          at = terminator(at);
        } else {
          note(at);
          at++;
        }
      }
      cut(end);
      return List.copyOf(sentences);
    }

    private void note(int at) {
      char c = text.charAt(at);
      if (c == '(' || c == '[') {
        open();
      } else if (c == ')' || c == ']') {
        depth = Math.max(0, depth - 1);
      } else if (c == '"') {
        straightQuotes++;
      } else if (c == '«') {
        guillemets++;
      } else if (c == '»') {
        guillemets = Math.max(0, guillemets - 1);
      } else if (firstWord < 0 && (Character.isLetterOrDigit(c) || Character.isSurrogate(c))) {
        firstWord = at;
      }
    }

    private void open() {
      if (depth == midSentence.length) {
        midSentence = Arrays.copyOf(midSentence, depth * 2);
      }
      midSentence[depth++] = firstWord >= 0;
    }

    /** Reads the terminators, and marks that close with them, from {@code first}; cuts if due. */
    private int terminator(int first) {
      boolean afterOpening = first > start && isOpening(text.charAt(first - 1));
      boolean onlyStops = true;
      boolean dots = false;
      boolean closesAside = false;
      boolean closed = false;
      int at = first;
      while (at < end) {
        char c = text.charAt(at);
        int behind = Space.skip(text, at, end);
        if (isTerminator(c)) {
          onlyStops &= c == '.';
          dots |= c == '…' || (c == '.' && at > first);
          at++;
        } else if (isClosing(c, at)) {
          closesAside |= isAsideEnd(c);
          note(at);
          closed = true;
          at++;
        } else if (footnoteEnd(at) > at) {
          at = footnoteEnd(at);
        } else if (closedElisionEnd(behind) > at) {
          at = closedElisionEnd(behind);
        } else if (behind > at && behind < end && closesAfterSpace(behind)) {
          char mark = text.charAt(behind);
          if (isTerminator(mark)) {
            onlyStops &= mark == '.';
            dots = true;
          } else {
            closesAside |= isAsideEnd(mark);
            closed = true;
          }
          note(behind);
          at = behind + 1;
        } else {
          break;
        }
      }
      if (firstWord >= 0
          && endsSentence(first, at, onlyStops, dots, closed)
          && (!(closesAside || afterOpening) || opensPlainly(at))) {
        cut(at);
      }
      return at;
    }

    /** After an aside: whether a quotation, or a word that begins sentences, follows. */
    private boolean opensPlainly(int at) {
      int next = Space.skip(text, at, end);
      return isTerminator(text.charAt(at - 1))
          || "«“\"".indexOf(text.charAt(next)) >= 0
          || opensSentence(wordAt(next), next);
    }

    /** Whether {@code c} closes a parenthesis opened after the first word of this sentence. */
    private boolean isAsideEnd(char c) {
      return (c == ')' || c == ']') && depth > 0 && midSentence[depth - 1];
    }

    /** Closing marks that a space may separate from the sentence: {@code . . «}, {@code . »}. */
    private boolean closesAfterSpace(int at) {
      char c = text.charAt(at);
      if (c == '»' || c == '›') {
        return guillemets > 0 || !isWordAt(at + 1);
      }
      if (c == '”' || c == '’' || c == ')' || c == ']') {
        return !isWordAt(at + 1);
      }
      if (c == '"') {
        return straightQuotes % 2 == 1 && !isWordAt(at + 1);
      }
      if (c == '«' || c == '“') {
        // Nothing after it to open: it was meant to close.
        return Space.skip(text, at + 1, end) == end;
      }
      return isTerminator(c) && !isWordAt(at + 1);
    }

    /** Closing marks directly after a terminator or another closing mark. */
    private boolean isClosing(char c, int at) {
      return switch (c) {
        case '»' -> guillemets > 0 || !isWordAt(at + 1);
        case ')', ']', '”', '’', '›', '}' -> true;
        case '"', '\'', '*', '_' -> !isWordAt(at + 1);
        case '«', '“' -> Space.skip(text, at + 1, end) == end;
        default -> false;
      };
    }

    private boolean isWordAt(int at) {
      return at < end && Character.isLetterOrDigit(text.charAt(at));
    }

    /**
     * The end of a {@code […]} that only a closing mark follows, or -1 if there is none at {@code
     * at}.
     */
    private int closedElisionEnd(int at) {
      if (at >= end || (text.charAt(at) != '[' && text.charAt(at) != '(')) {
        return -1;
      }
      int dots = at + 1;
      while (dots < end
          && dots - at < 5
          && (text.charAt(dots) == '.' || text.charAt(dots) == '…')) {
        dots++;
      }
      if (dots == at + 1 || dots == end || (text.charAt(dots) != ']' && text.charAt(dots) != ')')) {
        return -1;
      }
      int behind = Space.skip(text, dots + 1, end);
      boolean closes = behind < end && "»”\"".indexOf(text.charAt(behind)) >= 0;
      return closes && !isWordAt(behind + 1) ? dots + 1 : -1;
    }

    /** The end of {@code [12]} or a raised number, or {@code at} if there is none. */
    private int footnoteEnd(int at) {
      char c = text.charAt(at);
      int digit = at;
      if (c == '[') {
        digit = at + 1;
        while (digit < end && digit - at < 5 && Character.isDigit(text.charAt(digit))) {
          digit++;
        }
        return digit > at + 1 && digit < end && text.charAt(digit) == ']' ? digit + 1 : at;
      }
      while (digit < end && "¹²³⁰⁴⁵⁶⁷⁸⁹".indexOf(text.charAt(digit)) >= 0) {
        digit++;
      }
      return digit;
    }

    private boolean endsSentence(
        int first, int at, boolean onlyStops, boolean dots, boolean closed) {
      boolean ideographic = isIdeographic(text.charAt(first));
      boolean spaced = at < end && Space.is(text.charAt(at));
      if (at < end && !spaced && !ideographic) {
        return opensGlued(first, at);
      }
      boolean quote = false;
      boolean aside = false;
      boolean dash = false;
      int onset = at;
      int next = Space.skip(text, at, end);
      int limit = Math.min(end, at + HORIZON);
      while (onset < limit) {
        char c = text.charAt(onset);
        if (Character.isLetterOrDigit(Character.codePointAt(text, onset))) {
          break;
        }
        if (onset == next && isContinuing(c)) {
          return false;
        }
        quote |= "«“‹\"‘".indexOf(c) >= 0;
        aside |= c == '(' || c == '[';
        dash |= c == '—' || c == '–' || c == '-';
        onset++;
      }
      if (onset >= limit) {
        return false;
      }
      int opening = Character.codePointAt(text, onset);
      boolean single = onlyStops && !dots;
      if (Character.isLowerCase(opening)) {
        if (isCapitalInside(onset)) {
          return true;
        }
        return single && !dash && (quote || aside) && (closed || !holdsStop(first, onset, aside));
      }
      if (aside && !single && Character.isDigit(opening)) {
        // The year of a work whose title ends in "!".
        return false;
      }
      return !single || closed || !holdsStop(first, onset, aside);
    }

    /** Punctuation that no sentence begins with. */
    private boolean isContinuing(char c) {
      return ",;:!?)]}»›%/".indexOf(c) >= 0;
    }

    /** {@code iPhone}, {@code eBay}. */
    private boolean isCapitalInside(int onset) {
      return onset + 1 < end && Character.isUpperCase(text.charAt(onset + 1));
    }

    /**
     * Whether the word before a single full stop at {@code stop} owns it.
     *
     * @param onset the first letter or digit after the stop
     * @param aside whether a parenthesis opens before that
     */
    private boolean holdsStop(int stop, int onset, boolean aside) {
      int from = stop;
      while (from > start && stop - from < HORIZON && isWordPart(text.charAt(from - 1))) {
        from--;
      }
      String word = text.subSequence(from, stop).toString();
      if (word.isEmpty()) {
        return false;
      }
      if (isListNumber(word, from)) {
        return true;
      }
      if (isNumeric(word)) {
        return false;
      }
      boolean opensWithDigit = Character.isDigit(text.charAt(onset));
      if (rules.isTitle(word.substring(lastPart(word)))) {
        // "5 M. Le": millions, not a gentleman.
        return !opensWithDigit && !isNumeric(wordBefore(from));
      }
      if (rules.isInner(word) || rules.isInner(wordBefore(from) + "_" + word)) {
        return true;
      }
      String next = wordAt(onset);
      if (rules.takesNumber(word) && (opensWithDigit || isRomanNumber(next, onset))) {
        return true;
      }
      if (rules.isCompany(word)) {
        return rules.isCompany(next)
            || rules.isDay(next)
            || (!opensSentence(next, onset) && !isLowerCaseBehind(onset + next.length()));
      }
      if (rules.isFinal(word)) {
        return aside || !(opensWithDigit || opensSentence(next, onset));
      }
      if (!isInitials(word)) {
        return false;
      }
      // "art. L. 121": the letter of a legal code.
      return opensWithDigit
          ? word.length() == 1 && rules.isCode(wordBefore(from))
          : holdsInitials(word, from, onset, next);
    }

    private boolean holdsInitials(String word, int from, int onset, String next) {
      boolean single = word.length() == 1;
      String before = wordBefore(from);
      if (single && (rules.isLabelled(before) || isNumeric(before))) {
        return false;
      }
      if (word.equals("J.-C") || word.equals("J-C") || word.equals("J.C")) {
        return false;
      }
      if (!opensSentence(next, onset)) {
        return true;
      }
      // "J. Le Goff": a particle with a name after it.
      int after = Space.skip(text, onset + next.length(), end);
      return single
          && rules.isParticle(next)
          && after < end
          && Character.isUpperCase(text.charAt(after));
    }

    /** Whether the word at {@code onset} is one that begins sentences rather than names. */
    private boolean opensSentence(String next, int onset) {
      int behind = onset + next.length();
      if (behind < end && isApostrophe(text.charAt(behind)) && rules.isElided(next)) {
        return true;
      }
      return rules.isStarter(next) || (next.length() > 1 && rules.isTitle(next));
    }

    /** Whether the word after a space at {@code at} is in lower case. */
    private boolean isLowerCaseBehind(int at) {
      int next = Space.skip(text, at, end);
      return next > at && next < end && Character.isLowerCase(text.charAt(next));
    }

    /** {@code 3.}, {@code b.} or {@code IV.} where nothing precedes it in the sentence. */
    private boolean isListNumber(String word, int from) {
      if (from > firstWord) {
        return false;
      }
      return (isNumeric(word) && word.length() <= 3)
          || (word.length() == 1 && Character.isLetter(word.charAt(0)))
          || isRoman(word);
    }

    /** {@code art. L. 12}, {@code vol. II}; but not the elided article of {@code L’homme}. */
    private boolean isRomanNumber(String next, int onset) {
      int behind = onset + next.length();
      return isRoman(next)
          && (behind == end || !isApostrophe(text.charAt(behind)))
          && (next.length() > 1 || language == Language.FRENCH);
    }

    private String wordBefore(int from) {
      int to = from;
      while (to > start && Space.is(text.charAt(to - 1))) {
        to--;
      }
      int begin = to;
      while (begin > start && to - begin < HORIZON && isWordPart(text.charAt(begin - 1))) {
        begin--;
      }
      return text.subSequence(begin, to).toString();
    }

    private String wordAt(int onset) {
      int to = onset;
      while (to < end && to - onset < HORIZON && Character.isLetter(text.charAt(to))) {
        to++;
      }
      return text.subSequence(onset, to).toString();
    }

    /** A word that follows a full stop without a space, as scraped text has it. */
    private boolean opensGlued(int stop, int at) {
      char c = text.charAt(at);
      if (c == '«' || c == '“' || c == '—') {
        int onset = Space.skip(text, at + 1, end);
        return isWordAt(onset) && !Character.isLowerCase(text.charAt(onset));
      }
      if (!Character.isUpperCase(c) || stop - start < 2) {
        return false;
      }
      boolean dot = text.charAt(stop) == '.';
      boolean wordBefore =
          !dot
              || (Character.isLowerCase(text.charAt(stop - 1))
                  && Character.isLowerCase(text.charAt(stop - 2)));
      String next = wordAt(at);
      return wordBefore
          && (!dot || opensSentence(next, at))
          && at + next.length() < end
          && (Space.is(text.charAt(at + next.length()))
              || isApostrophe(text.charAt(at + next.length())))
          && !isAddress(stop);
    }

    /** Whether the token around {@code stop} is a URL or an e-mail address. */
    private boolean isAddress(int stop) {
      for (int i = stop - 1; i >= Math.max(start, stop - HORIZON); i--) {
        char c = text.charAt(i);
        if (Space.is(c)) {
          return false;
        }
        if (c == '@' || c == '/' || c == '.') {
          return true;
        }
      }
      return false;
    }

    private void cut(int at) {
      TextSpan sentence = Space.trim(text, start, at);
      if (!sentence.isEmpty()) {
        sentences.add(sentence);
      }
      start = at;
      firstWord = -1;
      // What is still open was opened in an earlier sentence; it no longer means anything.
      Arrays.fill(midSentence, 0, depth, false);
    }
  }

  private static boolean isTerminator(char c) {
    if (c < 0x80) {
      return c == '.' || c == '!' || c == '?';
    }
    if (c < 0x2000 && c > 0xff && c < 0x589) {
      return false;
    }
    if (c == '…') {
      return true;
    }
    int kind = UCharacter.getIntPropertyValue(c, UProperty.SENTENCE_BREAK);
    return kind == UCharacter.SentenceBreak.STERM || kind == UCharacter.SentenceBreak.ATERM;
  }

  private static boolean isIdeographic(char c) {
    return c == '。' || c == '！' || c == '？' || c == '｡';
  }

  private static boolean isOpening(char c) {
    return c == '(' || c == '[' || c == '{';
  }

  private static boolean isApostrophe(char c) {
    return c == '\'' || c == '’';
  }

  /** {@code Minneapolis-St}: where the last word of a compound begins. */
  private static int lastPart(String word) {
    return Math.max(word.lastIndexOf('-'), word.lastIndexOf('/')) + 1;
  }

  /** What a token before a full stop may consist of. */
  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '/' || c == '°' || c == 'º';
  }

  private static boolean isNumeric(String word) {
    boolean digits = false;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      digits |= Character.isDigit(c);
      if (!Character.isDigit(c) && c != '.' && c != '-') {
        return false;
      }
    }
    return digits;
  }

  private static boolean isRoman(String word) {
    for (int i = 0; i < word.length(); i++) {
      if ("IVXLC".indexOf(word.charAt(i)) < 0) {
        return false;
      }
    }
    return !word.isEmpty();
  }

  /**
   * {@code J}, {@code J.-P}, {@code O.N.U}, {@code Ch}, {@code Th}: capitals with stops between.
   */
  private static boolean isInitials(String word) {
    boolean expectsLetter = true;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (Character.isLetter(c)) {
        boolean second =
            !expectsLetter && c == 'h' && i > 0 && "CPT".indexOf(word.charAt(i - 1)) >= 0;
        if (!second && (!expectsLetter || !Character.isUpperCase(c))) {
          return false;
        }
        expectsLetter = false;
      } else if (c == '.' || c == '-') {
        expectsLetter = true;
      } else {
        return false;
      }
    }
    return !expectsLetter;
  }
}
