package dev.verso.translation;

import dev.verso.language.WordLists;
import dev.verso.model.WordList;
import dev.verso.text.Cancellation;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names of a source that its translation should hold letter for letter.
 *
 * <p>A name here is a run of two or more letters, the first a capital, inside a sentence (behind a
 * word, a comma or semicolon, a bracket or an elided article), that is not in the list of the
 * source language's words which have another form in the target language: <i>Barrot</i> and
 * <i>Unasur</i> are, <i>Londres</i> and <i>Soleil</i> are not. With an article that has a capital,
 * too, such a word is a name all the same: <i>Le Monde</i> is a newspaper. At a sentence's
 * beginning any word has a capital, so what stands there is left alone unless it is a {@link
 * PersonNames} name; so are plurals ({@code les Éphésiens}), which name peoples and are seldom the
 * same in both languages.
 *
 * <p>Immutable and thread-safe; linear in the text.
 */
final class Names {

  private static final Set<String> PLURAL_ARTICLES = Set.of("les", "des", "aux", "ces");

  private static final List<String> CAPITAL_ARTICLES = List.of("Le ", "La ", "Les ");

  /** Places that have an article with a capital in French and another name in English. */
  private static final Set<String> ELSEWHERE =
      WordLists.lines(Names.class, "names.fr.txt").stream()
          .filter(line -> line.startsWith("articled:"))
          .flatMap(line -> WordLists.words(line.substring("articled:".length())).stream())
          .collect(Collectors.toUnmodifiableSet());

  /** Names of so many letters have an adjective that begins as they do: Canada, Canadian. */
  private static final int LEAST_STEM = 4;

  private final WordList translated;

  /**
   * @param translated words of the source language that have another form in the target language
   */
  Names(WordList translated) {
    this.translated = translated;
  }

  /** The names in a text, in order. */
  List<TextSpan> in(String text) {
    List<TextSpan> names = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean letter = i < text.length() && Character.isLetter(text.charAt(i));
      if (letter && start < 0) {
        start = i;
      } else if (!letter && start >= 0) {
        if (i - start > 1 && Character.isUpperCase(text.charAt(start)) && isInside(text, start)) {
          int article = capitalArticle(text, start);
          if (!translated.contains(text.substring(start, i))) {
            if (!isPlural(text, start, i)) {
              names.add(new TextSpan(start, i));
            }
          } else if (article < start
              && !ELSEWHERE.contains(text.substring(start, i))
              && !CAPITAL_ARTICLES.contains(text.substring(start, i) + " ")) {
            names.add(new TextSpan(article, i));
          }
        }
        start = -1;
      }
    }
    return names;
  }

  /** The names that a translation lacks, persons' full ones among them. */
  List<TextSpan> lost(String text, String translation) {
    return lost(text, translation, Cancellation.NONE);
  }

  /**
   * The names that a translation lacks, and of which it has no adjective. O(names · length).
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  List<TextSpan> lost(String text, String translation, Cancellation cancellation) {
    String words = translation.toLowerCase(Locale.ROOT);
    List<TextSpan> persons = PersonNames.in(text);
    List<TextSpan> lost = new ArrayList<>();
    for (TextSpan person : persons) {
      cancellation.check();
      if (!Glossary.holdsInLowerCase(words, person.of(text))) {
        lost.add(person);
      }
    }
    for (TextSpan name : in(text)) {
      cancellation.check();
      if (persons.stream().noneMatch(name::overlaps)
          && !Glossary.holdsInLowerCase(words, name.of(text))
          && !hasAdjective(words, name.of(text).toLowerCase(Locale.ROOT))) {
        lost.add(name);
      }
    }
    Collections.sort(lost);
    return lost;
  }

  private static boolean hasAdjective(String words, String name) {
    String stem = name.substring(0, name.length() - 1);
    if (stem.length() < LEAST_STEM) {
      return false;
    }
    for (int at = words.indexOf(stem); at >= 0; at = words.indexOf(stem, at + 1)) {
      int letters = at + name.length() + 1;
      boolean begins = at == 0 || !Character.isLetter(words.charAt(at - 1));
      if (begins && letters < words.length() && Character.isLetter(words.charAt(letters))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where the article with a capital before a word begins, itself inside a sentence; or {@code at}.
   */
  private static int capitalArticle(String text, int at) {
    for (String article : CAPITAL_ARTICLES) {
      int start = at - article.length();
      if (text.startsWith(article, Math.max(0, start)) && start > 0 && isInside(text, start)) {
        return start;
      }
    }
    return at;
  }

  private static boolean isPlural(String text, int start, int end) {
    int space = text.lastIndexOf(' ', start - 2);
    String before = text.substring(space + 1, start - 1).toLowerCase(Locale.ROOT);
    return text.charAt(end - 1) == 's' && PLURAL_ARTICLES.contains(before);
  }

  /** Whether what stands at {@code at} cannot be the first word of a sentence. */
  private static boolean isInside(String text, int at) {
    if (at < 2) {
      return false;
    }
    char before = text.charAt(at - 1);
    char further = text.charAt(at - 2);
    if (before == ' ') {
      return Character.isLetterOrDigit(further) || ",;(".indexOf(further) >= 0;
    }
    return before == '(' || ((before == '\'' || before == '’') && Character.isLetter(further));
  }
}
