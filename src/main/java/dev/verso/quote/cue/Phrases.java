package dev.verso.quote.cue;

import dev.verso.language.Conjugation;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds noun phrases and finite verbs in the words of one sentence, without a grammar: by closed
 * classes, capitals and the forms of common verbs.
 */
public final class Phrases {

  private static final int LONGEST = 40; // words of a noun phrase

  final CharSequence text;
  final List<Word> words;
  final ReportingLexicon lexicon;
  final boolean french;

  /** The main subject, once found, the word it was found at, and the words read. */
  private Mention main;

  private int mainAt;
  private int mainRead;

  public Phrases(CharSequence text, List<Word> words, ReportingLexicon lexicon) {
    this.text = text;
    this.words = List.copyOf(words);
    this.lexicon = lexicon;
    this.french = lexicon.language() == Language.FRENCH;
  }

  /** The text that the words are cut from. */
  public CharSequence text() {
    return text;
  }

  /** The sentence's words. */
  public List<Word> words() {
    return words;
  }

  /** The lexicon of the sentence's language. */
  public ReportingLexicon lexicon() {
    return lexicon;
  }

  /** Whether the sentence is French; it is English if not. */
  public boolean isFrench() {
    return french;
  }

  /** How many words the sentence has. */
  public int size() {
    return words.size();
  }

  public Word at(int i) {
    return words.get(i);
  }

  public boolean in(String category, int i) {
    return i >= 0
        && i < words.size()
        && (words.get(i).isWord() || words.get(i).kind() == Word.Kind.CLITIC)
        && lexicon.in(category, words.get(i).lower());
  }

  public boolean is(int i, String... lowers) {
    if (i < 0 || i >= words.size()) {
      return false;
    }
    for (String lower : lowers) {
      if (words.get(i).is(lower)) {
        return true;
      }
    }
    return false;
  }

  public boolean isSign(int i, String signs) {
    return i >= 0 && i < words.size() && words.get(i).isSign(signs);
  }

  public boolean isPassage(int i) {
    return i >= 0 && i < words.size() && words.get(i).isPassage();
  }

  public boolean isAdverb(int i) {
    return i >= 0
        && i < words.size()
        && words.get(i).isWord()
        && !(words.get(i).isCapitalised() && i > 0)
        && lexicon.isAdverb(words.get(i).lower());
  }

  /** A title before a name: M., Mme, président… */
  public boolean isTitle(int i) {
    if (i < 0 || i >= words.size() || !words.get(i).isWord()) {
      return false;
    }
    String lower = words.get(i).lower();
    String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return lexicon.in("title", bare);
  }

  /** M., Mme and the like, which belong to the mention. */
  public boolean isCourtesy(int i) {
    if (i < 0 || i >= words.size()) {
      return false;
    }
    String lower = words.get(i).lower();
    String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return words.get(i).isWord() && lexicon.in("courtesy", bare);
  }

  /** A word of a proper name: capitalised and no closed-class word with a capital. */
  public boolean isName(int i) {
    if (i < 0 || i >= words.size() || !words.get(i).isCapitalised()) {
      return false;
    }
    Word word = words.get(i);
    if (i == 0 && isSentenceWord(word.lower())) {
      return false;
    }
    if (i == 0 && i + 1 < words.size() && !isCourtesy(0)) {
      Word next = words.get(1);
      // "Loin de …", "Psychologue et ethnologue": the capital is the sentence's
      boolean governs =
          next.is("de") || next.is("d'") || next.is("of") || next.is("à") || next.is("sur");
      boolean form =
          lexicon.isInfinitive(word.lower())
              || lexicon.isParticiple(word.lower())
              || lexicon.isGerund(word.lower());
      if (form && !next.isCapitalised()) {
        return false;
      }
      if (governs
          && !(2 < words.size() && words.get(2).isCapitalised())
          && !word.text().equals(word.text().toUpperCase(Locale.ROOT))) {
        return false;
      }
    }
    return !lexicon.in("notname", word.lower()) && !word.lower().endsWith("'");
  }

  /** A word whose capital is the sentence's: "Derrière lui", "Réaction de X", "Much the same". */
  private boolean isSentenceWord(String lower) {
    boolean capital = words.size() > 1 && words.get(1).isCapitalised();
    return lexicon.in("preposition", lower)
        || lexicon.in("leadin", lower)
        || (!capital && (lexicon.in("adverb", lower) || lexicon.noun(lower) != null));
  }

  /** "al-Qubaisi": a small particle joined to a name. */
  private boolean isJoinedName(int i) {
    String word = words.get(i).text();
    int hyphen = word.indexOf('-');
    return hyphen > 0
        && hyphen < 4
        && hyphen + 1 < word.length()
        && Character.isUpperCase(word.charAt(hyphen + 1));
  }

