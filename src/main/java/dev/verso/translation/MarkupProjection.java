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

  /** Steps up to which each mark is tried at each word. */
  private static final long MOST_STEPS = 50_000_000;

  /** Word pairs up to which all are kept at hand. */
  private static final long MOST_PAIRS = 2_000_000;

  /** Elements inside each other up to which each is placed inside the other. */
  private static final int DEEPEST = 200;

  private final MarkedText source;
  private final String target;
  private final List<TextSpan> targetWords;
  private final StringBuilder text = new StringBuilder();
  private final List<Mark> marks = new ArrayList<>();
  private int cursor;

  private MarkupProjection(MarkedText source, String target, List<TextSpan> targetWords) {
    this.source = source;
    this.target = target;
    this.targetWords = targetWords;
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
    List<TextSpan> sourceWords = AttentionLinks.words(source.text(), true);
    List<TextSpan> targetWords = AttentionLinks.words(target, false);
    long pairs = (long) sourceWords.size() * targetWords.size();
    if (pairs > MOST_PAIRS
        || pairs * source.marks().size() > MOST_STEPS
        || depth(source.marks()) > DEEPEST) {
      return proportional(source, target, links);
    }
    MarkupNode root = MarkupNode.tree(source, targetWords.size());
    new MarkupPlacement(target, sourceWords, targetWords, links).place(root);
    return new MarkupProjection(source, target, targetWords).written(root);
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

  private MarkedText written(MarkupNode root) {
    write(root);
    text.append(target, cursor, target.length());
    return new MarkedText(text.toString(), marks);
  }

  private void write(MarkupNode node) {
    List<MarkupNode> children = new ArrayList<>(node.children);
    // Stable: marks at one place keep their order.
    children.sort(
        Comparator.comparingInt((MarkupNode child) -> child.low).thenComparingInt(c -> c.high));
    for (MarkupNode child : children) {
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
    int before = spaces(source.text());
    if (position < before && spaces(target) == before) {
      return position; // the spaces at the beginning are the same
    }
    if (k == 0) {
      return targetWords.isEmpty() ? 0 : targetWords.get(0).start();
    }
    if (gluedLeft || k == targetWords.size()) {
      return targetWords.get(k - 1).end();
    }
    return targetWords.get(k).start();
  }

  /** Number of spaces at the beginning. */
  private static int spaces(CharSequence text) {
    int spaces = 0;
    while (isSpace(text, spaces)) {
      spaces++;
    }
    return spaces;
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
