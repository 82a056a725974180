package dev.verso.translation;

import dev.verso.language.Stems;
import dev.verso.language.WordLists;
import dev.verso.text.Accents;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * French words and phrases that a network has seldom read, and what dictionaries say they are in
 * English.
 *
 * <p>A row of {@code dictionary.tsv} is a French expression, what lists say it is in English, and
 * what else it can be. It stands where its words stand one after the other, a plural s or x aside;
 * the longest is found first. A translation has it if it has all words of one of its English
 * expressions in some form, by their {@link Stems}, in any order.
 *
 * <p>Immutable and thread-safe; linear in the text.
 */
final class RareWords {

  private static final Pattern WORD =
      Pattern.compile("\\p{L}[\\p{L}\\p{M}]*(?:-\\p{L}[\\p{L}\\p{M}]*)*");
  private static final Pattern GRADE = Pattern.compile("\\b(\\p{L}{3,})e(?:r|st)\\b");
  private static final int MOST_WORDS = 4;

  /** More expressions than this are a list of words, and too many for the places of a beam. */
  private static final int MOST_LOST = 8;

  /** What the dictionary says of one expression. */
  private record Row(String french, String wanted, String others) {

    List<String> forms() {
      return List.of(wanted.split("\\|"));
    }

    /** Whether one of all expressions is there, each word in some form. */
    boolean isAmong(Set<String> stems) {
      return Stream.of((wanted + "|" + others).split("\\|"))
          .filter(english -> !english.isEmpty())
          .anyMatch(english -> stems.containsAll(stems(english)));
    }
  }

  /**
   * An expression of a text.
   *
   * @param span where it stands
   * @param forms what may stand for it, the likeliest first
   */
  record Lost(TextSpan span, List<String> forms) {}

  // By their words in lower case; a row is taken apart when it is found.
  private final Map<String, String> names;
  private final Map<String, String> words;

  private RareWords(List<String> lines) {
    names = new HashMap<>(2 * lines.size());
    words = new HashMap<>(2 * lines.size());
    for (String line : lines) {
      String french = line.substring(0, line.indexOf('\t'));
      Map<String, String> rows = Character.isUpperCase(french.charAt(0)) ? names : words;
      rows.putIfAbsent(key(french), line);
    }
  }

  private static final class Shipped {
    static final RareWords WORDS =
        new RareWords(WordLists.lines(RareWords.class, "dictionary.tsv"));
  }

  /** The dictionary that comes with Verso; read once. */
  static RareWords shipped() {
    return Shipped.WORDS;
  }

  private static Row row(String line) {
    String[] columns = line.split("\t", -1);
    return new Row(columns[0], columns[1], columns[2]);
  }

  /** An expression's words between single spaces, as the text's are looked up. */
  private static String key(String french) {
    return french.toLowerCase(Locale.FRENCH).replace('\'', ' ').replace('’', ' ');
  }

  private static Set<String> stems(String english) {
    Set<String> stems = new HashSet<>();
    Matcher matcher = WORD.matcher(english);
    while (matcher.find()) {
      for (String part : matcher.group().split("-")) {
        stems.add(Stems.of(Accents.folded(part).toLowerCase(Locale.ENGLISH), Language.ENGLISH));
      }
    }
    return stems;
  }

  /** The stems of a text, and those of adjectives that it has in a comparative or superlative. */
  private static Set<String> stemsAndGrades(String english) {
    Set<String> stems = stems(english);
    Matcher matcher = GRADE.matcher(english);
    while (matcher.find()) {
      String stem = matcher.group(1).toLowerCase(Locale.ENGLISH);
      String single = stem.substring(0, stem.length() - 1);
      for (String base : List.of(stem, stem + "e", single, single + "y")) {
        stems.add(Stems.of(base, Language.ENGLISH));
      }
    }
    return stems;
  }

