package dev.verso.quote.cue;

import dev.verso.language.Conjugation;
import dev.verso.language.Grammar;
import dev.verso.language.WordLists;
import dev.verso.text.Language;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the extractor knows of the words of one language: those that report, with their shades and
 * all their forms; nouns that can speak; the classes of words that matter around quotations, and
 * through {@link Grammar} the closed classes. Read once from the data files beside this class;
 * immutable once read, thread-safe.
 */
public final class ReportingLexicon {

  /**
   * A word that reports.
   *
   * @param lemma its dictionary form
   * @param shade what the source does by it: say, assert, claim, deny…
   * @param frames what it may introduce, see the head of the data file
   * @param reflexive whether only its reflexive forms report
   */
  public record Entry(String lemma, String shade, String frames, boolean reflexive) {
    public boolean allows(char frame) {
      return frames.indexOf(frame) >= 0;
    }

    public boolean isWeak() {
      return allows('w');
    }
  }

  /** One way to read a form. */
  public record Reading(Entry entry, Conjugation.Form form) {}

  private static final Map<Language, ReportingLexicon> LOADED = new EnumMap<>(Language.class);

  private static final String[][] FEMININES = {
    {"ère", "er"}, {"euse", "eur"}, {"trice", "teur"}, {"enne", "en"}, {"e", ""}
  };

  private final Language language;
  private final Grammar grammar;
  private final Map<String, List<Reading>> readings = new HashMap<>();
  private final Map<String, Entry> nouns = new HashMap<>();
  private final Map<String, Entry> adjectives = new HashMap<>();
  private final Set<String> finite = new HashSet<>();
  private final Set<String> infinitives = new HashSet<>();
  private final Set<String> participles = new HashSet<>();
  private final Set<String> gerunds = new HashSet<>();
  private final Map<String, Set<String>> classes = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();

  private ReportingLexicon(Language language) {
    this.language = language;
    String tag = language.tag();
    this.grammar = Grammar.of(language);
    for (String line : WordLists.lines(ReportingLexicon.class, "words." + tag + ".txt")) {
      int colon = line.indexOf(':');
      classes.put(line.substring(0, colon), Set.copyOf(WordLists.words(line.substring(colon + 1))));
    }
    for (String line : WordLists.lines(ReportingLexicon.class, "reporting." + tag + ".tsv")) {
      reporting(line.split("\t"));
    }
    for (String line : WordLists.lines(ReportingLexicon.class, "nouns." + tag + ".tsv")) {
      String[] cells = line.split("\t");
      List<String> forms = WordLists.words(cells[0]);
      for (String form : forms) {
        nouns.put(form, new Entry(forms.get(0), cells[1], "dm", false));
      }
    }
    for (Conjugation.Inflected form : grammar.commonVerbs()) {
      add(form);
    }
    for (String line : WordLists.lines(ReportingLexicon.class, "sources." + tag + ".txt")) {
      int colon = line.indexOf(':');
      String kind = line.substring(0, colon);
      for (String noun : WordLists.words(line.substring(colon + 1))) {
        sources.putIfAbsent(noun, kind);
      }
    }
    readings.replaceAll((form, list) -> List.copyOf(list));
  }

  /** The lexicon of {@code language}, read on first use. */
  public static synchronized ReportingLexicon of(Language language) {
    return LOADED.computeIfAbsent(language, ReportingLexicon::new);
  }

  /** The language of its words. */
  public Language language() {
    return language;
  }

  private void reporting(String[] cells) {
    String lemma = cells[0];
    if (lemma.startsWith("=")) {
      List<String> forms = WordLists.words(lemma.substring(1));
      for (String form : forms) {
        adjectives.put(form, new Entry(forms.get(0), cells[1], cells[2], false));
      }
      return;
    }
    boolean reflexive = lemma.startsWith("se ") || lemma.startsWith("s'");
    String verb =
        lemma.startsWith("se ")
            ? lemma.substring(3)
            : lemma.startsWith("s'") ? lemma.substring(2) : lemma;
    inflect(verb, new Entry(lemma.split("/")[0], cells[1], cells[2], reflexive));
  }

  private void inflect(String verb, Entry entry) {
    for (Conjugation.Inflected form : grammar.inflect(verb)) {
      readings
          .computeIfAbsent(form.text(), key -> new ArrayList<>(2))
          .add(new Reading(entry, form.form()));
      add(form);
    }
  }

