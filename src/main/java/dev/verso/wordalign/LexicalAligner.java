package dev.verso.wordalign;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.AlignmentLink.Strength;
import dev.verso.language.TokenizedSentence;
import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.List;

/**
 * Links from a lexicon alone: for each word of either side the partner with the greatest p(word |
 * partner) · e^(−λ·|i/I − j/J|), the diagonal prior of Dyer, Chahuneau and Smith (2013), joined by
 * grow-diag-final-and. Numbers, names and cognates count by likeness. A link is sure if both
 * directions hold it. O(I·J); immutable and thread-safe.
 */
public final class LexicalAligner implements WordAligner {
  private static final double TENSION = 4;
  private static final double FLOOR = 0.001;

  private final Lexicon lexicon;

  /** An aligner over any lexicon. */
  public LexicalAligner(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /** The aligner over the French–English lexicon that comes with Verso. */
  public static LexicalAligner shipped() {
    return new LexicalAligner(Lexicon.shipped());
  }

  @Override
  public List<AlignmentLink> align(
      TokenizedSentence source, TokenizedSentence target, Cancellation cancellation) {
    cancellation.check();
    if (WordAligner.isTooLong(source, target)) {
      return List.of();
    }
    int sources = source.size();
    int targets = target.size();
    double[][] alike = WordSimilarity.of(source, target);
    double[][] forward = new double[sources][targets];
    double[][] backward = new double[sources][targets];
    for (int i = 0; i < sources; i++) {
      int s = lexicon.sourceId(source.key(i));
      for (int j = 0; j < targets; j++) {
        int entry = lexicon.entry(s, lexicon.targetId(target.key(j)));
        double near = Math.exp(-TENSION * Math.abs((i + 0.5) / sources - (j + 0.5) / targets));
        forward[i][j] = near * Math.max(alike[i][j], entry < 0 ? 0 : lexicon.forward(entry));
        backward[i][j] = near * Math.max(alike[i][j], entry < 0 ? 0 : lexicon.backward(entry));
      }
    }
    boolean[][] forwardBest = new boolean[sources][targets];
    boolean[][] backwardBest = new boolean[sources][targets];
    for (int j = 0; j < targets; j++) {
      int best = -1;
      for (int i = 0; i < sources; i++) {
        if (forward[i][j] > (best < 0 ? FLOOR : forward[best][j])) {
          best = i;
        }
      }
      if (best >= 0) {
        forwardBest[best][j] = true;
      }
    }
    for (int i = 0; i < sources; i++) {
      int best = -1;
      for (int j = 0; j < targets; j++) {
        if (backward[i][j] > (best < 0 ? FLOOR : backward[i][best])) {
          best = j;
        }
      }
      if (best >= 0) {
        backwardBest[i][best] = true;
      }
    }
    boolean[][] joined = Symmetrization.growDiagFinalAnd(forwardBest, backwardBest);
    List<AlignmentLink> links = new ArrayList<>();
    for (int i = 0; i < sources; i++) {
      for (int j = 0; j < targets; j++) {
        if (joined[i][j]) {
          links.add(
              new AlignmentLink(
                  source.words().get(i),
                  target.words().get(j),
                  forwardBest[i][j] && backwardBest[i][j] ? Strength.SURE : Strength.POSSIBLE,
                  Math.min(1, Math.sqrt(forward[i][j] * backward[i][j]))));
        }
      }
    }
    return links;
  }
}
