package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the target words that elements and single marks go to, by the formulas of {@link
 * MarkupProjection}. O(M·S·T) for M marks, S source and T target words. Used by one thread.
 */
final class MarkupPlacement {

  private static final double UNLINKED = 0.02;
  private static final double TIE = 1e-9;

  /** How far, in words, an element without links looks for words without links. */
  private static final int NEAR = 3;

  private final String target;
  private final List<TextSpan> sourceWords;
  private final List<TextSpan> targetWords;
  private final double[][] link;

  MarkupPlacement(
      String target,
      List<TextSpan> sourceWords,
      List<TextSpan> targetWords,
      List<AlignmentLink> links) {
    this.target = target;
    this.sourceWords = sourceWords;
    this.targetWords = targetWords;
    this.link = new double[sourceWords.size()][targetWords.size()];
    for (AlignmentLink one : links) {
      for (int s = 0; s < sourceWords.size(); s++) {
        for (int t = 0; t < targetWords.size() && sourceWords.get(s).overlaps(one.source()); t++) {
          if (targetWords.get(t).overlaps(one.target())) {
            link[s][t] = Math.max(link[s][t], one.probability());
          }
        }
      }
    }
  }

  /** Finds the target words of all that stands in {@code parent}, whose own are known. */
  void place(MarkupNode parent) {
    boolean[] taken = new boolean[targetWords.size()];
    List<MarkupNode> elements = new ArrayList<>();
    for (MarkupNode child : parent.children) {
      if (child.isElement() && child.end > child.start) {
        elements.add(child);
      }
    }
    // What is sure of its place takes it first.
    elements.sort(Comparator.comparingDouble((MarkupNode node) -> -mass(node, parent)));
    for (MarkupNode element : elements) {
      place(element, parent, taken);
      for (int t = element.low; t < element.high; t++) {
        taken[t] = true;
      }
    }
    for (MarkupNode child : parent.children) {
      if (!elements.contains(child)) {
        int k = boundary(child.start, parent);
        // Not into the middle of a neighbour.
        while (k > parent.low && k < parent.high && splits(elements, k)) {
          k--;
        }
        child.low = k;
        child.high = k;
      }
    }
    for (MarkupNode element : elements) {
      place(element);
    }
  }

  private static boolean splits(List<MarkupNode> elements, int k) {
    return elements.stream().anyMatch(element -> element.low < k && k < element.high);
  }

  /** Source words of which the range holds at least half, or the one it lies in. */
  private int[] words(MarkupNode node) {
    int from = sourceWords.size();
    int to = 0;
    for (int s = 0; s < sourceWords.size(); s++) {
      TextSpan word = sourceWords.get(s);
      int held = Math.min(word.end(), node.end) - Math.max(word.start(), node.start);
      boolean around = word.start() <= node.start && node.end <= word.end();
      if (held > 0 && (2 * held >= word.length() || around)) {
        from = Math.min(from, s);
        to = s + 1;
      }
    }
    return new int[] {from, to};
  }

  private double mass(MarkupNode node, MarkupNode parent) {
    int[] inside = words(node);
    double sum = 0;
    for (int s = inside[0]; s < inside[1]; s++) {
      for (int t = parent.low; t < parent.high; t++) {
        sum += link[s][t];
      }
    }
    return sum;
  }

  private void place(MarkupNode element, MarkupNode parent, boolean[] taken) {
    int[] inside = words(element);
    int[] around = words(parent);
    if (inside[0] >= inside[1]) { // only spaces
      element.low = boundary(element.start, parent);
      while (element.low < parent.high
          && element.low > parent.low
          && taken[element.low]
          && taken[element.low - 1]) {
        element.low--;
      }
      element.high = element.low;
      return;
    }
    boolean free = true;
    for (int t = parent.low; t < parent.high; t++) {
      free &= !taken[t];
    }
    if (free && inside[0] == around[0] && inside[1] == around[1]) {
      element.low = parent.low;
      element.high = parent.high;
      return;
    }
    double best = 0;
    double sum = 0;
    int low = parent.low;
    for (int t = parent.low; t < parent.high; t++) {
      double gain = -UNLINKED;
      for (int s = 0; s < sourceWords.size(); s++) {
        gain += s >= inside[0] && s < inside[1] ? link[s][t] : -link[s][t];
      }
      if (taken[t] || sum <= 0) {
        sum = 0;
        low = t;
      }
      if (taken[t]) {
        low = t + 1;
        continue;
      }
      sum += gain;
      if (sum > best + TIE) {
        best = sum;
        element.low = low;
        element.high = t + 1;
      }
    }
    if (best > 0) {
      takeUnlinked(element, parent, inside, taken);
      return;
    }
    placeUnlinked(element, parent, inside[1] - inside[0], taken);
  }