  /** Whether {@code i} can be a finite verb where it stands. */
  public boolean isFinite(int i) {
    if (i < 0 || i >= words.size() || !words.get(i).isWord()) {
      return false;
    }
    Word word = words.get(i);
    String lower = word.lower();
    if (word.text().equals("A") && i == 0) {
      return false; // "A Paris", the accent lost
    }
    if (lower.equals("porte") && is(i + 1, "parole", "paroles")) {
      return false;
    }
    if (!french && lower.endsWith("n't")) {
      return true;
    }
    if (lexicon.in("adjectival", lower) && is(i + 1, "to")) {
      return false; // "a source close to the matter"
    }
    if (lexicon.in("finite", lower)) {
      return !(i > 0
          && word.isCapitalised()
          && Character.isUpperCase(word.text().charAt(word.text().length() - 1)));
    }
    if (!lexicon.isFinite(lower)) {
      return false;
    }
    if (word.isCapitalised() && i > 0) {
      return false;
    }
    if (lexicon.in("preposition", lower)
        || lexicon.in("adverb", lower)
        || lexicon.in("conjunction", lower)
        || lexicon.in("determiner", lower)) {
      return false;
    }
    if (french) {
      if (lexicon.isParticiple(lower) && !in("subject", i - 1) && !in("clitic", i - 1)) {
        return lower.equals("dit") && !in("firmnoun", i - 1); // "dit" is present and past
      }
      return !isNounHere(i);
    }
    if (lexicon.isParticiple(lower) && in("be", i - 1)) {
      return false;
    }
    return !in("determiner", i - 1)
        && !in("preposition", i - 1)
        && !is(i - 1, "'s")
        && !(lexicon.isInfinitive(lower) && !in("subject", i - 1) && lexicon.source(lower) != null);
  }

  /** Whether a form that could be a verb is a noun here: after a determiner or preposition. */
  boolean isNounHere(int i) {
    if (i == 0) {
      return false;
    }
    if (in("firmnoun", i - 1) || (in("preadjective", i - 1) && in("determiner", i - 2))) {
      return true;
    }
    if (in("clitic", i - 1)) {
      if (!is(i - 1, "le", "la", "les", "l'", "leur", "en", "nous", "vous")) {
        return false;
      }
      return !(in("subject", i - 2)
          || isPluralBeforeSingular(i)
          || is(i - 2, "ne", "n'", "me", "m'", "te", "se", "s'", "nous", "vous", "qui", "comme")
          || (i + 1 < words.size() && words.get(i + 1).kind() == Word.Kind.CLITIC));
    }
    if (in("preposition", i - 1) || (in("determiner", i - 1) && !in("numeral", i - 1))) {
      return true;
    }
    String source = lexicon.source(words.get(i).lower());
    return source != null && !in("subject", i - 1) && !isNounLike(i - 1);
  }

  /** "L'économiste les juge": a noun would have its plural's ending. */
  private boolean isPluralBeforeSingular(int i) {
    String lower = words.get(i).lower();
    return french
        && is(i - 1, "les")
        && i > 1
        && isNounLike(i - 2)
        && "sxz".indexOf(lower.charAt(lower.length() - 1)) < 0;
  }

  private boolean isNounLike(int i) {
    return i >= 0
        && words.get(i).isWord()
        && (isName(i) || lexicon.source(words.get(i).lower()) != null)
        && !isTitle(i);
  }

  /** Whether a noun phrase can begin at {@code i}. */
  public boolean isPhraseStart(int i) {
    if (i < 0 || i >= words.size()) {
      return false;
    }
    Word word = words.get(i);
    if (word.kind() == Word.Kind.NUMBER) {
      return i + 1 < words.size() && words.get(i + 1).isWord() && !in("time", i + 1);
    }
    if (!word.isWord()) {
      return false;
    }
    String lower = word.lower();
    if (isName(i) || isCourtesy(i)) {
      return true;
    }
    if (is(i, "d'") && is(i + 1, "autres")) {
      return true;
    }
    if (lexicon.in("determiner", lower)) {
      return !is(i, "de", "d'", "du");
    }
    return lexicon.in("pronoun", lower) || lexicon.in("barenoun", lower);
  }

