package dev.verso.quote.check;

import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.List;

/**
 * A figure, month or name that a sentence lends to a quote of its neighbours.
 *
 * <p>Of <i>« L'odeur ne part plus depuis le 1er mars. » « Nous avons prévenu dès février. »</i>,
 * "We warned as early as March" renders the second sentence alone: all that the first one has of it
 * is the month, and the second one has another month, which the quote leaves out. Taken together
 * they would hide that the month was changed.
 */
final class LentDetail {

  /** How much better a word must be covered by the one sentence than by the others. */
  private static final double BETTER = 0.3;

  private record Detail(int from, int to) {}

  private LentDetail() {}

  /**
   * Whether {@code edge} has nothing of the quote but details that stand in place of others of the
   * same kind in {@code rest}. O(words of the sentences × words of the quote).
   *
   * @param edge a French sentence at the end of a passage
   * @param rest the passage's other sentences
   * @param english the quote
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  static boolean is(
      Side edge, List<Side> rest, Side english, Bridge bridge, Cancellation cancellation) {
    List<Integer> lent = new ArrayList<>();
    for (int j = 0; j < english.size(); j++) {
      cancellation.check();
      if (!english.at(j).mark() && english.at(j).content()) {
        double own = cover(edge, english.at(j), bridge);
        double others = 0;
        for (Side side : rest) {
          others = Math.max(others, cover(side, english.at(j), bridge));
        }
        if (own > others + BETTER) {
          lent.add(j);
        }
      }
    }
    if (lent.isEmpty()) {
      return false;
    }
    List<Detail> replaced = replaced(rest, english, bridge);
    return lent.stream()
        .allMatch(j -> replaced.stream().anyMatch(one -> one.from <= j && j < one.to));
  }

  private static double cover(Side french, Side.Token word, Bridge bridge) {
    double best = 0;
    for (Side.Token token : french.tokens) {
      if (!token.mark()) {
        best = Math.max(best, bridge.score(token.stem(), word.stem()));
        best = Math.max(best, Pair.alike(token, word));
      }
    }
    return best;
  }

  /** Details of the quote that none of the sentences has, which have another one of their kind. */
  private static List<Detail> replaced(List<Side> sentences, Side english, Bridge bridge) {
    List<NameComparison.Name> names = NameComparison.in(english, 0, english.size(), bridge);
    List<Quantity> figures = Quantity.in(english, 0, english.size());
    List<NameComparison.Name> strangers = new ArrayList<>(names);
    List<Quantity> unknown = new ArrayList<>(figures);
    List<String> left = new ArrayList<>();
    boolean figureLeft = false;
    for (Side side : sentences) {
      for (NameComparison.Name f : NameComparison.in(side, 0, side.size(), bridge)) {
        boolean kept = names.stream().anyMatch(e -> NameComparison.same(side, english, f, e));
        strangers.removeIf(e -> NameComparison.same(side, english, f, e));
        if (!kept) {
          left.add(f.kind());
        }
      }
      for (Quantity f : Quantity.in(side, 0, side.size())) {
        figureLeft |= figures.stream().noneMatch(f::sameAs);
        unknown.removeIf(f::sameAs);
      }
    }
    List<Detail> replaced = new ArrayList<>();
    for (NameComparison.Name e : strangers) {
      if (left.contains(e.kind())) {
        replaced.add(new Detail(e.from(), e.to()));
      }
    }
    for (Quantity e : unknown) {
      if (figureLeft) {
        replaced.add(new Detail(e.from(), e.to()));
      }
    }
    return replaced;
  }
}
