package dev.verso.language;

import dev.verso.text.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The closed classes of a language's words, its most common verbs with all their forms, and the
 * gender of given names. Read once from the data files beside this class; immutable, thread-safe.
 */
public final class Grammar {

  private static final Grammar FRENCH = new Grammar(Language.FRENCH);
  private static final Grammar ENGLISH = new Grammar(Language.ENGLISH);

  private final Language language;
  private final Map<String, Set<String>> classes = new HashMap<>();
  private final List<Conjugation.Inflected> verbs;
  private final Map<String, Character> givenNames = new HashMap<>();

  private Grammar(Language language) {
    this.language = language;
    String tag = language.tag();
    for (String line : WordLists.lines(Grammar.class, "grammar." + tag + ".txt")) {
      int colon = line.indexOf(':');
      classes.put(line.substring(0, colon), Set.copyOf(WordLists.words(line.substring(colon + 1))));
    }
    List<Conjugation.Inflected> forms = new ArrayList<>();
    for (String line : WordLists.lines(Grammar.class, "verbs." + tag + ".txt")) {
      for (String verb : WordLists.words(line)) {
        forms.addAll(inflect(verb));
      }
    }
    this.verbs = List.copyOf(forms);
    for (String line : WordLists.lines(Grammar.class, "given-names.txt")) {
      for (String name : WordLists.words(line.substring(2))) {
        givenNames.putIfAbsent(name.toLowerCase(Locale.ROOT), line.charAt(0));
      }
    }
  }

  /** The grammar of {@code language}. */
  public static Grammar of(Language language) {
    return language == Language.FRENCH ? FRENCH : ENGLISH;
  }

  /**
   * All forms of a verb: a French infinitive, an English base form, or an English verb's five forms
   * with slashes between.
   */
  public List<Conjugation.Inflected> inflect(String verb) {
    return language == Language.FRENCH ? Conjugation.of(verb) : EnglishForms.of(verb);
  }

  /** Whether {@code lower} can be this form of a regular verb, known or not. */
  public boolean canBe(String lower, Conjugation.Form kind) {
    return language == Language.FRENCH
        ? Conjugation.canBe(lower, kind)
        : kind != Conjugation.Form.INFINITIVE
            && kind != Conjugation.Form.GERUND
            && EnglishForms.canBePast(lower);
  }

  /** The forms of the most common verbs. */
  public List<Conjugation.Inflected> commonVerbs() {
    return verbs;
  }

  /** Whether there is a closed class of this name. */
  public boolean has(String category) {
    return classes.containsKey(category);
  }

  /**
   * Whether {@code lower} belongs to the closed class.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public boolean in(String category, String lower) {
    Set<String> words = classes.get(category);
    if (words == null) {
      throw new IllegalArgumentException("no class of words " + category);
    }
    return words.contains(lower);
  }

  /** Whether {@code lower} is an adverb, by the list or by its ending. */
  public boolean isAdverb(String lower) {
    return in("adverb", lower)
        || (language == Language.FRENCH
            ? lower.length() > 6 && lower.endsWith("ment") && !in("mentnoun", lower)
            : lower.length() > 4 && lower.endsWith("ly"));
  }

  /** The gender of a given name: {@code m}, {@code f}, or 0 when the name does not tell. */
  public char gender(String givenName) {
    return givenNames.getOrDefault(givenName.toLowerCase(Locale.ROOT), (char) 0);
  }

  /** The gender that the ending of a French noun tells: {@code m}, {@code f}, or 0. */
  public char nounGender(String noun) {
    if (language != Language.FRENCH) {
      return 0;
    }
    String singular = noun.endsWith("s") ? noun.substring(0, noun.length() - 1) : noun;
    if (singular.endsWith("tion")
        || singular.endsWith("ité")
        || singular.endsWith("euse")
        || singular.endsWith("trice")
        || singular.endsWith("enne")
        || singular.endsWith("ière")) {
      return 'f';
    }
    if (singular.endsWith("eur") || singular.endsWith("ien") || singular.endsWith("ment")) {
      return 'm';
    }
    return 0;
  }
}