  /**
   * The mention whose words are {@code [from, to)}: a proper name in it without title, else all of
   * it; null if the range is empty.
   */
  public Mention mention(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && words.get(start).kind() == Word.Kind.SIGN) {
      start++;
    }
    for (int i = start; i < end; i++) {
      boolean cut =
          i > start
              && (isSign(i, "(;:")
                  || (isSign(i, ",") && !isEnumeration(start, i, end))
                  || in("relative", i)
                  || isPassage(i)
                  || (words.get(i).isWord()
                      && words.get(i).lower().endsWith(french ? "ant" : "ing")
                      && lexicon.source(words.get(i).lower()) == null
                      && !in("determiner", i - 1)
                      && !in("preposition", i - 1)
                      && !words.get(i).isCapitalised()
                      && lexicon.isGerund(words.get(i).lower())));
      if (cut) {
        end = i;
      }
    }
    while (end > start && (isSign(end - 1, ",.-–—\"") || in("conjunction", end - 1))) {
      end--;
    }
    if (start + 1 < end
        && is(start, "du", "des")
        && is(start - 1, "de", "d'", "yeux", "dires", "avis", "aveu", "l'avis")) {
      start++;
    }
    if (start >= end) {
      return null;
    }
    if (end - start == 1 && in("pronoun", start)) {
      return pronoun(start);
    }
    while (end > start + 1 && words.get(end - 1).lower().endsWith("'")) {
      end--;
    }
    int possessive = french ? -1 : lastPossessive(start, end);
    if (possessive > 0) {
      return possessed(start, possessive + 1, end);
    }
    int[] name = name(start, end);
    if (name != null
        && name[0] > start
        && "document".equals(lexicon.source(words.get(head(start, end)).lower()))) {
      name = null; // "un sondage Ifop"
    }
    if (name != null) {
      return named(name[0], name[1], from);
    }
    return description(start, end);
  }

  /** Where the last "'s" with words on both sides stands in {@code [from, to)}, or -1. */
  private int lastPossessive(int from, int to) {
    for (int i = to - 2; i > from; i--) {
      if (in("preposition", i) && !is(i, "of")) {
        return lastPossessive(from, i);
      }
      if (is(i, "'s")) {
        return i;
      }
    }
    return -1;
  }

  /** "Perrin's spokeswoman", "the firm's director Ann Doe": never the one before the "'s". */
  private Mention possessed(int from, int noun, int to) {
    int[] name = name(noun, to);
    if (name != null && (name[0] > noun || lexicon.gender(words.get(noun).text()) != 0)) {
      return named(name[0], name[1], noun);
    }
    Mention rest = description(noun, to);
    TextSpan span = new TextSpan(words.get(from).start(), words.get(to - 1).end());
    return new Mention(
        span,
        span.of(text),
        Mention.Kind.DESCRIPTION,
        rest.head(),
        rest.gender(),
        rest.plural(),
        rest.animate());
  }

  /** Whether the comma at {@code i} joins parts of one phrase that ends in "et X". */
  private boolean isEnumeration(int start, int i, int end) {
    boolean and = false;
    for (int j = i + 1; j < Math.min(end, i + 12); j++) {
      if (isFinite(j)) {
        return false;
      }
      and |= is(j, "et", "and");
    }
    return and
        && ((in("determiner", start) && in("determiner", i + 1))
            || (isName(start) && isName(i + 1)));
  }

  Mention pronoun(int i) {
    Word word = words.get(i);
    String lower = word.lower();
    char gender = lexicon.in("feminine", lower) ? 'f' : lexicon.in("masculine", lower) ? 'm' : 0;
    boolean plural = lexicon.in("pluralpronoun", lower);
    if (gender == 0 && plural) {
      gender = lower.startsWith("elles") ? 'f' : 0;
    }
    TextSpan span = word.span();
    if (word.text().endsWith("'") || word.text().endsWith("’")) {
      span = new TextSpan(word.start(), word.end());
    }
    return new Mention(span, word.text(), Mention.Kind.PRONOUN, lower, gender, plural, true);
  }

  /** The bounds of the person or body named in {@code [from, to)}, or null. */
  private int[] name(int from, int to) {
    // A name at the start, after its titles: "Russian Foreign Minister Sergei Lavrov".
    int start = from;
    if (isName(from) && !isCourtesy(from)) {
      for (int i = from; i < to && i < from + 8; i++) {
        boolean office =
            (isTitle(i) && !isCourtesy(i)) || "person".equals(lexicon.source(words.get(i).lower()));
        if (office && i + 1 < to && (isName(i + 1) || isCourtesy(i + 1))) {
          start = i + 1;
        }
        if (!isName(i) && !office) {
          break;
        }
      }
    }
    while (start < to && isTitle(start) && !isCourtesy(start) && isTitleOfName(start, to)) {
      start++;
    }
    if (start < to && (isName(start) || (isCourtesy(start) && isName(start + 1)))) {
      return new int[] {start, nameEnd(start, to)};
    }
    if (!in("determiner", from)
        && from < to
        && !isTitle(from)
        && words.get(from).kind() != Word.Kind.NUMBER
        && lexicon.source(words.get(from).lower()) == null) {
      return null;
    }
    // The last name after a common noun or an adjective: "le ministre allemand Heiko Maas".
    int[] best = null;
    for (int i = from + 1; i < to; i++) {
      if (!(isName(i) || (isCourtesy(i) && isName(i + 1))) || isName(i - 1)) {
        continue;
      }
      int end = nameEnd(i, to);
      int first = i;
      if (in("preposition", i - 1) || in("determiner", i - 1) || in("particle", i - 1)) {
        if (isTitle(i) && !isCourtesy(i) && hasHead(from, i)) {
          i = end - 1;
          continue; // "an aide to Senator Lyle Brandvold"
        }
        // "de la Défense José Bono": the institution first, then the name
        while (first < end && isInstitution(first)) {
          first++;
        }
        while (first + 1 < end && isTitle(first) && !isCourtesy(first)) {
          first++; // "la Représentante Gabrielle Giffords"
        }
        if (first == i && end - first > 2 && isAcronym(first)) {
          first++;
        }
        boolean courteous = isCourtesy(i) && !in("preposition", i - 1); // "le Dr Roy"
        if ((first == i && !courteous)
            || first >= end
            || (end - first < 2 && !isTitle(first - 1))) {
          i = end - 1;
          continue;
        }
      } else if (end - first > 2 && isAcronym(first)) {
        first++;
      }
      if (first == i && isInComplement(from, i)) {
        i = end - 1;
        continue; // "un proche du ministre Luc Aubry"
      }
      if (end - first == 1 && isAcronym(first) && isBareRole(first - 1)) {
        i = end - 1;
        continue; // "la déléguée CGT"
      }
      if (first == i && belongsToComplement(from, i)) {
        i = end - 1;
        continue; // "les ouvriers de la fonderie Garrel"
      }
      if (first > from + 1 || best == null) {
        best = new int[] {first, end};
      }
      i = end - 1;
    }
    return best;
  }

  /** Whether somebody or some body stands in {@code [from, to)} that a complement may depend on. */
  private boolean hasHead(int from, int to) {
    for (int i = from; i < to; i++) {
      if (words.get(i).isWord() && lexicon.source(words.get(i).lower()) != null) {
        return true;
      }
    }
    return false;
  }

  /** Whether the name at {@code name} is that of a person whom the phrase's noun belongs to. */
  private boolean isInComplement(int from, int name) {
    boolean person = false;
    for (int j = name - 1; j > from; j--) {
      if (is(j, "de", "d'", "du", "des", "of", "to", "for")) {
        return person && hasHead(from, j);
      }
      person |=
          "person".equals(lexicon.source(words.get(j).lower())) || (isTitle(j) && !isCourtesy(j));
      if (isFinite(j) || isSign(j, ",;:")) {
        return false;
      }
    }
    return false;
  }

  /**
   * Whether the name at {@code i} is that of a complement of the phrase's noun, not of the noun.
   */
  private boolean belongsToComplement(int from, int i) {
    if (isCourtesy(i)
        || lexicon.gender(words.get(i).text()) != 0
        || "person".equals(lexicon.source(words.get(i - 1).lower()))
        || isTitle(i - 1)) {
      return false;
    }
    for (int j = i - 2; j > from && j > i - 4; j--) {
      if (is(j, "de", "d'", "du", "des", "of")) {
        return !isName(i - 1);
      }
    }
    return false;
  }

  private boolean isTitleOfName(int i, int to) {
    for (int j = i + 1; j < Math.min(to, i + 3); j++) {
      if (isName(j) || isCourtesy(j)) {
        return true;
      }
      if (!isTitle(j)) {
        return false;
      }
    }
    return false;
  }

  private boolean isInstitution(int i) {
    return lexicon.in("institution", words.get(i).lower());
  }

  public boolean isAcronym(int i) {
    String word = words.get(i).text();
    return word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
  }

  /** Where the proper name that starts at {@code start} ends, exclusive. */
  public int nameEnd(int start, int to) {
    int i = start;
    if (isCourtesy(i)) {
      i++;
    }
    int names = 0;
    while (i < to) {
      Word word = words.get(i);
      if (isName(i)
          || (names > 0 && word.isCapitalised() && !word.lower().endsWith("'")) // "Kor Ma"
          || (names > 0 && word.isWord() && isJoinedName(i))
          || (names > 0 && word.isWord() && word.text().endsWith(".") && word.isCapitalised())) {
        names++;
        i++;
      } else if (names > 0
          && names < 2
          && in("particle", i)
          && i + 1 < to
          && (isName(i + 1) || (in("particle", i + 1) && i + 2 < to && isName(i + 2)))
          && isSurnameParticle(i)) {
        i++;
      } else if (names > 0 && (is(i, "&") || isSign(i, "&")) && i + 1 < to && isName(i + 1)) {
        i++; // "Spoke & Psalm"
      } else if (names == 0
          && i == start + 1
          && isCourtesy(start)
          && in("particle", i)
          && i + 1 < to
          && (isName(i + 1) || (in("particle", i + 1) && isName(i + 2)))) {
        i++; // "M. d'Astrignac"
      } else if (names > 0
          && in("particle", i)
          && !is(i, "de", "d'", "du", "des", "la", "le", "l'", "les")
          && i + 1 < to
          && isName(i + 1)) {
        i++;
      } else {
        break;
      }
    }
    return Math.max(i, start + 1);
  }

  /** "de" joins a given name and a surname, and else an office and its place. */
  private boolean isSurnameParticle(int i) {
    if (!is(i, "de", "d'", "du", "des", "la", "le")) {
      return true;
    }
    Word before = words.get(i - 1);
    return lexicon.gender(before.text()) != 0 || before.text().indexOf('-') > 0;
  }

  private Mention named(int from, int to, int phraseStart) {
    TextSpan span = new TextSpan(words.get(from).start(), words.get(to - 1).end());
    if (words.get(to - 1).text().endsWith(".")
        && to - from > 1
        && words.get(to - 1).text().length() > 2
        && !isTitle(to - 1)) {
      span = new TextSpan(span.start(), span.end() - 1);
    }
    char gender = 0;
    for (int i = phraseStart; i < to && gender == 0; i++) {
      if (i < from || isCourtesy(i)) {
        gender = genderOf(i);
      } else {
        gender = lexicon.gender(words.get(i).text());
        break;
      }
    }
    if (gender == 0) {
      gender = lexicon.gender(words.get(isCourtesy(from) ? from + 1 : from).text());
    }
    return new Mention(
        span, span.of(text), Mention.Kind.NAME, words.get(to - 1).lower(), gender, false, true);
  }

  private char genderOf(int i) {
    String lower = words.get(i).lower();
    String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    if (lexicon.in("feminine", bare)) {
      return 'f';
    }
    if (lexicon.in("masculine", bare)) {
      return 'm';
    }
    return 0;
  }

  private Mention description(int from, int to) {
    int head = head(from, to);
    String lower = words.get(head).lower();
    String source = lexicon.source(lower);
    boolean plural =
        in("pluraldeterminer", from)
            || words.get(from).kind() == Word.Kind.NUMBER
            || (!french && lower.endsWith("s") && !lower.endsWith("ss") && source != null);
    char gender = 0;
    if (!plural || french) {
      gender = genderOf(from);
      if (gender == 0) {
        gender = genderOf(head);
      }
      if (gender == 0) {
        gender = lexicon.nounGender(lower);
      }
    }
    TextSpan span = new TextSpan(words.get(from).start(), words.get(to - 1).end());
    return new Mention(
        span,
        span.of(text),
        Mention.Kind.DESCRIPTION,
        lower,
        gender,
        plural,
        source != null || isName(head));
  }

  /** The head noun of the description {@code [from, to)}. */
  private int head(int from, int to) {
    int first = -1;
    for (int i = from; i < to; i++) {
      if ((first < 0 && (in("determiner", i) || in("preadjective", i)))
          || words.get(i).kind() == Word.Kind.NUMBER) {
        continue;
      }
      if (!words.get(i).isWord()) {
        break;
      }
      if (first < 0) {
        first = i;
      }
      if (in("preposition", i)
          || in("relative", i)
          || (first != i && is(i, "de", "d'", "du", "des", "of"))) {
        break;
      }
      if (lexicon.source(words.get(i).lower()) != null) {
        return i;
      }
      if (i - from > 4) {
        break;
      }
    }
    return first < 0 ? from : first;
  }

  // ---- subjects

  /** The mention of who does what the verb group from {@code from} says, to its left; or null. */
  public Mention subjectBefore(int from) {
    int j = from - 1;
    while (j >= 0 && (isAdverb(j) || is(j, "-")) && !in("pronoun", j) && !in("barenoun", j)) {
      j--;
    }
    if (j < 0) {
      return null;
    }
    if ((in("subject", j) && !is(j, "nous", "vous"))
        || (in("subject", j) && (j == 0 || !in("subject", j - 1)))) {
      return pronoun(j);
    }
    if (is(j, "qui", "who", "which")) {
      int k = j - 1;
      if (isSign(k, ",")) {
        k--;
      }
      return k < 0 ? null : antecedent(k);
    }
    if (isSign(j, ",)") || words.get(j).isDash()) {
      return subjectBeyondComma(j);
    }
    if (in("conjunction", j)) {
      return null;
    }
    if (j == 0 && french && is(0, "lui", "eux")) {
      return pronoun(0); // "Lui préfère parler de …"
    }
    return phraseEnding(j);
  }

  /** The subject of the first finite verb before word {@code to}, or null; reads no word twice. */
  public Mention mainSubject(int to) {
    for (; main == null && mainRead < to; mainRead++) {
      main = mainSubjectAt(mainRead);
      mainAt = mainRead;
    }
    return main != null && mainAt < to ? main : null;
  }

  private Mention mainSubjectAt(int i) {
    if (words.get(i).kind() == Word.Kind.CLITIC && in("subject", i)) {
      return pronoun(i);
    }
    if (!isFinite(i)) {
      return null;
    }
    int start = i;
    while (start > 0 && in("clitic", start - 1) && !in("subject", start - 1)) {
      start--;
    }
    if (in("relative", start - 1) || is(start - 1, "qui", "who", "which")) {
      return null;
    }
    Mention subject = subjectBefore(start);
    if (subject == null) {
      return null;
    }
    for (int k = start - 1; k >= 0 && k >= start - 12; k--) {
      if (words.get(k).start() < subject.span().start()) {
        return in("subordinator", k) || in("relative", k) ? null : subject;
      }
    }
    return subject;
  }

  /** The person nearest before "qui", else the whole phrase: "le cas d'un détenu qui a dit". */
  private Mention antecedent(int k) {
    for (int i = k; i >= 0 && k - i < 12 && words.get(i).isWord() && !isFinite(i); i--) {
      if (in("determiner", i) && !is(i, "de", "d'", "du")) {
        Mention mention = mention(i, k + 1);
        boolean person =
            mention != null
                && (mention.kind() == Mention.Kind.NAME
                    || "person".equals(lexicon.source(mention.head())));
        if (person) {
          return mention;
        }
      }
    }
    return phraseEnding(k);
  }

  /** Where the phrase or pronoun right before {@code from} starts, or {@code from} if none. */
  public int subjectStart(int from) {
    int j = from - 1;
    while (j >= 0 && isAdverb(j)) {
      j--;
    }
    if (j < 0 || !words.get(j).isWord()) {
      return from;
    }
    if (in("subject", j)) {
      return j;
    }
    if (in("conjunction", j)) {
      return from;
    }
    int[] bounds = phraseBounds(j);
    return bounds == null ? from : bounds[0];
  }

  private Mention phraseEnding(int j) {
    int[] bounds = phraseBounds(j);
    if (bounds == null) {
      return null;
    }
    // "Le ministre, X" was handled by commas; here "X, le ministre" cannot be.
    Mention mention = mention(bounds[0], bounds[1]);
    if (mention != null && mention.kind() == Mention.Kind.NAME && isSign(bounds[0] - 1, ",")) {
      return mention;
    }
    return mention;
  }

  /** The bounds of the noun phrase that ends with word {@code j}, or null. */
  private int[] phraseBounds(int j) {
    int start = j;
    int joint = -1;
    for (int i = j; i >= 0 && j - i < LONGEST; i--) {
      Word word = words.get(i);
      if (word.isPassage() || (word.kind() == Word.Kind.SIGN && !word.isSign("'’/&"))) {
        break;
      }
      if (in("relative", i) || (in("conjunction", i) && !is(i, "et", "and", "ou", "or", "&"))) {
        break;
      }
      if (isFinite(i) && i < j) {
        if (joint >= 0) {
          start = joint + 1;
        } else {
          start = i + 1;
        }
        break;
      }
      if (is(i, "et", "and", "ou", "or") && joint < 0) {
        joint = i;
      }
      start = i;
    }
    if (is(start, "et", "and", "ou", "or", "mais", "but")) {
      start++;
    }
    if (start > j) {
      return null;
    }
    int first = -1;
    for (int i = start; i <= j; i++) {
      if (!isPhraseStart(i)) {
        continue;
      }
      boolean behindPreposition =
          i > start
              && (in("preposition", i - 1)
                  || in("determiner", i - 1)
                  || (in("particle", i - 1)
                      && words.get(i - 1).isWord()
                      && !words.get(i - 1).isCapitalised())
                  || is(i - 1, "et", "and", "ou", "or")
                  || (isName(i - 1) && isName(i))
                  || is(i - 1, "&"));
      if (behindPreposition) {
        continue;
      }
      if (i > start && first >= 0) {
        break;
      }
      first = i;
      if (i == start) {
        break;
      }
    }
    if (first < 0) {
      // a bare noun: "Patron de Total" in a headline, "sources proches du dossier"
      if (words.get(start).isWord() && lexicon.source(words.get(start).lower()) != null) {
        first = start;
      } else if (start == 0 && isTitle(0)) {
        first = 0;
      } else {
        return null;
      }
    }
    int named = first;
    while (first > start && isName(first) && isBareRole(first - 1)) {
      first--; // "spokesman Mark Lenoir"
    }
    while (!french && first < named && first > start && isBareWord(first - 1)) {
      first--; // "artistic director Yolanda Peake"
    }
    // A phrase after an adverbial or, in English, after the noun of a clause without a pronoun:
    // take the last start whose phrase reaches the verb.
    if (first > start || in("time", start) || (!french && in("determiner", first))) {
      for (int i = first + 1; i <= j; i++) {
        boolean free =
            isPhraseStart(i)
                && !in("preposition", i - 1)
                && !in("determiner", i - 1)
                && !in("particle", i - 1)
                && !is(i - 1, "et", "and", "ou", "or")
                && !isName(i - 1)
                && in("determiner", i);
        if (free) {
          first = i;
        }
      }
    }
    return new int[] {first, j + 1};
  }

  private boolean isBareWord(int i) {
    return words.get(i).isWord()
        && !words.get(i).isCapitalised()
        && !isFinite(i)
        && !in("determiner", i)
        && !in("preposition", i)
        && !in("conjunction", i);
  }

  private boolean isBareRole(int i) {
    return words.get(i).isWord()
        && (isTitle(i) || "person".equals(lexicon.source(words.get(i).lower())))
        && !in("determiner", i);
  }

  /** The subject before the parenthesis that the comma at {@code comma} closes. */
  private Mention subjectBeyondComma(int comma) {
    int begin = comma;
    int steps = 0;
    while (begin > 0
        && steps < 120
        && !(isPassage(begin - 1) && (begin == 1 || isSign(begin, ",") || isSign(begin - 2, ",:")))
        && !isSign(begin - 1, ";:")
        && !isSign(begin - 1, ".!?")) {
      begin--;
      steps++;
    }
    List<int[]> chunks = new ArrayList<>();
    int start = begin;
    int paren = 0;
    for (int i = begin; i <= comma; i++) {
      if (isSign(i, "(")) {
        paren++;
      }
      boolean dash = words.get(i).isDash();
      boolean separator =
          (isSign(i, ",") && paren == 0) || isSign(i, "(") || isSign(i, ")") || dash;
      if (isSign(i, ")")) {
        paren = Math.max(0, paren - 1);
      }
      if (separator) {
        if (i > start && !isSign(i, ")")) {
          chunks.add(new int[] {start, i});
        }
        start = i + 1;
      }
    }
    int chosen = -1;
    for (int c = 0; c < chunks.size(); c++) {
      int[] chunk = chunks.get(c);
      int first = chunk[0];
      boolean relative =
          in("relative", first) || (in("preposition", first) && in("relative", first + 1));
      if (relative) {
        continue;
      }
      if (in("conjunction", first) && first + 1 < chunk[1]) {
        first++;
      }
      boolean verb = hasFiniteOutsideRelative(first, chunk[1]);
      int behind = behindRelative(first, chunk[1]);
      if (behind > 0 && (verb || in("preposition", first)) && isPhraseStart(behind)) {
        chosen = c;
        chunk[0] = behind;
        continue;
      }
      if (verb) {
        if (chosen >= 0 && !in("conjunction", chunk[0])) {
          chosen = -1;
        }
        // "mais selon X" or "X a dit que Y": what follows the last conjunction may hold the subject
        continue;
      }
      while (first < chunk[1] && (isAdverb(first) || in("time", first))) {
        first++;
      }
      if (first >= chunk[1]) {
        continue;
      }
      boolean phrase =
          isPhraseStart(first)
              || (lexicon.source(words.get(first).lower()) != null && chosen < 0 && c == 0);
      if (phrase && chosen < 0 && !in("time", first + 1)) {
        chosen = c;
        chunk[0] = first;
      }
    }
    if (chosen < 0) {
      // The subject ends the chunk with the verb: "il affirme que X, Y, a dit": give the last
      // phrase
      int[] last = chunks.isEmpty() ? null : chunks.get(0);
      for (int[] chunk : chunks) {
        if (!in("relative", chunk[0])) {
          last = chunk;
          break;
        }
      }
      return last == null ? null : phraseEnding(last[1] - 1);
    }
    int[] chunk = chunks.get(chosen);
    Mention mention = mention(chunk[0], chunk[1]);
    if (mention != null
        && mention.kind() == Mention.Kind.DESCRIPTION
        && chosen + 1 < chunks.size()) {
      int[] next = chunks.get(chosen + 1);
      Mention name = properName(next[0], next[1]);
      if (name != null && isSign(next[0] - 1, ",")) {
        char gender = name.gender() == 0 ? mention.gender() : name.gender();
        return new Mention(name.span(), name.text(), name.kind(), name.head(), gender, false, true);
      }
    }
    return mention;
  }

  /** The mention of {@code [from, to)} if it is a proper name and no more, else null. */
  Mention properName(int from, int to) {
    if (from + 2 < to && in("determiner", from) && isCourtesy(from + 1)) {
      return properName(from + 1, to); // "le Dr Maud Kervadec"
    }
    if (from >= to || !(isName(from) || isCourtesy(from))) {
      return null;
    }
    if (nameEnd(from, to) != to) {
      return null;
    }
    return mention(from, to);
  }

  /** Whether the first word is a verb in the third person, known or by its form. */
  public boolean opensWithVerb() {
    int verb = 0;
    while (verb < words.size() && in("clitic", verb) && !in("determiner", verb)) {
      verb++;
    }
    if (verb >= words.size() || !words.get(verb).isWord() || words.get(verb).isCapitalised()) {
      return false;
    }
    String lower = words.get(verb).lower();
    boolean known = isFinite(verb) && !in("preposition", verb);
    boolean form =
        lexicon.canBe(lower, Conjugation.Form.FINITE)
            && (isAdverb(verb + 1) || (in("determiner", verb + 1) && !is(verb + 1, "de", "d'")))
            && !in("preposition", verb)
            && lexicon.source(lower) == null;
    return known || form;
  }

  public boolean hasFinite(int from, int to) {
    for (int i = from; i < to; i++) {
      if (isFinite(i)) {
        return true;
      }
    }
    return false;
  }

  /** Where a clause without its verb yet starts after the last relative of the chunk, or -1. */
  private int behindRelative(int from, int to) {
    for (int i = to - 1; i > from; i--) {
      if (isFinite(i)) {
        return -1;
      }
      if (in("relative", i)) {
        return is(i, "qui", "who") ? -1 : i + 1;
      }
    }
    return -1;
  }

  private boolean hasFiniteOutsideRelative(int from, int to) {
    for (int i = from; i < to; i++) {
      if (in("relative", i)) {
        return false;
      }
      if (isFinite(i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The mention of who speaks, after a verb that ends before {@code from}, and where it ends:
   * {@code result[0]} is the end index. Null if no noun phrase stands there.
   */
  Mention subjectAfter(int from, int[] result) {
    int i = from;
    int limit = Math.min(words.size(), from + 18);
    boolean inPhrase = false; // a prepositional phrase is being skipped
    while (i < limit) {
      if (isSign(i, ",") && !inPhrase && i + 1 < limit && i == from) {
        int close = parenthesisEnd(i);
        if (close < 0) {
          return null;
        }
        i = close + 1; // "raconte, amer, Paul Roy"
        continue;
      }
      if ((words.get(i).kind() == Word.Kind.SIGN && !words.get(i).isSign("'’-")) || isPassage(i)) {
        if (isSign(i, ",") && i > from && inPhrase) {
          // "a expliqué, jeudi, le ministre" and "à la radio, le ministre": go on once
          if (isPhraseStart(i + 1) && !in("pronoun", i + 1)) {
            i++;
            inPhrase = false;
            continue;
          }
        }
        return null;
      }
      boolean time =
          in("time", i)
              || (in("determiner", i) && (in("time", i + 1) || isTimeNumber(i + 1)))
              || (words.get(i).kind() == Word.Kind.NUMBER && in("time", i + 1));
      if (time) {
        i += in("determiner", i) || words.get(i).kind() == Word.Kind.NUMBER ? 2 : 1;
        while (in("time", i)
            || (i < limit && words.get(i).kind() == Word.Kind.NUMBER)
            || is(i, "dernier", "dernière", "prochain", "last")) {
          i++;
        }
        inPhrase = false;
        continue;
      }
      if (isPhraseStart(i)
          && !(i > from
              && (in("preposition", i - 1)
                  || in("determiner", i - 1)
                  || in("particle", i - 1)
                  || (inPhrase
                      && ((isName(i - 1) && isName(i) && !isAcronym(i - 1) && !startsName(i))
                          || isAcronym(i)
                          || is(i - 1, "et", "and")))))) {
        break;
      }
      int called = i == from ? nameBehindOffice(i) : -1;
      if (called > 0) {
        i = called;
        break;
      }
      if (!inPhrase
          && words.get(i).isWord()
          && lexicon.source(words.get(i).lower()) != null
          && !in("preposition", i - 1)
          && !in("determiner", i - 1)) {
        break;
      }
      if (in("preposition", i)) {
        inPhrase = true;
      } else if (!inPhrase && !isAdverb(i) && !in("clitic", i) && !in("preadjective", i)) {
        return null;
      }
      if ((in("conjunction", i) && !is(i, "et", "and")) || isFinite(i)) {
        return null;
      }
      i++;
    }
    if (i >= limit) {
      return null;
    }
    int start = i;
    int end = phraseEnd(start);
    Mention mention = mention(start, end);
    if (mention == null) {
      return null;
    }
    result[0] = end;
    if (mention.kind() == Mention.Kind.DESCRIPTION && isSign(end, ",")) {
      int next = end + 1;
      int close = next;
      while (close < words.size() && close < next + 8 && words.get(close).isWord()) {
        close++;
      }
      int nameEnd =
          next < words.size() && (isName(next) || isCourtesy(next)) ? nameEnd(next, close) : next;
      if (nameEnd > next
          && (nameEnd - next >= 2 || isSign(nameEnd, ",.") || nameEnd == words.size())) {
        Mention name = mention(next, nameEnd);
        if (name != null && name.kind() == Mention.Kind.NAME) {
          result[0] = nameEnd;
          char gender = name.gender() == 0 ? mention.gender() : name.gender();
          return new Mention(
              name.span(), name.text(), name.kind(), name.head(), gender, false, true);
        }
      }
    }
    return mention;
  }

  /** "retired lineman Walt Brannigan": the name behind a calling without an article, or -1. */
  private int nameBehindOffice(int i) {
    if (french) {
      return -1;
    }
    int k = i;
    while (k < words.size()
        && k < i + 4
        && words.get(k).isWord()
        && !words.get(k).isCapitalised()
        && !isFinite(k)
        && !in("conjunction", k)
        && !in("preposition", k)) {
      k++;
    }
    return k > i && isName(k) && isName(k + 1) ? k : -1;
  }

  /**
   * The comma that closes a few words without a verb opened at {@code comma}, a name behind; or -1.
   */
  private int parenthesisEnd(int comma) {
    for (int i = comma + 1; i < Math.min(words.size(), comma + 6); i++) {
      if (isSign(i, ",")) {
        return i > comma + 1 && (isName(i + 1) || isCourtesy(i + 1) || in("determiner", i + 1))
            ? i
            : -1;
      }
      if (!words.get(i).isWord() || isFinite(i) || isName(i) || in("relative", i)) {
        return -1;
      }
    }
    return -1;
  }

  /** A given name behind a word that is none: "sur Twitter Luc Perrin". */
  private boolean startsName(int i) {
    return lexicon.gender(words.get(i).text()) != 0
        && lexicon.gender(words.get(i - 1).text()) == 0
        && isName(i + 1);
  }

  private boolean isTimeNumber(int i) {
    return i < words.size()
        && i >= 0
        && words.get(i).kind() == Word.Kind.NUMBER
        && in("time", i + 1);
  }

  /** "au cours d'un point presse", "à l'issue du match": when it was said is no part of who. */
  private boolean isOccasion(int i) {
    int noun = in("determiner", i + 1) ? i + 2 : i + 1;
    return in("occasion", noun);
  }

  /** Where the noun phrase that starts at {@code start} ends, exclusive. */
  public int phraseEnd(int start) {
    int i = start;
    boolean part = is(i, "one") && is(i + 1, "of") && !in("pronoun", i + 2);
    if (in("pronoun", i) && !in("determiner", i) && !part) {
      return i + 1;
    }
    boolean named = isName(start) || isCourtesy(start);
    if (named) {
      i = nameEnd(start, words.size());
      if (!is(i, "de", "d'", "du", "des", "of", "et", "and", "'s")) {
        return i;
      }
    } else {
      i++;
    }
    while (i < words.size() && i - start < LONGEST) {
      Word word = words.get(i);
      if (word.isPassage() || (word.kind() == Word.Kind.SIGN && !word.isSign("'’/&"))) {
        break;
      }
      if (in("time", i) && !in("preposition", i - 1) && !in("determiner", i - 1)) {
        break;
      }
      if ((in("circumstance", i) && !isName(i))
          || (i > start && in("medium", i) && in("owned", i + 1))) {
        break;
      }
      if (i > start && in("occasionprep", i) && isOccasion(i)) {
        break;
      }
      boolean hearers =
          is(i, "au", "aux", "to")
              && (in("press", i + 1)
                  || (is(i, "aux")
                      && i + 1 < words.size()
                      && "person".equals(lexicon.source(words.get(i + 1).lower()))));
      if (hearers
          || (is(i, "pour") && (in("clitic", i + 1) && !in("determiner", i + 2)))
          || (i > start && in("subject", i) && !in("preposition", i - 1))) {
        break;
      }
      if (in("determiner", i) && in("time", i + 1) && !is(i, "de", "d'", "du")) {
        break;
      }
      if (in("relative", i) || (in("conjunction", i) && !is(i, "et", "and"))) {
        break;
      }
      if (is(i, "et", "and") && (isFinite(i + 1) || in("subject", i + 1) || isAdverb(i + 1))) {
        break;
      }
      if (isFinite(i) && i > start + (in("determiner", start) ? 1 : 0)) {
        break;
      }
      if (lexicon.isGerund(word.lower())
          && lexicon.source(word.lower()) == null
          && !word.isCapitalised()) {
        break;
      }
      i++;
    }
    return i;
  }
}
