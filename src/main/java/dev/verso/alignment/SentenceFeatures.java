package dev.verso.alignment;

import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Cancellation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One side of a pair as numbers: for each sentence its length and the ids of its stems, numbers,
 * names and likely cognates. Of a sentence longer than {@value #MOST_WORDS} words those count; its
 * length is that of all of it.
 */
final class SentenceFeatures {
  /** Strings as ids, shared between sides where the same string must mean the same id. */
  static final class Ids {
    private final Map<String, Integer> ids = new HashMap<>();

    int id(String key) {
      Integer known = ids.get(key);
      if (known == null) {
        known = ids.size();
        ids.put(key, known);
      }
      return known;
    }

    int find(String key) {
      return ids.getOrDefault(key, -1);
    }

    int size() {
      return ids.size();
    }
  }

  /** How many informative words of each sentence are compared pair by pair. */
  static final int MOST_WORDS = 256;

  private static final int NAME_PREFIX = 4;
  private static final int COGNATE_PREFIX = 5;

  final int size;
  final int[] length;
  final int[][] stems;
  final String[] stemOf;
  final int[][] numbers;
  final int[][] names;
  final int[][] cognates;

  SentenceFeatures(List<String> sentences, WordTokenizer tokenizer, Ids shared) {
    this(sentences, tokenizer, shared, Cancellation.NONE);
  }

  /**
   * @param cancellation checked once for each sentence
   */
  SentenceFeatures(
      List<String> sentences, WordTokenizer tokenizer, Ids shared, Cancellation cancellation) {
    size = sentences.size();
    length = new int[size];
    stems = new int[size][];
    numbers = new int[size][];
    names = new int[size][];
    cognates = new int[size][];
    Ids stemIds = new Ids();
    Map<String, String> stemCache = new HashMap<>();
    TokenizedSentence[] tokenized = new TokenizedSentence[size];
    Map<String, int[]> capital =
        new HashMap<>(); // word: times capitalised, times not, mid-sentence
    for (int k = 0; k < size; k++) {
      cancellation.check();
      tokenized[k] = tokenizer.tokenize(sentences.get(k));
      boolean start = true;
      for (int w = 0; w < tokenized[k].size(); w++) {
        String word = tokenized[k].word(w);
        if (Character.isLetter(word.charAt(0))) {
          if (!start) {
            int[] counts = capital.computeIfAbsent(tokenized[k].key(w), x -> new int[2]);
            counts[Character.isUpperCase(word.charAt(0)) ? 0 : 1]++;
          }
          start = false;
        } else if (word.length() == 1 && ".!?:\"«“-—".indexOf(word.charAt(0)) >= 0) {
          start = true;
        }
      }
    }
    for (int k = 0; k < size; k++) {
      cancellation.check();
      TokenizedSentence sentence = tokenized[k];
      int telling = Math.min(MOST_WORDS, sentence.size());
      int units = 0;
      int[] stem = new int[telling];
      int stemCount = 0;
      Set<Integer> number = new HashSet<>();
      Set<Integer> name = new HashSet<>();
      Set<Integer> cognate = new HashSet<>();
      for (int w = 0; w < sentence.size(); w++) {
        String word = sentence.word(w);
        units += word.length();
        if (w >= telling) {
          continue;
        }
        char first = word.charAt(0);
        if (!Character.isLetterOrDigit(word.codePointAt(0)) && first != '-' && first != '\'') {
          if (first == '?' || first == '!') {
            stem[stemCount++] = stemIds.id(word);
          }
          continue;
        }
        if (word.chars().noneMatch(Character::isLetterOrDigit)) {
          continue;
        }
        if (Character.isDigit(first)) {
          String digits = word.replaceAll("[^0-9]", "");
          number.add(shared.id("#" + digits));
          stem[stemCount++] = stemIds.id(digits);
          continue;
        }
        String key = sentence.key(w);
        stem[stemCount++] = stemIds.id(stemCache.computeIfAbsent(key, StemLexicon::stem));
        int[] cases = capital.get(key);
        boolean isName =
            Character.isUpperCase(first)
                && word.length() >= 3
                && cases != null
                && cases[0] > cases[1];
        if (isName) {
          String folded = StemLexicon.fold(key);
          name.add(shared.id("@" + prefix(folded, NAME_PREFIX)));
        } else if (word.length() >= COGNATE_PREFIX) {
          String folded = StemLexicon.fold(key);
          cognate.add(shared.id("~" + prefix(folded, COGNATE_PREFIX)));
        }
      }
      length[k] = Math.max(1, units);
      stems[k] = java.util.Arrays.copyOf(stem, stemCount);
      numbers[k] = sorted(number);
      names[k] = sorted(name);
      cognates[k] = sorted(cognate);
    }
    stemOf = new String[stemIds.size()];
    stemIds.ids.forEach((string, id) -> stemOf[id] = string);
  }

  private static String prefix(String word, int letters) {
    return word.length() > letters ? word.substring(0, letters) : word;
  }

  private static int[] sorted(Set<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** Stem occurrences over all sentences. */
  double[] stemCounts() {
    double[] counts = new double[stemOf.length];
    for (int[] sentence : stems) {
      for (int stem : sentence) {
        counts[stem]++;
      }
    }
    return counts;
  }
}
