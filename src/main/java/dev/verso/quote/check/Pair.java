package dev.verso.quote.check;

import dev.verso.bitext.AlignmentLink;
import dev.verso.text.Accents;
import dev.verso.text.Cancellation;
import dev.verso.text.Language;
import dev.verso.wordalign.WordAligner;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * A French passage and its rendering, word by word: which words support each other, and which part
 * of the passage is rendered.
 *
 * <p>The support of a word pair is the greatest of its link's probability, the lexicon's score over
 * stems and the likeness of names and cognates; a word is covered as far as its best support goes,
 * with our own translation of the passage as a bridge for paraphrases: an English word that it
 * holds too, in any form, is covered.
 */
final class Pair {

  final Side french;
  final Side english;
  final Bridge bridge;

  /** Looked at by whatever goes through the words. */
  final Cancellation cancellation;

  private final Set<Side.Token> frenchTokens;
  final double[][] support;
  final double[][] links;

  /** The rendered words of the passage. */
  int from;

  int to;

  /** Our own translation of the rendered words, or null while there is none. */
  Side own;

  double[] frenchCover;
  double[] englishCover;

  Pair(Side french, Side english, WordAligner aligner, Bridge bridge, Cancellation cancellation) {
    this.cancellation = cancellation;
    this.french = french;
    this.english = english;
    this.bridge = bridge;
    this.from = 0;
    this.to = french.size();
    this.frenchTokens = new HashSet<>(french.tokens);
    this.links =
        links(french, english, aligner.align(french.sentence, english.sentence, cancellation));
    this.support = support(french, english, links, bridge, cancellation);
    cover();
  }

  private static double[][] links(Side source, Side target, List<AlignmentLink> found) {
    double[][] links = new double[source.size()][target.size()];
    for (AlignmentLink link : found) {
      int i = source.sentence.words().indexOf(link.source());
      int j = target.sentence.words().indexOf(link.target());
      links[i][j] =
          link.strength() == AlignmentLink.Strength.SURE
              ? link.probability()
              : 0.6 * link.probability();
    }
    return links;
  }

  private static double[][] support(
      Side french, Side english, double[][] links, Bridge bridge, Cancellation cancellation) {
    double[][] support = new double[french.size()][english.size()];
    for (int i = 0; i < support.length; i++) {
      cancellation.check();
      Side.Token f = french.at(i);
      for (int j = 0; j < support[i].length; j++) {
        Side.Token e = english.at(j);
        if (f.mark() || e.mark()) {
          continue;
        }
        double lexical = bridge.score(f.stem(), e.stem());
        // A link between words that the lexicon doesn't join says where a word should be, not that
        // it says the same.
        double link = links[i][j];
        support[i][j] =
            Math.max(lexical, Math.max(alike(f, e), lexical > 0.02 ? link : 0.5 * link));
      }
    }
    return support;
  }

  /** Letters up to which words are compared one by one. */
  private static final int LONGEST_COMPARED = 200;

  /** How alike two words are written; names and cognates. */
  static double alike(Side.Token f, Side.Token e) {
    String a = Accents.folded(f.key());
    String b = Accents.folded(e.key());
    if (a.equals(b)) {
      return a.length() > 1 ? 1 : 0;
    }
    if (a.length() < 4 || b.length() < 4) {
      return 0;
    }
    int shared = 0;
    while (shared < Math.min(a.length(), b.length()) && a.charAt(shared) == b.charAt(shared)) {
      shared++;
    }
    double prefix = (double) shared / Math.max(a.length(), b.length());
    int longer = Math.max(a.length(), b.length());
    // As far apart as their lengths at least: most pairs needn't be compared letter by letter.
    boolean comparable =
        longer <= LONGEST_COMPARED
            && 1 - Math.abs(a.length() - b.length()) / (double) longer >= 0.7;
    double edit = comparable ? 1 - (double) distance(a, b) / longer : 0;
    double best = Math.max(shared >= 4 ? prefix : 0, edit >= 0.7 ? edit : 0);
    return best >= 0.5 ? 0.4 + 0.5 * best : 0;
  }

  static int distance(String a, String b) {
    return LevenshteinDistance.getDefaultInstance().apply(a, b);
  }

