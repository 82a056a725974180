package dev.verso.alignment;

import dev.verso.language.NumberWords;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares two sentences by length and by the lexicon that comes along, each pair by itself: the
 * same pair has the same features whatever stands around it.
 *
 * <p>Words are compared by stem, numbers by their digits; words that the lexicon does not connect
 * are connected if they begin with the same {@value #COGNATE} letters. Immutable and thread-safe;
 * time linear in the words times the entries of each in the lexicon.
 */
public final class PairComparison {

  static final double MOST = 5;
  private static final int COGNATE = 4;

  /** Share of words that translate nothing. */
  private static final double NULL = 0.25;

  /** The probability from which on a translation counts as full. */
  private static final double FULL = 0.1;

  private static final int MOST_WORDS = 256;

  /** Words of at least this information tell something by their place. */
  private static final double TELLING = 7;

  /** Concordance of most translations. */
  static final double USUAL = 0.85;

  /** Fewer words tell nothing of the order. */
  private static final int FEW = 4;

  /** No word's language is surer than this, nats. */
  private static final double SURE = 4;

  private static final Map<String, Integer> FRENCH_NUMBERS = NumberWords.of(Language.FRENCH);
  private static final Map<String, Integer> ENGLISH_NUMBERS = NumberWords.of(Language.ENGLISH);

  private final StemLexicon lexicon;

  private PairComparison(StemLexicon lexicon) {
    this.lexicon = lexicon;
  }

  /** With the lexicon that comes along. */
  public static PairComparison shipped() {
    return new PairComparison(StemLexicon.shipped());
  }

  /**
   * A side's stems, its numbers in digits, the values of these and of number words, its names, and
   * its characters that are no spaces.
   */
  private record Side(
      List<String> stems,
      Set<String> numbers,
      Set<String> values,
      Set<String> names,
      int characters) {

    static Side of(String text, WordTokenizer tokenizer, Map<String, Integer> words) {
      TokenizedSentence tokens = tokenizer.tokenize(text);
      List<String> stems = new ArrayList<>();
      Set<String> numbers = new HashSet<>();
      Set<String> values = new HashSet<>();
      Set<String> names = new HashSet<>();
      String before = ""; // digits of the number right before
      int characters = 0;
      for (int k = 0; k < tokens.size(); k++) {
        String word = tokens.word(k);
        characters += word.length();
        char first = word.charAt(0);
        if (Character.isDigit(first)) {
          StringBuilder digits = new StringBuilder();
          word.chars().filter(Character::isDigit).forEach(c -> digits.append((char) c));
          numbers.add(digits.toString());
          stems.add(digits.toString());
          if (!before.isEmpty() && digits.length() == 3) {
            // 3 600: thousands that the tokenizer parts.
            values.add(before + digits);
          }
          before = digits.toString();
          continue;
        } else if (Character.isLetter(first) || word.codePoints().anyMatch(Character::isLetter)) {
          String stem = StemLexicon.stem(tokens.key(k));
          if (k > 0 && word.length() >= COGNATE && Character.isUpperCase(first)) {
            names.add(stem);
          }
          stems.add(stem);
        } else if (first == '?' || first == '!') {
          stems.add(word);
        }
        before = "";
        Integer value = words.get(tokens.key(k));
        if (value != null) {
          values.add(value.toString());
        }
        if (stems.size() == MOST_WORDS) {
          break;
        }
      }
      values.addAll(numbers);
      return new Side(stems, numbers, values, names, Math.max(1, characters));
    }
  }

  private interface Rows {
    StemLexicon.Row row(String stem);
  }

  private interface Frequency {
    double of(String stem);
  }

  /** Odds per word, and coverage, of one side given the other; how far the order is the same. */
  private record Directed(double odds, double coverage, double concordance, int links) {}

  /** Numbers a stem. */
  private interface Ids {
    int of(String stem);
  }

  /**
   * The different words of one side, each at a place of its own, and what is known of each; found
   * by its id in the lexicon through a table as long as the lexicon, one a thread, which is left
   * empty.
   */
  private static final class Found implements AutoCloseable {
    private static final ThreadLocal<int[]> TABLES = new ThreadLocal<>();

    private final Map<String, Integer> places;
    private final String[] stems;
    private final int[] ids;
    private final int[] table;
    private final double[] sums;
    private final double[] greatest;
    private final int[] at; // where its best translation stands, -2 if at several places, else -1

    Found(List<String> words, Ids lexicon, int size) {
      places = new HashMap<>(2 * words.size());
      for (String stem : words) {
        places.putIfAbsent(stem, places.size());
      }
      int[] known = TABLES.get();
      if (known == null || known.length < size) {
        known = new int[size];
        TABLES.set(known);
      }
      table = known;
      stems = new String[places.size()];
      ids = new int[places.size()];
      places.forEach((stem, place) -> stems[place] = stem);
      for (int place = 0; place < stems.length; place++) {
        ids[place] = lexicon.of(stems[place]);
        if (ids[place] >= 0) {
          table[ids[place]] = place + 1;
        }
      }
      sums = new double[stems.length];
      greatest = new double[stems.length];
      at = new int[stems.length];
      Arrays.fill(at, -1);
    }

    void add(int place, double probability, int from) {
      sums[place] += probability;
      if (probability > greatest[place]) {
        greatest[place] = probability;
        at[place] = from;
      } else if (probability == greatest[place]) {
        at[place] = -2;
      }
    }

    /** Adds a row of the lexicon; says whether a word is surely one of it. */
    boolean add(StemLexicon.Row row, int from) {
      boolean known = false;
      int[] counterparts = row.ids();
      float[] probabilities = row.probabilities();
      for (int k = 0; k < counterparts.length; k++) {
        int place = table[counterparts[k]] - 1;
        if (place >= 0) {
          add(place, probabilities[k], from);
          known |= probabilities[k] >= FULL;
        }
      }
      return known;
    }

    /** Adds a word that is the same, or begins as, words of this side. */
    void addCognates(String stem, int from) {
      Integer same = places.get(stem);
      if (same != null) {
        add(same, FULL, from);
        return;
      }
      if (Character.isDigit(stem.charAt(0))) {
        return;
      }
      for (int place = 0; place < stems.length; place++) {
        String other = stems[place];
        if (other.length() >= COGNATE && other.regionMatches(0, stem, 0, COGNATE)) {
          add(place, FULL / 2, from);
        }
      }
    }

    @Override
    public void close() {
      for (int id : ids) {
        if (id >= 0) {
          table[id] = 0;
        }
      }
    }
  }

  /** The features of a French text and an English one. */
  public PairFeatures compare(String source, String target) {
    Side s = Side.of(source, WordTokenizer.FRENCH, FRENCH_NUMBERS);
    Side t = Side.of(target, WordTokenizer.ENGLISH, ENGLISH_NUMBERS);
    Directed forward =
        directed(s, t, lexicon::forward, lexicon::targetFrequency, lexicon::targetId);
    Directed backward =
        directed(t, s, lexicon::backward, lexicon::sourceFrequency, lexicon::sourceId);
    int shared = 0;
    for (String number : s.numbers) {
      shared += t.values.contains(number) ? 1 : 0;
    }
    int back = 0;
    for (String number : t.numbers) {
      boolean part = s.numbers.stream().anyMatch(n -> n.length() > 3 && n.contains(number));
      back += s.values.contains(number) || (part && t.values.size() > t.numbers.size()) ? 1 : 0;
    }
    Set<String> both = new HashSet<>(s.stems);
    Set<String> all = new HashSet<>(t.stems);
    both.retainAll(all);
    all.addAll(s.stems);
    return new PairFeatures(
        Math.abs(LengthModel.FRENCH_ENGLISH.deviation(s.characters, t.characters)),
        forward.odds,
        backward.odds,
        backward.coverage,
        forward.coverage,
        shared,
        s.numbers.size() - shared + t.numbers.size() - back,
        s.stems.size(),
        t.stems.size(),
        all.isEmpty() ? 0 : (double) both.size() / all.size(),
        forward.concordance,
        forward.links,
        language(s, lexicon::sourceFrequency, lexicon::targetFrequency),
        language(t, lexicon::targetFrequency, lexicon::sourceFrequency),
        unknown(s, lexicon::sourceFrequency),
        unknown(t, lexicon::targetFrequency),
        namesApart(s, t) + namesApart(t, s));
  }

  private static double language(Side side, Frequency own, Frequency other) {
    double sum = 0;
    int words = 0;
    for (String stem : side.stems) {
      if (Character.isLetter(stem.charAt(0))) {
        double odds = Math.log(own.of(stem) / other.of(stem));
        sum += Math.max(-SURE, Math.min(SURE, odds));
        words++;
      }
    }
    return words == 0 ? 0 : sum / words;
  }

  private static double unknown(Side side, Frequency own) {
    int words = 0;
    int unknown = 0;
    for (String stem : side.stems) {
      if (Character.isLetter(stem.charAt(0))) {
        words++;
        unknown += own.of(stem) <= StemLexicon.UNSEEN ? 1 : 0;
      }
    }
    return words == 0 ? 0 : (double) unknown / words;
  }

  /** Names of one side that neither the lexicon nor the other side knows. */
  private int namesApart(Side side, Side other) {
    int apart = 0;
    for (String name : side.names) {
      boolean known =
          lexicon.sourceFrequency(name) > StemLexicon.UNSEEN
              || lexicon.targetFrequency(name) > StemLexicon.UNSEEN;
      String beginning = name.substring(0, Math.min(COGNATE, name.length()));
      if (!known && other.stems.stream().noneMatch(stem -> stem.startsWith(beginning))) {
        apart++;
      }
    }
    return apart;
  }

  private Directed directed(Side from, Side to, Rows rows, Frequency frequency, Ids ids) {
    try (Found found = new Found(to.stems, ids, lexicon.ids())) {
      for (int at = 0; at < from.stems.size(); at++) {
        String stem = from.stems.get(at);
        boolean known = found.add(rows.row(stem), at);
        if (!known && (stem.length() >= COGNATE || Character.isDigit(stem.charAt(0)))) {
          found.addCognates(stem, at);
        }
      }
      return directed(from, to, frequency, found);
    }
  }

  private static Directed directed(Side from, Side to, Frequency frequency, Found found) {
    double odds = 0;
    double covered = 0;
    double all = 0;
    List<Integer> places = new ArrayList<>();
    for (String stem : to.stems) {
      int word = found.places.get(stem);
      double background = frequency.of(stem);
      odds +=
          Math.min(
              MOST,
              Math.log(
                  NULL
                      + (1 - NULL)
                          * found.sums[word]
                          / Math.max(1, from.stems.size())
                          / background));
      double information = -Math.log(Math.min(0.5, background));
      all += information;
      covered += information * Math.min(1, found.greatest[word] / FULL);
      if (information >= TELLING && found.at[word] >= 0 && found.greatest[word] >= FULL / 2) {
        places.add(found.at[word]);
      }
    }
    int words = to.stems.size();
    return words == 0
        ? new Directed(0, 0, USUAL, 0)
        : new Directed(odds / words, covered / all, concordance(places), places.size());
  }

  /** Share of pairs of places that rise, equal ones left out. */
  private static double concordance(List<Integer> places) {
    if (places.size() < FEW) {
      return USUAL;
    }
    int rising = 0;
    int falling = 0;
    for (int i = 0; i < places.size(); i++) {
      for (int j = i + 1; j < places.size(); j++) {
        int order = Integer.compare(places.get(j), places.get(i));
        rising += order > 0 ? 1 : 0;
        falling += order < 0 ? 1 : 0;
      }
    }
    return rising + falling == 0 ? USUAL : (double) rising / (rising + falling);
  }
}
