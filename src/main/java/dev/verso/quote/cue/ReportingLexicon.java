package dev.verso.quote.cue;

import dev.verso.language.Conjugation;
import dev.verso.language.EnglishForms;
import dev.verso.text.Language;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the extractor knows of the words of one language: those that report, with their shades and
 * all their forms; the closed classes; nouns that can speak; given names. Read once from the data
 * files beside this class.
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
  private final Map<String, List<Reading>> readings = new HashMap<>();
  private final Map<String, Entry> nouns = new HashMap<>();
  private final Map<String, Entry> adjectives = new HashMap<>();
  private final Set<String> finite = new HashSet<>();
  private final Set<String> infinitives = new HashSet<>();
  private final Set<String> participles = new HashSet<>();
  private final Set<String> gerunds = new HashSet<>();
  private final Map<String, Set<String>> classes = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();
  private final Map<String, Character> givenNames = new HashMap<>();

  private ReportingLexicon(Language language) {
    this.language = language;
    String tag = language.tag();
    for (String line : lines("grammar." + tag + ".txt")) {
      int colon = line.indexOf(':');
      classes.put(
          line.substring(0, colon),
          Set.of(words(line.substring(colon + 1)).toArray(String[]::new)));
    }
    for (String line : lines("reporting." + tag + ".tsv")) {
      reporting(line.split("\t"));
    }
    for (String line : lines("nouns." + tag + ".tsv")) {
      String[] cells = line.split("\t");
      List<String> forms = words(cells[0]);
      for (String form : forms) {
        nouns.put(form, new Entry(forms.get(0), cells[1], "dm", false));
      }
    }
    for (String line : lines("verbs." + tag + ".txt")) {
      for (String verb : words(line)) {
        inflect(verb, null);
      }
    }
    for (String line : lines("sources." + tag + ".txt")) {
      int colon = line.indexOf(':');
      String kind = line.substring(0, colon);
      for (String noun : words(line.substring(colon + 1))) {
        sources.putIfAbsent(noun, kind);
      }
    }
    for (String line : lines("given-names.txt")) {
      for (String name : line.substring(2).trim().split(" +")) {
        givenNames.putIfAbsent(name.toLowerCase(Locale.ROOT), line.charAt(0));
      }
    }
  }

  /** The lexicon of {@code language}, read on first use. */
  public static synchronized ReportingLexicon of(Language language) {
    return LOADED.computeIfAbsent(language, ReportingLexicon::new);
  }

  /** The language of its words. */
  public Language language() {
    return language;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String word : line.trim().split(" +")) {
      if (!word.isEmpty() && seen.add(word)) {
        words.add(word);
      }
    }
    return words;
  }

  private static List<String> lines(String file) {
    try (InputStream in = ReportingLexicon.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: dev/verso/quote/cue/" + file);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      List<String> lines = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && line.charAt(0) != '#') {
          lines.add(line);
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read dev/verso/quote/cue/" + file, e);
    }
  }

  private void reporting(String[] cells) {
    String lemma = cells[0];
    if (lemma.startsWith("=")) {
      List<String> forms = words(lemma.substring(1));
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
    List<Conjugation.Inflected> forms =
        language == Language.FRENCH ? Conjugation.of(verb) : EnglishForms.of(verb);
    for (Conjugation.Inflected form : forms) {
      if (entry != null) {
        List<Reading> list = readings.computeIfAbsent(form.text(), key -> new ArrayList<>(2));
        list.add(new Reading(entry, form.form()));
      }
      switch (form.form()) {
        case FINITE -> finite.add(form.text());
        case INFINITIVE -> infinitives.add(form.text());
        case PARTICIPLE -> participles.add(form.text());
        case GERUND -> gerunds.add(form.text());
      }
    }
  }

  /** The ways in which the form reports; empty if it does not. */
  public List<Reading> readings(String lower) {
    return readings.getOrDefault(lower, List.of());
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

  boolean isParticiple(String lower) {
    return participles.contains(lower);
  }

  boolean isGerund(String lower) {
    return gerunds.contains(lower);
  }

  /** Whether {@code lower} belongs to the closed class. */
  public boolean in(String category, String lower) {
    Set<String> words = classes.get(category);
    if (words == null) {
      throw new IllegalArgumentException("no class of words " + category);
    }
    return words.contains(lower);
  }

  public boolean isAdverb(String lower) {
    return in("adverb", lower)
        || (language == Language.FRENCH
            ? lower.length() > 6 && lower.endsWith("ment") && !in("mentnoun", lower)
            : lower.length() > 4 && lower.endsWith("ly"));
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

  /** {@code m}, {@code f}, or 0 when the name does not tell. */
  public char gender(String givenName) {
    return givenNames.getOrDefault(givenName.toLowerCase(Locale.ROOT), (char) 0);
  }
}