  /** Nothing is linked: the unlinked words near its place, or a neighbour if there are none. */
  private void placeUnlinked(MarkupNode element, MarkupNode parent, int words, boolean[] taken) {
    int k = boundary(element.start, parent);
    while (k > parent.low && k < parent.high && taken[k] && taken[k - 1]) {
      k--;
    }
    int at = -1;
    int neighbour = -1;
    for (int t = Math.max(parent.low, k - NEAR); t < Math.min(parent.high, k + NEAR); t++) {
      if (taken[t] || !isWord(t)) {
        continue;
      }
      if (isUnlinked(t) && (at < 0 || distance(t, k) < distance(at, k))) {
        at = t;
      }
      if (t == k || (t == k - 1 && neighbour < 0)) {
        neighbour = t;
      }
    }
    at = at < 0 ? neighbour : at;
    element.low = at < 0 ? k : at;
    element.high = at < 0 ? k : at + 1;
    while (at >= 0
        && element.high < parent.high
        && element.high - element.low < words
        && !taken[element.high]
        && isWord(element.high)
        && isUnlinked(element.high)) {
      element.high++;
    }
    while (at >= 0
        && element.low > parent.low
        && element.high - element.low < words
        && !taken[element.low - 1]
        && isWord(element.low - 1)
        && isUnlinked(element.low - 1)) {
      element.low--;
    }
  }

  /** From word t to the boundary k. */
  private static int distance(int t, int k) {
    return t < k ? k - 1 - t : t - k;
  }

  /**
   * Words without links beside the range are those of the element's own words without links, if
   * there are such and none stand outside it on that side.
   */
  private void takeUnlinked(MarkupNode element, MarkupNode parent, int[] inside, boolean[] taken) {
    int open = 0;
    for (int s = inside[0]; s < inside[1]; s++) {
      open += hasNoLink(s) ? 1 : 0;
    }
    boolean right = inside[1] == sourceWords.size() || !hasNoLink(inside[1]);
    boolean left = inside[0] == 0 || !hasNoLink(inside[0] - 1);
    while (open > 0
        && right
        && element.high < parent.high
        && !taken[element.high]
        && isWord(element.high)
        && isUnlinked(element.high)) {
      element.high++;
      open--;
    }
    while (open > 0
        && left
        && element.low > parent.low
        && !taken[element.low - 1]
        && isWord(element.low - 1)
        && isUnlinked(element.low - 1)) {
      element.low--;
      open--;
    }
  }

  private boolean isWord(int t) {
    return Character.isLetterOrDigit(target.codePointAt(targetWords.get(t).start()));
  }

  private boolean hasNoLink(int s) {
    for (double p : link[s]) {
      if (p > 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isUnlinked(int t) {
    for (double[] of : link) {
      if (of[t] > 0) {
        return false;
      }
    }
    return true;
  }

  /** The target boundary for a place in the source: the number of target words before it. */
  private int boundary(int position, MarkupNode parent) {
    int before = 0;
    while (before < sourceWords.size()
        && sourceWords.get(before).start() + sourceWords.get(before).end() <= 2 * position) {
      before++;
    }
    int[] around = words(parent);
    if (before <= around[0]) {
      return parent.low;
    }
    if (before >= around[1]) {
      return parent.high;
    }
    double cost = 0;
    for (int t = parent.low; t < parent.high; t++) {
      for (int s = 0; s < before; s++) {
        cost += link[s][t];
      }
    }
    int preferred = parent.low;
    for (int t = parent.low; t < parent.high; t++) {
      preferred = link[before - 1][t] > 0 ? t + 1 : preferred;
    }
    if (preferred == parent.low) { // the word before has no link: keep the proportion
      double share = (before - around[0]) / (double) (around[1] - around[0]);
      preferred = parent.low + (int) Math.round(share * (parent.high - parent.low));
    }
    double least = cost;
    int best = parent.low;
    for (int k = parent.low + 1; k <= parent.high; k++) {
      for (int s = 0; s < sourceWords.size(); s++) {
        cost += s < before ? -link[s][k - 1] : link[s][k - 1];
      }
      boolean nearer = Math.abs(k - preferred) < Math.abs(best - preferred);
      if (cost < least - TIE || (cost < least + TIE && nearer)) {
        best = k;
        least = Math.min(least, cost);
      }
    }
    return best;
  }
}