  private void add(Conjugation.Inflected form) {
    switch (form.form()) {
      case FINITE -> finite.add(form.text());
      case INFINITIVE -> infinitives.add(form.text());
      case PARTICIPLE -> participles.add(form.text());
      case GERUND -> gerunds.add(form.text());
    }
  }

  /** The ways in which the form reports; empty if it does not. */
  public List<Reading> readings(String lower) {
    return readings.getOrDefault(lower, List.of());
  }

  /** Whether {@code lower} is a noun that stands for speech. */
  public boolean isSpeechNoun(String lower) {
    return nouns.containsKey(lower);
  }

  /** The noun of speech that {@code lower} is, or null. */
  Entry noun(String lower) {
    return nouns.get(lower);
  }

  /** The adjective of opinion that {@code lower} is, or null. */
  Entry adjective(String lower) {
    return adjectives.get(lower);
  }

  boolean isFinite(String lower) {
    return finite.contains(lower);
  }

  boolean isInfinitive(String lower) {
    return infinitives.contains(lower);
  }

  public boolean isParticiple(String lower) {
    return participles.contains(lower);
  }

  boolean isGerund(String lower) {
    return gerunds.contains(lower);
  }

  /** Whether there is a closed class of this name. */
  public boolean has(String category) {
    return classes.containsKey(category) || grammar.has(category);
  }

  /** Whether {@code lower} belongs to the closed class. */
  public boolean in(String category, String lower) {
    Set<String> words = classes.get(category);
    return words == null ? grammar.in(category, lower) : words.contains(lower);
  }

  /** Whether {@code lower} is an adverb; see {@link Grammar#isAdverb}. */
  public boolean isAdverb(String lower) {
    return grammar.isAdverb(lower);
  }

  /**
   * What the noun can be in the news, {@code person}, {@code group} or {@code document}, or null.
   */
  public String source(String lower) {
    String kind = sources.get(lower);
    if (kind == null && (lower.endsWith("s") || lower.endsWith("x"))) {
      kind = sources.get(lower.substring(0, lower.length() - 1));
    }
    if (kind == null && language == Language.FRENCH) {
      kind = masculine(lower);
    }
    if (kind == null && lower.indexOf('-') > 0) {
      kind = sources.get(lower.substring(0, lower.indexOf('-')));
      if (kind == null) {
        kind = sources.get(lower.substring(lower.lastIndexOf('-') + 1));
      }
    }
    return kind;
  }

  /** The kind of the masculine that the feminine {@code lower} is formed from, or null. */
  private String masculine(String lower) {
    String word = lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
    for (String[] endings : FEMININES) {
      if (word.endsWith(endings[0])
          && word.length() > endings[0].length() + 2
          && !word.endsWith("ie")) {
        String kind =
            sources.get(word.substring(0, word.length() - endings[0].length()) + endings[1]);
        if ("person".equals(kind)) {
          return kind;
        }
      }
    }
    return null;
  }

  /** Whether {@code lower} can be this form of a regular verb; see {@link Grammar#canBe}. */
  boolean canBe(String lower, Conjugation.Form form) {
    return grammar.canBe(lower, form);
  }

  /** The gender of a given name; see {@link Grammar#gender}. */
  public char gender(String givenName) {
    return grammar.gender(givenName);
  }

  /** The gender that a noun's ending tells; see {@link Grammar#nounGender}. */
  char nounGender(String noun) {
    char gender = grammar.nounGender(noun);
    return gender != 0 || language != Language.FRENCH ? gender : pairedGender(noun);
  }

  /** The gender of a noun that the data lists in both, {@code élu} and {@code élue}; or 0. */
  private char pairedGender(String noun) {
    for (String[] endings : FEMININES) {
      boolean feminine = noun.endsWith(endings[0]) && noun.length() > endings[0].length() + 1;
      if (feminine
          && sources.containsKey(
              noun.substring(0, noun.length() - endings[0].length()) + endings[1])) {
        return 'f';
      }
      boolean masculine = noun.endsWith(endings[1]);
      if (masculine
          && sources.containsKey(
              noun.substring(0, noun.length() - endings[1].length()) + endings[0])) {
        return 'm';
      }
    }
    return 0;
  }
}