  /**
   * The expressions of a text of which a translation has nothing, in order; none at all if there
   * are more than {@value #MOST_LOST}.
   */
  List<Lost> lost(String text, String translation) {
    List<TextSpan> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(new TextSpan(matcher.start(), matcher.end()));
    }
    List<TextSpan> persons = PersonNames.in(text);
    List<Lost> lost = new ArrayList<>();
    Set<String> there = null;
    for (int i = 0; i < words.size(); ) {
      Optional<Lost> here = Optional.empty();
      int next = i + 1;
      for (int n = Math.min(MOST_WORDS, words.size() - i); n > 0; n--) {
        TextSpan span = new TextSpan(words.get(i).start(), words.get(i + n - 1).end());
        Optional<Found> found = find(text, words.subList(i, i + n), span);
        if (found.isPresent()) {
          there = there == null ? stemsAndGrades(translation) : there;
          if (!found.get().row().isAmong(there) && persons.stream().noneMatch(span::overlaps)) {
            here = Optional.of(new Lost(span, found.get().forms(span.start() == 0)));
          }
          next = i + n;
          break;
        }
      }
      here.ifPresent(lost::add);
      i = next;
    }
    return lost.size() > MOST_LOST ? List.of() : lost;
  }

  /** A row, and whether it stands in the plural. */
  private record Found(Row row, boolean plural) {

    List<String> forms(boolean first) {
      List<String> forms = new ArrayList<>();
      for (String wanted : row.forms()) {
        boolean plain = Character.isLowerCase(wanted.codePointBefore(wanted.length()));
        if (plural && plain && !wanted.endsWith("s")) {
          forms.add(pluralOf(wanted));
        }
        forms.add(wanted);
      }
      if (first) {
        forms.addAll(
            0,
            forms.stream()
                .map(form -> Character.toUpperCase(form.charAt(0)) + form.substring(1))
                .toList());
      }
      return forms.stream().distinct().toList();
    }
  }

  private static String pluralOf(String english) {
    if (english.matches(".*[^aeiou]y")) {
      return english.substring(0, english.length() - 1) + "ies";
    }
    return english + (english.matches(".*(x|z|ch|sh)") ? "es" : "s");
  }

  private Optional<Found> find(String text, List<TextSpan> own, TextSpan span) {
    for (int k = 1; k < own.size(); k++) {
      String between = text.substring(own.get(k - 1).end(), own.get(k).start());
      if (between.length() != 1 || " '’\u00a0\u202f".indexOf(between.charAt(0)) < 0) {
        return Optional.empty();
      }
    }
    List<String> lower =
        own.stream().map(word -> word.of(text).toLowerCase(Locale.FRENCH)).toList();
    String exact = String.join(" ", lower);
    String singular = lower.stream().map(RareWords::singular).collect(Collectors.joining(" "));
    // A name is one in its capitals only, and other words have none inside a sentence: the Aigle
    // is a river, an aigle a bird, and the Colbert Report no postponement.
    boolean capital = Character.isUpperCase(text.charAt(span.start()));
    boolean name = capital && (span.start() > 0 || isBeforeACapital(text, span.end()));
    Stream<Map<String, String>> maps =
        !capital ? Stream.of(words) : name ? Stream.of(names) : Stream.of(names, words);
    return maps.flatMap(
            rows ->
                Stream.concat(
                    Stream.ofNullable(rows.get(exact)).map(line -> new Found(row(line), false)),
                    Stream.ofNullable(rows.get(singular)).map(line -> new Found(row(line), true))))
        .findFirst();
  }

  /** A sentence's first word is a name before another: Piquet Jr. */
  private static boolean isBeforeACapital(String text, int at) {
    return at + 1 < text.length()
        && text.charAt(at) == ' '
        && Character.isUpperCase(text.charAt(at + 1));
  }

  private static String singular(String word) {
    boolean plural = word.length() > 3 && (word.endsWith("s") || word.endsWith("x"));
    return plural ? word.substring(0, word.length() - 1) : word;
  }
}
