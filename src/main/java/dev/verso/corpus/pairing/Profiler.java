package dev.verso.corpus.pairing;

import dev.verso.corpus.CorpusDocument;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.CorpusSentence;
import dev.verso.corpus.TextHash;
import dev.verso.corpus.dedup.PairFingerprint;
import dev.verso.language.TokenizedSentence;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Accents;
import dev.verso.text.Language;
import dev.verso.wordalign.Lexicon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes profiles: numbers by their digits, words with a capital or at least {@value #COGNATE}
 * letters by their beginning, and words of content by their English stem, French ones through the
 * lexicon, each translation with its probability.
 *
 * <p>Immutable and thread-safe; linear in the document.
 */
public final class Profiler {

  private static final int STEM = 6;
  private static final int COGNATE = 5;
  private static final double LEAST = 0.1;

  /** Words more frequent than this tell nothing of a document. */
  private static final double FREQUENT = 0.002;

  /** Sentences of a document that are read: a profile of a long book is as good as a whole one. */
  private static final int MOST_SENTENCES = 4000;

  private final Lexicon lexicon;
  private final Map<String, Map<String, Float>> known; // French word: English stems

  private Profiler(Lexicon lexicon) {
    this.lexicon = lexicon;
    this.known = translations(lexicon);
  }

  /** With the lexicon that comes along. */
  public static Profiler shipped() {
    return new Profiler(Lexicon.shipped());
  }

  private static Map<String, Map<String, Float>> translations(Lexicon lexicon) {
    Map<String, Map<String, Float>> translations = new HashMap<>();
    List<String> sources = lexicon.sourceWords();
    for (int s = 0; s < sources.size(); s++) {
      Map<String, Float> stems = new TreeMap<>();
      for (int k = lexicon.firstEntry(s); k < lexicon.lastEntry(s); k++) {
        String target = lexicon.targetWord(lexicon.target(k));
        if (lexicon.forward(k) >= LEAST && isTelling(target, lexicon)) {
          stems.merge(stem(target), (float) lexicon.forward(k), Float::sum);
        }
      }
      if (!stems.isEmpty()) {
        translations.put(sources.get(s), stems);
      }
    }
    return translations;
  }

  private static boolean isTelling(String target, Lexicon lexicon) {
    int id = lexicon.targetId(target);
    return target.length() > 2
        && Character.isLetter(target.charAt(0))
        && (id < 0 || lexicon.targetFrequency(id) <= FREQUENT);
  }

  private static String stem(String word) {
    String folded = Accents.folded(word);
    return folded.length() > STEM ? folded.substring(0, STEM) : folded;
  }

  /** The profile of a document. */
  public DocumentProfile profile(CorpusDocument document) {
    Map<Long, Float> counts = new HashMap<>();
    StringBuilder words = new StringBuilder();
    boolean french = document.language() == Language.FRENCH;
    WordTokenizer tokenizer = french ? WordTokenizer.FRENCH : WordTokenizer.ENGLISH;
    int read = 0;
    for (CorpusSentence sentence : document.sentences()) {
      if (read++ == MOST_SENTENCES) {
        break;
      }
      TokenizedSentence tokens = tokenizer.tokenize(sentence.text());
      for (int k = 0; k < tokens.size(); k++) {
        String word = tokens.word(k);
        if (Character.isLetterOrDigit(word.charAt(0))) {
          words.append(tokens.key(k)).append(' ');
          count(tokens, k, french, counts);
        }
      }
    }
    List<DocumentProfile.Feature> features = new ArrayList<>(counts.size());
    counts.forEach((hash, count) -> features.add(new DocumentProfile.Feature(hash, count)));
    features.sort((a, b) -> Long.compare(a.hash(), b.hash()));
    return new DocumentProfile(
        document.id(),
        document.url(),
        document.language(),
        CorpusPair.hash(document.language().tag(), words.toString()),
        PairFingerprint.ofDocument(document.language().tag(), words.toString()),
        document.characters(),
        document.alternates(),
        features);
  }

  private void count(TokenizedSentence tokens, int k, boolean french, Map<Long, Float> counts) {
    String word = tokens.word(k);
    if (Character.isDigit(word.charAt(0))) {
      add(counts, '#', word.replaceAll("[^0-9]", ""), 1);
      return;
    }
    String key = tokens.key(k);
    boolean capital = k > 0 && Character.isUpperCase(word.charAt(0)) && word.length() > 2;
    if (capital || word.length() >= COGNATE) {
      String folded = Accents.folded(key);
      add(counts, '~', folded.length() > COGNATE ? folded.substring(0, COGNATE) : folded, 1);
    }
    if (!french) {
      if (isTelling(key, lexicon)) {
        add(counts, '=', stem(key), 1);
      }
      return;
    }
    known.getOrDefault(key, Map.of()).forEach((stem, p) -> add(counts, '=', stem, p));
  }

  private static void add(Map<Long, Float> counts, char kind, String text, float count) {
    counts.merge(TextHash.of(kind + text), count, Float::sum);
  }
}
