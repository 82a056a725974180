package dev.verso.translation;

import dev.verso.language.WordLists;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Full names of persons in a French text: a French given name and what follows it, or a title and a
 * surname. They stay letter for letter wherever they stand, at a sentence's beginning and where the
 * surname is a word, too: <i>Jean Petit</i> is not John Small.
 *
 * <p>Kings, popes, saints and some figures of history have English names and are left out.
 * Stateless; linear in the text.
 */
final class PersonNames {

  private static final Set<String> GIVEN = words("given");
  private static final Set<String> TITLES = words("titles");
  private static final Set<String> PARTICLES = words("particles");
  private static final Set<String> ELSEWHERE = words("elsewhere");
  private static final Set<String> BEFORE = words("before");

  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}'’-]*+");
  private static final Pattern ROMAN = Pattern.compile("[IVX]+(?:er)?|Ier|premier");

  /** Surnames of one person, such as two joined by custom. */
  private static final int MOST_SURNAMES = 3;

  private PersonNames() {}

  private static Set<String> words(String kind) {
    Set<String> words = new HashSet<>();
    for (String line : WordLists.lines(PersonNames.class, "names.fr.txt")) {
      if (line.startsWith(kind + ":")) {
        words.addAll(WordLists.words(line.substring(kind.length() + 1)));
      }
    }
    return Set.copyOf(words);
  }

  /** The names, in order, disjoint; a title is not part of one. */
  static List<TextSpan> in(String text) {
    List<TextSpan> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(new TextSpan(matcher.start(), matcher.end()));
    }
    List<TextSpan> names = new ArrayList<>();
    int i = 0;
    while (i < words.size()) {
      int end = end(text, words, i);
      if (end > i) {
        names.add(new TextSpan(words.get(i).start(), words.get(end - 1).end()));
        i = end;
      } else {
        i++;
      }
    }
    return names;
  }

  /** The word after the last of a name that begins with word {@code i}; {@code i} if none does. */
  private static int end(String text, List<TextSpan> words, int i) {
    boolean titled = i > 0 && isTitle(text, words.get(i - 1), words.get(i));
    boolean given = isGiven(words.get(i).of(text));
    if (!given && !(titled && isCapitalized(words.get(i).of(text)))) {
      return i;
    }
    if (i > 0
        && isNext(text, words.get(i - 1), words.get(i))
        && BEFORE.contains(words.get(i - 1).of(text).toLowerCase(Locale.ROOT))) {
      return i;
    }
    int at = i + 1;
    while (at < words.size()
        && isNext(text, words.get(at - 1), words.get(at))
        && isGiven(words.get(at).of(text))) {
      at++;
    }
    int surnames = at;
    int particles = 0;
    while (at < words.size()
        && surnames - i < MOST_SURNAMES + 2
        && isNext(text, words.get(at - 1), words.get(at))) {
      String word = words.get(at).of(text);
      if (isCapitalized(word)) {
        if (ELSEWHERE.contains(word) || ROMAN.matcher(word).matches()) {
          return i;
        }
        at++;
        surnames = at;
        particles = 0;
      } else if (PARTICLES.contains(word) && particles < 2) {
        at++;
        particles++;
      } else {
        break;
      }
    }
    return surnames > i + 1 || titled ? surnames : i;
  }

  private static boolean isGiven(String word) {
    if (GIVEN.contains(word)) {
      return true;
    }
    int hyphen = word.indexOf('-');
    return hyphen > 0
        && GIVEN.contains(word.substring(0, hyphen))
        && Character.isUpperCase(word.charAt(Math.min(word.length() - 1, hyphen + 1)));
  }

  private static boolean isCapitalized(String word) {
    return word.length() > 1
        && Character.isUpperCase(word.charAt(0))
        && word.chars().anyMatch(Character::isLowerCase)
        && "'’".indexOf(word.charAt(1)) < 0;
  }

  /** Only one space lies between two words. */
  private static boolean isNext(String text, TextSpan word, TextSpan next) {
    return next.start() == word.end() + 1
        && (text.charAt(word.end()) == ' ' || text.charAt(word.end()) == '\u00A0');
  }

  private static boolean isTitle(String text, TextSpan word, TextSpan next) {
    String title = word.of(text);
    if (text.startsWith(".", word.end())) {
      return TITLES.contains(title + ".")
          && next.start() == word.end() + 2
          && Character.isSpaceChar(text.charAt(word.end() + 1));
    }
    return TITLES.contains(title) && isNext(text, word, next);
  }
}
