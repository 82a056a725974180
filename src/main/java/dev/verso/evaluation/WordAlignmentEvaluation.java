package dev.verso.evaluation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.AlignmentLink.Strength;
import dev.verso.language.WordTokenizer;
import dev.verso.wordalign.AttentionSource;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.LexicalAligner;
import dev.verso.wordalign.LinkWeights;
import dev.verso.wordalign.LinkWeights.GoldLinks;
import dev.verso.wordalign.StatisticalAligner;
import dev.verso.wordalign.WordAligner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Word aligners side by side on gold links. */
public final class WordAlignmentEvaluation {
  private static final int FOLDS = 5;

  private WordAlignmentEvaluation() {}

  /**
   * Scores by method.
   *
   * @param scores counts over all pairs, in the order to print
   */
  public record Report(Map<String, WordScore> scores) {

    /** Keeps the order. */
    public Report {
      scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    /** Prints precision, recall and alignment error rate, a line for each method. */
    public void print(Appendable out) throws IOException {
      out.append(String.format(Locale.ROOT, "%-44s %5s %5s %5s\n", "", "P", "R", "AER"));
      for (Map.Entry<String, WordScore> row : scores.entrySet()) {
        WordScore score = row.getValue();
        out.append(
            String.format(
                Locale.ROOT,
                "%-44s %5.3f %5.3f %5.3f\n",
                row.getKey(),
                score.precision(),
                score.recall(),
                score.errorRate()));
      }
    }
  }

  /**
   * Scores every word aligner. The combined one appears with the shipped weights, which were fitted
   * on Alibi's development pairs, and with weights fitted on four fifths of {@code gold} and scored
   * on the rest in turn.
   *
   * @param attention a translation model's attention, if there is one
   */
  public static Report compare(List<GoldWordPair> gold, Optional<AttentionSource> attention) {
    Map<String, WordScore> scores = new LinkedHashMap<>();
    scores.put("lexicon and position", score(LexicalAligner.shipped(), gold));
    scores.put("HMM, both directions", score(StatisticalAligner.shipped(), gold));
    CombinedAligner combined = CombinedAligner.shipped();
    scores.put("combined, shipped weights", score(combined, gold));
    if (gold.size() >= FOLDS) {
      scores.put("combined, cross-validated", crossValidated(combined, gold));
    }
    if (attention.isPresent()) {
      CombinedAligner attentive = combined.withAttention(attention.get());
      scores.put("combined with attention, shipped weights", score(attentive, gold));
      if (gold.size() >= FOLDS) {
        scores.put("combined with attention, cross-validated", crossValidated(attentive, gold));
      }
    }
    return new Report(scores);
  }

  /** The counts of one aligner. */
  public static WordScore score(WordAligner aligner, List<GoldWordPair> gold) {
    WordScore sum = new WordScore(0, 0, 0, 0);
    for (GoldWordPair pair : gold) {
      sum = sum.plus(WordsEvaluation.score(pair, aligner.align(pair.french(), pair.english())));
    }
    return sum;
  }

  /**
   * The counts of the combined aligner, each fifth of the pairs with weights fitted on the others.
   */
  public static WordScore crossValidated(CombinedAligner aligner, List<GoldWordPair> gold) {
    WordScore sum = new WordScore(0, 0, 0, 0);
    for (int fold = 0; fold < FOLDS; fold++) {
      int start = fold * gold.size() / FOLDS;
      int end = (fold + 1) * gold.size() / FOLDS;
      List<GoldWordPair> others = new ArrayList<>(gold.subList(0, start));
      others.addAll(gold.subList(end, gold.size()));
      sum = sum.plus(score(aligner.withWeights(fit(aligner, others)), gold.subList(start, end)));
    }
    return sum;
  }

  /** Weights fitted on gold pairs. */
  public static LinkWeights fit(CombinedAligner aligner, List<GoldWordPair> gold) {
    return LinkWeights.fit(gold.stream().map(WordAlignmentEvaluation::links).toList(), aligner);
  }

  private static GoldLinks links(GoldWordPair pair) {
    List<AlignmentLink> links = new ArrayList<>();
    for (GoldWordPair.TokenPair link : pair.possible()) {
      links.add(
          new AlignmentLink(
              pair.frenchTokens().get(link.french()),
              pair.englishTokens().get(link.english()),
              pair.sure().contains(link) ? Strength.SURE : Strength.POSSIBLE,
              1));
    }
    return new GoldLinks(
        WordTokenizer.FRENCH.tokenize(pair.french()),
        WordTokenizer.ENGLISH.tokenize(pair.english()),
        links);
  }
}
