package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.text.TextSpan;
import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
import dev.verso.wordalign.AttentionLinks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the inline markup of a text on the words of its translation.
 *
 * <p>With p(s, t) the probability of the link between source word s and target word t, an element
 * around the source words E goes around the contiguous target words R that maximise
 *
 * <pre>  Σ_{t ∈ R} ( Σ_{s ∈ E} p(s, t) − Σ_{s ∉ E} p(s, t) − ε ),</pre>
 *
 * inside what encloses it and beside what stands with it; ε = 0.02 keeps words without links out at
 * the edges and in between others; such words beside R join it if the element has words without
 * links and its neighbour there has not. An element around all words of what encloses it stays so.
 * One without any link goes to the unlinked words at its place, or to its neighbour if there are
 * none. A mark that stands by itself goes to the boundary that the fewest links cross:
 *
 * <pre>  argmin_k Σ_{s before, t ≥ k} p(s, t) + Σ_{s behind, t &lt; k} p(s, t),</pre>
 *
 * of several such ones behind the translation of the word before it. Elements stay balanced and
 * nested, and none is lost; spaces beside a mark stay on the side they were on.
 *
 * <p>O(M·S·T) for M marks, S source and T target words, up to {@value #MOST_STEPS} steps and
 * {@value #DEEPEST} elements inside each other. Beyond that, in O(n log n), every mark goes to the
 * place of the target that its place in the source is linked to, in proportion between links, and
 * never before its predecessor's, which keeps elements balanced and nested. Stateless.
 */
public final class MarkupProjection {

  private static final double UNLINKED = 0.02;
  private static final double TIE = 1e-9;

  /** How far, in words, an element without links looks for words without links. */
  private static final int NEAR = 3;

  /** Steps up to which each mark is tried at each word. */
  private static final long MOST_STEPS = 50_000_000;

  /** Word pairs up to which all are kept at hand. */
  private static final long MOST_PAIRS = 2_000_000;

  /** Elements inside each other up to which each is placed inside the other. */
  private static final int DEEPEST = 200;

  private final MarkedText source;
  private final String target;
  private final List<TextSpan> sourceWords;
  private final List<TextSpan> targetWords;
  private final double[][] link;
  private final StringBuilder text = new StringBuilder();
  private final List<Mark> marks = new ArrayList<>();
  private int cursor;

  private MarkupProjection(MarkedText source, String target, List<AlignmentLink> links) {
    this.source = source;
    this.target = target;
    this.sourceWords = AttentionLinks.words(source.text(), true);
    this.targetWords = AttentionLinks.words(target, false);
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

  /**
   * The translation with the source's marks.
   *
   * @param source the source text with its marks
   * @param target its translation
   * @param links offsets into both texts
   * @return {@code target}, at most with spaces added where a mark had some on both sides
   */
  public static MarkedText project(MarkedText source, String target, List<AlignmentLink> links) {
    if (source.marks().isEmpty()) {
      return MarkedText.plain(target);
    }
    long pairs =
        (long) AttentionLinks.words(source.text(), true).size()
            * AttentionLinks.words(target, false).size();
    if (pairs > MOST_PAIRS
        || pairs * source.marks().size() > MOST_STEPS
        || depth(source.marks()) > DEEPEST) {
      return proportional(source, target, links);
    }
    return new MarkupProjection(source, target, links).run();
  }

  private static int depth(List<Mark> marks) {
    int depth = 0;
    int deepest = 0;
    for (Mark mark : marks) {
      depth += mark.kind() == Kind.OPEN ? 1 : mark.kind() == Kind.CLOSE ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  /** Each mark where its place in the source is linked to, none before its predecessor. */
  private static MarkedText proportional(
      MarkedText source, String target, List<AlignmentLink> links) {
    TreeMap<Integer, Integer> anchors = new TreeMap<>();
    for (AlignmentLink link : links) {
      anchors.merge(link.source().start(), link.target().start(), Math::max);
      anchors.merge(link.source().end(), link.target().end(), Math::max);
    }
    anchors.put(0, 0);
    anchors.put(source.text().length(), target.length());
    int least = 0;
    for (Map.Entry<Integer, Integer> anchor : anchors.entrySet()) {
      least = Math.max(least, anchor.getValue());
      anchor.setValue(least);
    }
    List<Mark> placed = new ArrayList<>();
    int at = 0;
    for (Mark mark : source.marks()) {
      Map.Entry<Integer, Integer> before = anchors.floorEntry(mark.position());
      Map.Entry<Integer, Integer> behind = anchors.ceilingEntry(mark.position());
      int place = before.getValue();
      if (mark.position() > before.getKey()) {
        double share =
            (mark.position() - before.getKey()) / (double) (behind.getKey() - before.getKey());
        place += (int) Math.round(share * (behind.getValue() - before.getValue()));
        place = Math.max(at, place);
        while (place < target.length() && isInWord(target, place)) {
          place++;
        }
      }
      at = Math.max(at, place);
      placed.add(new Mark(mark.kind(), mark.id(), at));
    }
    return new MarkedText(target, placed);
  }

  private static boolean isInWord(String text, int place) {
    return place > 0
        && (Character.isLowSurrogate(text.charAt(place))
            || (Character.isLetterOrDigit(text.codePointBefore(place))
                && Character.isLetterOrDigit(text.codePointAt(place))));
  }

  private MarkedText run() {
    Node root = new Node(null, 0, source.text().length());
    Node parent = root;
    List<Node> open = new ArrayList<>();
    for (Mark mark : source.marks()) {
      if (mark.kind() == Kind.CLOSE) {
        parent.end = mark.position();
        open.remove(open.size() - 1);
        parent = open.isEmpty() ? root : open.get(open.size() - 1);
        continue;
      }
      Node node = new Node(mark, mark.position(), mark.position());
      parent.children.add(node);
      if (mark.kind() == Kind.OPEN) {
        open.add(node);
        parent = node;
      }
    }
    root.high = targetWords.size();
    place(root);
    write(root);
    text.append(target, cursor, target.length());
    return new MarkedText(text.toString(), marks);
  }

  /** An element, a single mark, or the text as a whole: [start, end) of the source, [low, high). */
  private static final class Node {
    final Mark mark;
    final int start;
    int end;
    int low;
    int high;
    final List<Node> children = new ArrayList<>();

    Node(Mark mark, int start, int end) {
      this.mark = mark;
      this.start = start;
      this.end = end;
    }

    boolean isElement() {
      return mark == null || mark.kind() == Kind.OPEN;
    }
  }

  // --- where things go -----------------------------------------------------------------------

  private void place(Node parent) {
    boolean[] taken = new boolean[targetWords.size()];
    List<Node> elements = new ArrayList<>();
    for (Node child : parent.children) {
      if (child.isElement() && child.end > child.start) {
        elements.add(child);
      }
    }
    // What is sure of its place takes it first.
    elements.sort(Comparator.comparingDouble((Node node) -> -mass(node, parent)));
    for (Node element : elements) {
      place(element, parent, taken);
      for (int t = element.low; t < element.high; t++) {
        taken[t] = true;
      }
    }
    for (Node child : parent.children) {
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
    for (Node element : elements) {
      place(element);
    }
  }

  private static boolean splits(List<Node> elements, int k) {
    return elements.stream().anyMatch(element -> element.low < k && k < element.high);
  }

  /** Source words of which the range holds at least half, or the one it lies in. */
  private int[] words(Node node) {
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

  private double mass(Node node, Node parent) {
    int[] inside = words(node);
    double sum = 0;
    for (int s = inside[0]; s < inside[1]; s++) {
      for (int t = parent.low; t < parent.high; t++) {
        sum += link[s][t];
      }
    }
    return sum;
  }

  private void place(Node element, Node parent, boolean[] taken) {
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
  private void placeUnlinked(Node element, Node parent, int words, boolean[] taken) {
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
  private void takeUnlinked(Node element, Node parent, int[] inside, boolean[] taken) {
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
  private int boundary(int position, Node parent) {
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

  // --- writing -------------------------------------------------------------------------------

  private void write(Node node) {
    List<Node> children = new ArrayList<>(node.children);
    // Stable: marks at one place keep their order.
    children.sort(Comparator.comparingInt((Node child) -> child.low).thenComparingInt(c -> c.high));
    for (Node child : children) {
      if (!child.isElement()) {
        advance(singlePlace(child.start, child.low));
        boolean both =
            isSpace(source.text(), child.start - 1) && isSpace(source.text(), child.start);
        boolean spaceLeft = !text.isEmpty() && isSpace(text, text.length() - 1);
        if (both && !spaceLeft && !text.isEmpty()) {
          text.append(' ');
        }
        marks.add(new Mark(child.mark.kind(), child.mark.id(), text.length()));
        if (both && cursor < target.length() && !isSpace(target, cursor)) {
          text.append(' ');
        }
        continue;
      }
      if (child.low == child.high) {
        advance(singlePlace(child.start, child.low));
      } else {
        int start = targetWords.get(child.low).start();
        // A space inside the element at its edge stays inside.
        boolean inner =
            isSpace(source.text(), child.start) && !isSpace(source.text(), child.start - 1);
        while (inner && start > cursor && isSpace(target, start - 1)) {
          start--;
        }
        advance(start);
      }
      marks.add(new Mark(Kind.OPEN, child.mark.id(), text.length()));
      write(child);
      if (child.low < child.high) {
        int end = targetWords.get(child.high - 1).end();
        boolean inner = isSpace(source.text(), child.end - 1) && !isSpace(source.text(), child.end);
        while (inner && end < target.length() && isSpace(target, end)) {
          end++;
        }
        advance(end);
      }
      marks.add(new Mark(Kind.CLOSE, child.mark.id(), text.length()));
    }
  }

  /** The offset into the target for a mark between words k - 1 and k. */
  private int singlePlace(int position, int k) {
    boolean gluedLeft = position > 0 && !isSpace(source.text(), position - 1);
    if (k == 0) {
      return targetWords.isEmpty() ? 0 : targetWords.get(0).start();
    }
    if (gluedLeft || k == targetWords.size()) {
      return targetWords.get(k - 1).end();
    }
    return targetWords.get(k).start();
  }

  private void advance(int to) {
    if (to > cursor) {
      text.append(target, cursor, to);
      cursor = to;
    }
  }

  private static boolean isSpace(CharSequence text, int index) {
    return index >= 0
        && index < text.length()
        && (Character.isWhitespace(text.charAt(index))
            || Character.isSpaceChar(text.charAt(index)));
  }
}
