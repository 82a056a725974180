package dev.verso.evaluation;

import dev.verso.evaluation.GoldWordPair.TokenPair;
import dev.verso.text.TextSpan;
import dev.verso.translation.MarkedText;
import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
import dev.verso.translation.MarkupProjection;
import dev.verso.wordalign.WordAligner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;

/**
 * How often inline markup lands on the right words, measured on sentence pairs linked by hand.
 *
 * <p>In each pair an element is put around one to four neighbouring French words, each with a sure
 * link, that lead to neighbouring English words and nowhere else. It is placed right if it then
 * contains all English words with a sure link to those, and none with links, sure or possible, only
 * to others. The choice of words is seeded by the pair's position, so that every run asks the same
 * question.
 */
public final class MarkupEvaluation {

  private static final int MOST_WORDS = 4;
  private static final int TRIES = 20;

  /**
   * One placement.
   *
   * @param id the gold pair
   * @param source the French words inside the element
   * @param expected English words that had to be inside
   * @param found what was inside
   * @param right whether it is placed right
   */
  public record Placement(String id, String source, String expected, String found, boolean right) {}

  private MarkupEvaluation() {}

  /** Places an element in each pair that allows for one. */
  public static List<Placement> evaluate(List<GoldWordPair> gold, WordAligner aligner) {
    List<Placement> placements = new ArrayList<>();
    for (int i = 0; i < gold.size(); i++) {
      Random random = new Random(i);
      for (int attempt = 0; attempt < TRIES; attempt++) {
        Question question = Question.of(gold.get(i), random);
        if (question != null) {
          placements.add(question.ask(aligner));
          break;
        }
      }
    }
    return placements;
  }

  /** French tokens [from, to) and the English tokens [low, high) that belong to them. */
  private record Question(GoldWordPair pair, int from, int to, int low, int high) {

    static Question of(GoldWordPair pair, Random random) {
      int count = pair.frenchTokens().size();
      if (count < 4) {
        return null;
      }
      int from = random.nextInt(count - 1);
      int to = Math.min(count, from + 1 + random.nextInt(MOST_WORDS));
      TreeSet<Integer> wanted = new TreeSet<>();
      TreeSet<Integer> linked = new TreeSet<>();
      for (TokenPair link : pair.sure()) {
        if (link.french() >= from && link.french() < to) {
          wanted.add(link.english());
          linked.add(link.french());
        }
      }
      if (linked.size() < to - from) {
        return null;
      }
      Question question = new Question(pair, from, to, wanted.first(), wanted.last() + 1);
      boolean words =
          Character.isLetterOrDigit(
                  pair.french().codePointAt(pair.frenchTokens().get(from).start()))
              && Character.isLetterOrDigit(
                  pair.french().codePointAt(pair.frenchTokens().get(to - 1).start()));
      boolean apart = wanted.stream().noneMatch(question::belongsElsewhere);
      boolean together = wanted.size() == question.high - question.low;
      return words && apart && together ? question : null;
    }

    /** Whether an English token has a link to a French token outside. */
    boolean belongsElsewhere(int english) {
      return pair.possible().stream()
          .anyMatch(
              link -> link.english() == english && (link.french() < from || link.french() >= to));
    }

    boolean belongs(int english) {
      return pair.possible().stream()
          .anyMatch(
              link -> link.english() == english && link.french() >= from && link.french() < to);
    }

    Placement ask(WordAligner aligner) {
      TextSpan around =
          new TextSpan(
              pair.frenchTokens().get(from).start(), pair.frenchTokens().get(to - 1).end());
      MarkedText marked =
          new MarkedText(
              pair.french(),
              List.of(
                  new Mark(Kind.OPEN, 0, around.start()), new Mark(Kind.CLOSE, 0, around.end())));
      MarkedText placed =
          MarkupProjection.project(
              marked, pair.english(), aligner.align(pair.french(), pair.english()));
      int start = placed.marks().get(0).position();
      int end = placed.marks().get(1).position();
      boolean right = true;
      for (int t = 0; t < pair.englishTokens().size(); t++) {
        TextSpan token = pair.englishTokens().get(t);
        boolean inside = token.start() < end && token.end() > start;
        boolean wanted = t >= low && t < high;
        boolean wrong = inside && belongsElsewhere(t) && !belongs(t);
        right &= !wrong && (inside || !wanted);
      }
      return new Placement(
          pair.id(),
          around.of(pair.french()),
          pair.english()
              .substring(
                  pair.englishTokens().get(low).start(), pair.englishTokens().get(high - 1).end()),
          placed.text().substring(start, end),
          right);
    }
  }

  /** Prints the wrong placements and the share of right ones. */
  public static void print(List<Placement> placements, Appendable out) throws IOException {
    for (Placement placement : placements) {
      if (!placement.right()) {
        out.append(
            String.format(
                Locale.ROOT,
                "wrong  %s: <%s> wanted <%s>, got <%s>%n",
                placement.id(),
                placement.source(),
                placement.expected(),
                placement.found()));
      }
    }
    long right = placements.stream().filter(Placement::right).count();
    out.append(
        String.format(
            Locale.ROOT,
            "%d of %d elements on the right words (%.1f %%)%n",
            right,
            placements.size(),
            100.0 * right / Math.max(1, placements.size())));
  }
}
