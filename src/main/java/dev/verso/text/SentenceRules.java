package dev.verso.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The words of a language that decide what a full stop means, read from the class path. */
final class SentenceRules {

  private static final Map<Language, SentenceRules> BY_LANGUAGE = new EnumMap<>(Language.class);

  static {
    for (Language language : Language.values()) {
      BY_LANGUAGE.put(language, load("sentences." + language.tag()));
    }
  }

  private final Map<String, Set<String>> words;

  private SentenceRules(Map<String, Set<String>> words) {
    this.words = words;
  }

  static SentenceRules of(Language language) {
    return BY_LANGUAGE.get(language);
  }

  /** Words whose full stop is followed by a name: {@code M.} */
  boolean isTitle(String word) {
    return has("title", word);
  }

  /**
   * Abbreviations that never end a sentence: {@code cf.}; two words are joined by {@code _}: {@code
   * p._ex}
   */
  boolean isInner(String word) {
    return has("inner", word);
  }

  /** Abbreviations that are followed by a number: {@code art. 3} */
  boolean takesNumber(String word) {
    return has("number", word);
  }

  /** Abbreviations that end a sentence only where the next word begins one: {@code Inc.} */
  boolean isFinal(String word) {
    return has("final", word);
  }

  /**
   * Legal forms of companies; the word after the next distinguishes a sentence from a person's
   * office.
   */
  boolean isCompany(String word) {
    return has("company", word);
  }

  /** Words before the letter of a legal code: {@code art. L. 121} */
  boolean isCode(String word) {
    return has("code", word);
  }

  /**
   * Days of the week, which follow a company's name in a report: {@code Novell Inc. Monday said}
   */
  boolean isDay(String word) {
    return has("day", word);
  }

  /** Words that begin sentences where an apostrophe follows: {@code L’} */
  boolean isElided(String word) {
    return has("elided", word);
  }

  /** Nouns that a single letter labels: {@code vitamine D.} */
  boolean isLabelled(String word) {
    return has("label", word);
  }

  /** Words that begin sentences and are not names. */
  boolean isStarter(String word) {
    return has("starter", word);
  }

  /** Starters that also begin surnames: {@code Le Pen} */
  boolean isParticle(String word) {
    return has("particle", word);
  }

  private boolean has(String kind, String word) {
    return words.get(kind).contains(word);
  }

  private static SentenceRules load(String resource) {
    Map<String, Set<String>> words = new HashMap<>();
    try (InputStream in = SentenceRules.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        int colon = line.indexOf(':');
        if (!line.startsWith("#") && colon > 0) {
          Set<String> kind = words.computeIfAbsent(line.substring(0, colon), k -> new HashSet<>());
          for (String word : line.substring(colon + 1).strip().split(" +")) {
            kind.add(word);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
    return new SentenceRules(words);
  }
}
