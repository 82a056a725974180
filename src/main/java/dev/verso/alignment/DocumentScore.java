package dev.verso.alignment;

import dev.verso.bitext.Bead;
import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether two texts are translations of each other at all, and how much of them is.
 *
 * <p>The search finds the best alignment even of unrelated texts, and what it found looks good to
 * the evidence it used. So the question is put to the lexicon alone, untaught by the pair: how many
 * nats a word gains from the sentences it is tied to, over what it gains from the sentences that
 * other words are tied to, those of the bead half a text away. Unrelated texts gain next to
 * nothing; nor do two texts in the same language, whatever they share.
 *
 * @param related P(translations | gain, coverage, language), see {@link #of}
 * @param share expected share of both texts' characters whose counterpart is in the other text
 */
record DocumentScore(double related, double share) {
  private static final double MIDDLE = 0.33;
  private static final double SLOPE = 14;

  /** Words at which half of the evidence counts. */
  private static final double FEW = 8;

  /** Fewer beads than this have none half a text away. */
  private static final int APART = 4;

  /** What a word gains from an unrelated sentence, where the pair itself cannot tell. */
  private static final double UNRELATED_GAIN = -0.75;

  /** No bead with two sides. */
  static final DocumentScore NONE = new DocumentScore(0, 0);

  /** The document's score: the share of the texts that is translated, if they are related. */
  double value() {
    return related * share;
  }

  /**
   * P = σ({@value #SLOPE}·(gain · coverage − {@value #MIDDLE}) · w/(w + {@value #FEW})) ·
   * σ(language of either side). Coverage is the expected share tied of the side of which more is
   * tied, w its words: an extract of a text is related to it, though its share is small.
   *
   * <p>A sentence is tied as far as its bead is sure; one that is said several times, if its bead
   * ties it at all, for its posterior only tells which of its like it is.
   *
   * @param prior the evidence before the pair taught it anything
   */
  static DocumentScore of(
      PairEvidence prior, StemLexicon lexicon, List<Bead> beads, Cancellation cancellation) {
    boolean[] sourceAgain = saidAgain(prior.source.stems);
    boolean[] targetAgain = saidAgain(prior.target.stems);
    double[] tied = new double[2];
    for (Bead bead : beads) {
      if (bead.isNull()) {
        continue;
      }
      for (int i = bead.sourceStart(); i < bead.sourceEnd(); i++) {
        tied[0] += (sourceAgain[i] ? 1 : bead.posterior()) * prior.source.length[i];
      }
      for (int j = bead.targetStart(); j < bead.targetEnd(); j++) {
        tied[1] += (targetAgain[j] ? 1 : bead.posterior()) * prior.target.length[j];
      }
    }
    if (tied[0] == 0) {
      return NONE;
    }
    double source = Arrays.stream(prior.source.length).asLongStream().sum();
    double target = Arrays.stream(prior.target.length).asLongStream().sum();
    boolean bySource = tied[0] / source >= tied[1] / target;
    double coverage = bySource ? tied[0] / source : tied[1] / target;
    double words = words(bySource ? prior.source : prior.target);
    double odds =
        SLOPE * (gain(prior, beads, cancellation) * coverage - MIDDLE) * words / (words + FEW);
    double related = sigmoid(odds);
    if (!lexicon.isEmpty()) {
      related *= sigmoid(2 + language(prior.source, lexicon, 1));
      related *= sigmoid(2 + language(prior.target, lexicon, -1));
    }
    return new DocumentScore(related, (tied[0] + tied[1]) / (source + target));
  }

  private static boolean[] saidAgain(int[][] sentences) {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    List<List<Integer>> keys = new ArrayList<>();
    for (int[] sentence : sentences) {
      List<Integer> key = Arrays.stream(sentence).boxed().toList();
      keys.add(key);
      counts.merge(key, 1, Integer::sum);
    }
    boolean[] again = new boolean[sentences.length];
    for (int k = 0; k < again.length; k++) {
      again[k] = counts.get(keys.get(k)) > 1;
    }
    return again;
  }

  private static int words(SentenceFeatures side) {
    int words = 0;
    for (int[] sentence : side.stems) {
      words += sentence.length;
    }
    return words;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Log-odds that a side is in its own language: words by their frequency in either, damped. */
  private static double language(SentenceFeatures side, StemLexicon lexicon, int sign) {
    double sum = 0;
    int words = 0;
    for (int[] sentence : side.stems) {
      for (int stem : sentence) {
        String word = side.stemOf[stem];
        double odds =
            Math.log(lexicon.sourceFrequency(word)) - Math.log(lexicon.targetFrequency(word));
        sum += Math.max(-3, Math.min(3, odds));
        words++;
      }
    }
    return words == 0 ? 0 : Math.max(-12, Math.min(12, sign * sum / Math.sqrt(words)));
  }

  /** Gain in nats per word of the beads' texts; 0 if no bead has two sides. */
  static double gain(PairEvidence prior, List<Bead> beads, Cancellation cancellation) {
    List<Bead> full = beads.stream().filter(bead -> !bead.isNull()).toList();
    double tied = 0;
    double apart = 0;
    int words = 0;
    int shift = full.size() < APART ? 0 : full.size() / 2;
    for (int k = 0; k < full.size(); k++) {
      cancellation.check();
      Bead bead = full.get(k);
      Bead other = full.get((k + shift) % full.size());
      int[] source = words(prior.source.stems, bead.sourceStart(), bead.sourceEnd());
      int[] target = words(prior.target.stems, bead.targetStart(), bead.targetEnd());
      tied += odds(prior.forward, source, target) + odds(prior.backward, target, source);
      boolean compared = false;
      if (shift > 0) {
        int[] farSource = words(prior.source.stems, other.sourceStart(), other.sourceEnd());
        int[] farTarget = words(prior.target.stems, other.targetStart(), other.targetEnd());
        // A sentence that is said again is no other one.
        compared = !Arrays.equals(source, farSource) && !Arrays.equals(target, farTarget);
        if (compared) {
          apart += odds(prior.forward, farSource, target) + odds(prior.backward, farTarget, source);
        }
      }
      if (!compared) {
        apart += UNRELATED_GAIN * (source.length + target.length);
      }
      words += source.length + target.length;
    }
    return words == 0 ? 0 : (tied - apart) / words;
  }

  private static int[] words(int[][] stems, int start, int end) {
    int length = 0;
    for (int k = start; k < end; k++) {
      length += stems[k].length;
    }
    int[] all = new int[length];
    int at = 0;
    for (int k = start; k < end; k++) {
      System.arraycopy(stems[k], 0, all, at, stems[k].length);
      at += stems[k].length;
    }
    return all;
  }

  private static double odds(PairLexicon lexicon, int[] from, int[] to) {
    double sum = 0;
    for (int t : to) {
      double value = 0;
      for (int s : from) {
        value += lexicon.probability(s, t);
      }
      sum +=
          Math.min(
              5,
              Math.log(
                  PairLexicon.NULL
                      + (1 - PairLexicon.NULL)
                          * value
                          / Math.max(1, from.length)
                          / lexicon.background[t]));
    }
    return sum;
  }
}