  private void cover() {
    frenchCover = new double[french.size()];
    englishCover = new double[english.size()];
    for (int i = from; i < to; i++) {
      for (int j = 0; j < english.size(); j++) {
        frenchCover[i] = Math.max(frenchCover[i], support[i][j]);
        englishCover[j] = Math.max(englishCover[j], support[i][j]);
      }
    }
  }

  /** Narrows the pair to the rendered words. */
  void scope(int first, int end) {
    from = first;
    to = end;
    cover();
  }

  /** The rendered French as text. */
  String scopeText() {
    return french.words(from, to);
  }

  /** Takes our own translation of the rendered words as a bridge. */
  void bridged(Readings.Own translation) {
    own = translation.english();
    Side scoped = translation.french();
    double[][] ownLinks = links(scoped, own, translation.links());
    double[] said = new double[own.size()];
    for (int h = 0; h < own.size(); h++) {
      cancellation.check();
      Side.Token mine = own.at(h);
      if (mine.mark()) {
        continue;
      }
      for (int j = 0; j < english.size(); j++) {
        Side.Token theirs = english.at(j);
        if (theirs.mark()) {
          continue;
        }
        double same = mine.stem().equals(theirs.stem()) ? 0.95 : 0;
        if (same == 0 && mine.content() && theirs.content()) {
          same =
              Math.min(
                  0.8,
                  4
                      * Math.sqrt(
                          bridge.paraphrase(theirs.stem(), mine.stem())
                              * bridge.paraphrase(mine.stem(), theirs.stem())));
        }
        englishCover[j] = Math.max(englishCover[j], same);
        said[h] = Math.max(said[h], same);
      }
    }
    int shift = from;
    for (int i = 0; i < scoped.size() && i + shift < to; i++) {
      for (int h = 0; h < own.size(); h++) {
        if (ownLinks[i][h] > 0.5) {
          frenchCover[i + shift] =
              Math.max(frenchCover[i + shift], Math.min(1, ownLinks[i][h]) * said[h]);
        }
      }
    }
  }

  /** The English word that best renders French word {@code i}, or -1. */
  int bestEnglish(int i) {
    cancellation.check();
    int best = -1;
    double most = 0.15;
    for (int j = 0; j < english.size(); j++) {
      double score = support[i][j] + 0.5 * links[i][j];
      if (score > most) {
        most = score;
        best = j;
      }
    }
    return best;
  }

  /** The French word that English word {@code j} best renders, or -1. */
  int bestFrench(int j) {
    cancellation.check();
    int best = -1;
    double most = 0.15;
    for (int i = from; i < to; i++) {
      double score = support[i][j] + 0.5 * links[i][j];
      if (score > most) {
        most = score;
        best = i;
      }
    }
    return best;
  }

  /** The English words about French words {@code [a, b)}: the word links' extent, or null. */
  int[] englishOf(int a, int b) {
    int low = Integer.MAX_VALUE;
    int high = -1;
    for (int i = a; i < b; i++) {
      int j = bestEnglish(i);
      if (j >= 0) {
        low = Math.min(low, j);
        high = Math.max(high, j + 1);
      }
    }
    return high < 0 ? null : new int[] {low, high};
  }

  /** The weight of a word: how informative it is. */
  double weight(Side.Token token) {
    if (!token.content()) {
      return 0;
    }
    double frequency =
        bridge.frequency(
            token, token.start() >= 0 && tokenIsFrench(token) ? Language.FRENCH : Language.ENGLISH);
    return Math.max(0.3, Math.min(1.6, -Math.log10(Math.max(frequency, 1e-6)) / 4 + 0.1));
  }

  private boolean tokenIsFrench(Side.Token token) {
    return frenchTokens.contains(token);
  }

  /** The covered part of the weight of words {@code [a, b)}. */
  double covered(Side side, double[] cover, int a, int b) {
    cancellation.check();
    double all = 0;
    double got = 0;
    for (int i = a; i < b; i++) {
      double weight = weight(side.at(i));
      all += weight;
      got += weight * Math.min(1, cover[i]);
    }
    return all == 0 ? 1 : got / all;
  }

  /** Whether any English word is one of these keys. */
  static boolean has(Side side, int a, int b, String... keys) {
    List<String> wanted = Arrays.asList(keys);
    for (int i = a; i < b; i++) {
      if (wanted.contains(side.key(i))) {
        return true;
      }
    }
    return false;
  }
}
