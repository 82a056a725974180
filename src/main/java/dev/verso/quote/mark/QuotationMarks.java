package dev.verso.quote.mark;

import dev.verso.text.Cancellation;
import dev.verso.text.TextSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Pairs the quotation marks of a text: « », “ ”, „ “, ‹ ›, ‘ ’, &lt;&lt; &gt;&gt; and the shapes
 * that do not tell an opening mark from a closing one, {@code "}, {@code ''} and {@code '}.
 *
 * <p>Each mark may open, close, repeat (a mark at the start of a further paragraph of a long
 * quotation) or mean nothing; each of these costs according to its shape and its neighbours, and so
 * does a passage that runs over the end of a line or is never closed. The reading of the whole text
 * with the least cost is found by dynamic programming over the stack of open marks, at most three
 * deep, with a beam of {@value #BEAM} stacks. Whatever the cheapest reading had to put up with (a
 * mark that looks the wrong way, a missing one, a stray one) is told in {@link
 * MarkedPassage#repaired()}.
 *
 * <p>Apostrophes are not marks. Linear in the text. Stateless and thread-safe.
 */
public final class QuotationMarks {

  static final int BEAM = 16;
  private static final String SHARED = "One closing mark, ";
  private static final int DEPTH = 3;
  private static final int UNCHECKED = 4096; // units between two checks for cancellation
  private static final int BASE = 7;

  private static final int GUILLEMET = 1;
  private static final int CURLY = 2;
  private static final int STRAIGHT = 3;
  private static final int DOUBLED = 4;
  private static final int SINGLE = 5;
  private static final int ANGLE = 6;

  private static final double NEVER = 1e9;
  private static final double UNCLOSED = 2.0;
  private static final double UNOPENED = 1.8;
  private static final double STRAY = 2.2;
  private static final double ATTRIBUTED = .9; // unclosed, but the line ends with who spoke
  private static final double MISMATCH = 1.5;

  /** What a mark or a line's end does. */
  private enum Action {
    OPEN,
    CLOSE,
    CLOSE_TWO,
    REPEAT,
    ORPHAN,
    IGNORE,
    KEEP,
    DROP
  }

  private final CharSequence text;
  private final IntPredicate attributionAt;
  private final Cancellation cancellation;

  // The marks, in order.
  private int count;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private byte[] family = new byte[16];
  private float[] openCost = new float[16];
  private float[] closeCost = new float[16];
  private float[] ignoreCost = new float[16];
  private int[] lines = new int[16]; // where the mark's line starts
  private int line;

  // The lattice: each node is one action on one mark or line end.
  private int nodes;
  private int[] parent = new int[64];
  private int[] mark = new int[64];
  private Action[] action = new Action[64];

  private QuotationMarks(CharSequence text, IntPredicate attributionAt, Cancellation cancellation) {
    this.text = text;
    this.cancellation = cancellation;
    this.attributionAt = attributionAt;
  }

  /**
   * The passages of {@code text} between quotation marks, each before those inside it. A line break
   * is taken for the end of a paragraph.
   *
   * @param attributionAt whether the words from this offset on tell who spoke ({@code , a-t-il
   *     dit}): there a quotation ends
   */
  public static List<MarkedPassage> parse(CharSequence text, IntPredicate attributionAt) {
    return parse(text, attributionAt, Cancellation.NONE);
  }

  /**
   * The passages of {@code text} between quotation marks; see {@link #parse(CharSequence,
   * IntPredicate)}.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public static List<MarkedPassage> parse(
      CharSequence text, IntPredicate attributionAt, Cancellation cancellation) {
    QuotationMarks marks = new QuotationMarks(text, attributionAt, cancellation);
    marks.scan();
    if (marks.count == 0) {
      return List.of();
    }
    return marks.passages(marks.cheapest());
  }

  /** Whether this note of {@link MarkedPassage#repaired()} reports one closing mark for two. */
  public static boolean isShared(String note) {
    return note.startsWith(SHARED);
  }

  // ---- the marks and what each reading of them costs

  private void scan() {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (i % UNCHECKED == 0) {
        cancellation.check();
      }
      char c = text.charAt(i);
      if (isBreak(c)) {
        line = i + 1;
        continue;
      }
      switch (c) {
        case '«' -> directed(i, i + 1, GUILLEMET, true);
        case '»' -> directed(i, i + 1, GUILLEMET, false);
        case '‹' -> directed(i, i + 1, ANGLE, true);
        case '›' -> directed(i, i + 1, ANGLE, false);
        case '“', '„', '‟' -> directed(i, i + 1, CURLY, true);
        case '”' -> directed(i, i + 1, CURLY, false);
        case '"' -> {
          if (i + 1 < length
              && text.charAt(i + 1) == '"'
              && spaceBefore(i)
              && spaceAfter(i + 2)
              && !(i + 2 < length && text.charAt(i + 2) == '"')) {
            i++; // nothing between the marks
          } else {
            straight(i, i + 1, STRAIGHT);
          }
        }
        case '<' -> {
          if (i + 1 < length && text.charAt(i + 1) == '<') {
            directed(i, i + 2, GUILLEMET, true);
            i++;
          }
        }
        case '>' -> {
          if (i + 1 < length && text.charAt(i + 1) == '>') {
            directed(i, i + 2, GUILLEMET, false);
            i++;
          }
        }
        case '`' -> {
          if (i + 1 < length && text.charAt(i + 1) == '`') {
            directed(i, i + 2, DOUBLED, true);
            i++;
          }
        }
        case '\'' -> {
          if (i + 1 < length && text.charAt(i + 1) == '\'') {
            boolean inside = letterAt(i - 1) && letterAt(i + 2);
            if (!inside) {
              straight(i, i + 2, DOUBLED);
            }
            i++;
          } else {
            single(i);
          }
        }
        case '’', '‘' -> single(i);
        default -> {}
      }
    }
  }

  private void add(int start, int end, int kind, double open, double close, double ignore) {
    if (count == starts.length) {
      int size = count * 2;
      starts = Arrays.copyOf(starts, size);
      ends = Arrays.copyOf(ends, size);
      family = Arrays.copyOf(family, size);
      openCost = Arrays.copyOf(openCost, size);
      closeCost = Arrays.copyOf(closeCost, size);
      ignoreCost = Arrays.copyOf(ignoreCost, size);
      lines = Arrays.copyOf(lines, size);
    }
    starts[count] = start;
    ends[count] = end;
    family[count] = (byte) kind;
    openCost[count] = (float) open;
    closeCost[count] = (float) close;
    ignoreCost[count] = (float) ignore;
    lines[count] = line;
    count++;
  }

  private void directed(int start, int end, int kind, boolean opening) {
    boolean lineEnds = onlySpaceToLineEnd(end);
    if (opening) {
      if (lineEnds) {
        add(start, end, kind, 2.5, .6, STRAY);
      } else {
        boolean wrongWay = !spaceBefore(start) && spaceAfter(end);
        add(start, end, kind, wrongWay ? .5 : 0, wrongWay ? 1.4 : 2.6, STRAY);
      }
    } else {
      boolean wrongWay = spaceBefore(start) && !spaceAfter(end) && !lineEnds;
      add(start, end, kind, wrongWay ? 1.4 : 4.5, wrongWay ? .5 : 0, STRAY);
    }
  }

  private void straight(int start, int end, int kind) {
    boolean before = spaceBefore(start);
    boolean after = spaceAfter(end);
    if (before && after) {
      char next = end < text.length() ? text.charAt(end) : ' ';
      int last = lastNonSpace(start);
      char previous = last < 0 || hasBreak(last + 1, start) ? '\n' : text.charAt(last);
      if (!isSpace(next) || onlySpaceToLineEnd(end)) {
        add(start, end, kind, 1.5, .1, STRAY);
      } else if (previous == '\n') {
        add(start, end, kind, .1, 1.5, STRAY);
      } else if (previous == ',' || previous == ':' || previous == '(') {
        add(start, end, kind, .2, .8, STRAY);
      } else if (".!?…".indexOf(previous) >= 0) {
        add(start, end, kind, .5, .3, STRAY);
      } else {
        add(start, end, kind, .4, .4, STRAY);
      }
    } else if (before) {
      add(start, end, kind, 0, 2, STRAY);
    } else if (after) {
      add(start, end, kind, 2, 0, STRAY);
    } else {
      char previous = text.charAt(start - 1);
      boolean letters = Character.isLetterOrDigit(previous) && letterAt(end);
      add(start, end, kind, letters ? 1.5 : .3, letters ? 1.5 : .5, letters ? .3 : STRAY);
    }
  }

  private void single(int at) {
    char c = text.charAt(at);
    boolean wordBefore = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
    boolean wordAfter = at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
    if (wordBefore && wordAfter) {
      return; // an apostrophe
    }
    if (c == '‘') {
      boolean year = at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
      if (wordAfter || !spaceAfter(at + 1)) {
        add(at, at + 1, SINGLE, 0, 3, year ? .2 : 1);
      }
      return;
    }
    if (wordBefore || (at > 0 && ".,!?…;".indexOf(text.charAt(at - 1)) >= 0)) {
      if (Character.isDigit(text.charAt(at - 1)) && !spaceAfter(at + 1)) {
        return;
      }
      if (wordBefore && isElision(at)) {
        return;
      }
      if (spaceAfter(at + 1) || !wordAfter) {
        add(at, at + 1, SINGLE, NEVER, 0, wordBefore ? 0 : .6);
      }
    } else if (c == '\'' && spaceBefore(at) && letterAt(at + 1)) {
      add(at, at + 1, SINGLE, .1, NEVER, .9);
    }
  }

  /** Whether the apostrophe at {@code at} ends {@code qu'}, {@code l'} and the like. */
  private boolean isElision(int at) {
    int start = at;
    while (start > 0 && at - start < 8 && Character.isLetter(text.charAt(start - 1))) {
      start--;
    }
    String word = text.subSequence(start, at).toString();
    return (word.length() == 1 && "ldjmtscnLDJMTSCN".contains(word))
        || word.equalsIgnoreCase("qu")
        || word.equalsIgnoreCase("lorsqu")
        || word.equalsIgnoreCase("puisqu")
        || word.equalsIgnoreCase("jusqu");
  }

  private boolean letterAt(int i) {
    return i >= 0 && i < text.length() && Character.isLetter(text.charAt(i));
  }

  private boolean spaceBefore(int i) {
    return i == 0
        || isSpace(text.charAt(i - 1))
        || "([{—–-«‹“„‘'’:/".indexOf(text.charAt(i - 1)) >= 0;
  }

  private boolean spaceAfter(int i) {
    return i >= text.length()
        || isSpace(text.charAt(i))
        || ".,;:!?)]}…»›”-–—".indexOf(text.charAt(i)) >= 0;
  }

  public static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  public static boolean isBreak(char c) {
    return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
  }

  private boolean onlySpaceToLineEnd(int i) {
    for (int steps = 0; i < text.length() && steps < 8; i++, steps++) {
      char c = text.charAt(i);
      if (isBreak(c)) {
        return true;
      }
      if (!isSpace(c)) {
        return false;
      }
    }
    return i >= text.length();
  }

  /** Whether at most a stop stands between {@code i} and the line's end. */
  private boolean endsLine(int i) {
    int at = i;
    while (at < text.length() && at < i + 3 && ".,;!?…".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return onlySpaceToLineEnd(at);
  }

  private int lastNonSpace(int before) {
    int i = before - 1;
    for (int steps = 0; i >= 0 && steps < 8 && isSpace(text.charAt(i)); steps++) {
      i--;
    }
    return i;
  }

  private boolean hasBreak(int from, int to) {
    for (int i = from; i < to; i++) {
      if (isBreak(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  // ---- the cheapest reading

  private int node(int parentNode, int markIndex, Action what) {
    if (nodes == parent.length) {
      int size = nodes * 2;
      parent = Arrays.copyOf(parent, size);
      mark = Arrays.copyOf(mark, size);
      action = Arrays.copyOf(action, size);
    }
    parent[nodes] = parentNode;
    mark[nodes] = markIndex;
    action[nodes] = what;
    return nodes++;
  }

  /** The stacks reached so far, each with the cheapest way to it. */
  private static final class Beam {
    private int size;
    private final int[] stacks = new int[BEAM * 6];
    private final double[] costs = new double[BEAM * 6];
    private final int[] froms = new int[BEAM * 6];
    private final Action[] actions = new Action[BEAM * 6];

    void offer(int stack, double cost, int from, Action what) {
      if (cost >= NEVER) {
        return;
      }
      for (int i = 0; i < size; i++) {
        if (stacks[i] == stack) {
          if (cost < costs[i]) {
            costs[i] = cost;
            froms[i] = from;
            actions[i] = what;
          }
          return;
        }
      }
      if (size < stacks.length) {
        stacks[size] = stack;
        costs[size] = cost;
        froms[size] = from;
        actions[size++] = what;
      }
    }

    void prune() {
      double best = Double.MAX_VALUE;
      for (int i = 0; i < size; i++) {
        best = Math.min(best, costs[i]);
      }
      double limit = best + 8;
      if (size > BEAM) {
        double[] sorted = Arrays.copyOf(costs, size);
        Arrays.sort(sorted);
        limit = Math.min(limit, sorted[BEAM - 1]);
      }
      int kept = 0;
      for (int i = 0; i < size && kept < BEAM; i++) {
        if (costs[i] <= limit) {
          stacks[kept] = stacks[i];
          costs[kept] = costs[i];
          froms[kept] = froms[i];
          actions[kept++] = actions[i];
        }
      }
      size = kept;
    }
  }

  private int[] cheapest() {
    int size = 1;
    int[] stacks = new int[BEAM];
    double[] costs = new double[BEAM];
    int[] heads = new int[BEAM];
    heads[0] = -1;
    for (int m = 0; m <= count; m++) {
      cancellation.check();
      int from = m == 0 ? 0 : ends[m - 1];
      int to = m == count ? text.length() : starts[m];
      int lines = 0;
      int blanks = 0;
      boolean blank = false;
      int lastBreak = -1;
      int between = 0; // lines with text and no mark
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        if (c == '\n' || (isBreak(c) && !(i + 1 < to && text.charAt(i + 1) == '\n'))) {
          lines++;
          blanks += blank ? 1 : 0;
          between += blank || lastBreak < 0 ? 0 : 1;
          blank = true;
          lastBreak = i;
        } else if (!isSpace(c)) {
          blank = false;
        }
      }
      boolean lineStart = m < count && lines > 0 && onlySpace(lastBreak + 1, starts[m]);
      boolean opener = m < count && (openCost[m] <= closeCost[m] || (lineStart && repeatsOld(m)));
      if (m > 0 && (lines > 0 || m == count)) {
        Beam beam = new Beam();
        for (int s = 0; s < size; s++) {
          int depth = depth(stacks[s]);
          if (depth == 0) {
            beam.offer(stacks[s], costs[s], heads[s], null);
            continue;
          }
          double drop = 0;
          for (int rest = stacks[s]; rest > 0; rest /= BASE) {
            drop += rest % BASE == SINGLE ? 1 : UNCLOSED;
          }
          if (m > 0 && endsWithAttribution(ends[m - 1])) {
            drop = Math.min(drop, ATTRIBUTED);
          }
          beam.offer(0, costs[s] + drop, heads[s], Action.DROP);
          if (m < count) {
            boolean repeats = lineStart && opener && between == 0 && stacks[s] % BASE == family[m];
            double keep = .4 + (repeats ? 0 : .2 * Math.min(lines, 8) + .8 * Math.min(blanks, 3));
            keep += stacks[s] % BASE == SINGLE ? 1 : 0;
            beam.offer(stacks[s], costs[s] + keep * depth, heads[s], Action.KEEP);
          }
        }
        beam.prune();
        size = beam.size;
        int[] newHeads = new int[BEAM];
        for (int s = 0; s < size; s++) {
          stacks[s] = beam.stacks[s];
          costs[s] = beam.costs[s];
          newHeads[s] =
              beam.actions[s] == null ? beam.froms[s] : node(beam.froms[s], m - 1, beam.actions[s]);
        }
        heads = newHeads;
      }
      if (m == count) {
        break;
      }
      boolean glyph = !ambiguous(m) && looksOpening(m) && spaceAfter(ends[m]);
      boolean attribution = (closeCost[m] < 1 || glyph) && attributionAt.test(ends[m]);
      if (attribution && glyph) {
        closeCost[m] = Math.min(closeCost[m], .7f); // "… Iraq « a déclaré X"
        openCost[m] = Math.max(openCost[m], .7f);
      }
      Beam beam = new Beam();
      for (int s = 0; s < size; s++) {
        step(
            beam,
            m,
            stacks[s],
            costs[s],
            heads[s],
            lineStart && opener && between == 0,
            attribution);
      }
      beam.prune();
      size = beam.size;
      int[] newHeads = new int[BEAM];
      for (int s = 0; s < size; s++) {
        stacks[s] = beam.stacks[s];
        costs[s] = beam.costs[s];
        newHeads[s] = node(beam.froms[s], m, beam.actions[s]);
      }
      heads = newHeads;
    }
    int best = 0;
    for (int s = 1; s < size; s++) {
      best = costs[s] < costs[best] ? s : best;
    }
    int length = 0;
    for (int n = heads[best]; n >= 0; n = parent[n]) {
      length++;
    }
    int[] path = new int[length];
    for (int n = heads[best]; n >= 0; n = parent[n]) {
      path[--length] = n;
    }
    return path;
  }

  /** "» Le deuxième hiver …": in old French books each paragraph of a quotation opens so. */
  private boolean repeatsOld(int m) {
    if (text.charAt(starts[m]) != '»') {
      return false;
    }
    int next = ends[m];
    while (next < text.length() && isSpace(text.charAt(next)) && !isBreak(text.charAt(next))) {
      next++;
    }
    return next < text.length()
        && Character.isUpperCase(text.charAt(next))
        && !attributionAt.test(ends[m]);
  }

  /** Whether the rest of the line from {@code from} ends with ", a-t-elle dit.". */
  private boolean endsWithAttribution(int from) {
    int end = from;
    while (end < text.length() && !isBreak(text.charAt(end))) {
      end++;
    }
    for (int i = end - 1; i >= Math.max(from, end - 80); i--) {
      if (text.charAt(i) == ',') {
        return attributionAt.test(i);
      }
    }
    return false;
  }

  private void step(
      Beam beam, int m, int stack, double cost, int head, boolean lineStart, boolean attribution) {
    int depth = depth(stack);
    int top = stack % BASE;
    if (depth < DEPTH) {
      double nested = depth == 0 ? 0 : top == family[m] ? .6 : .1;
      beam.offer(
          stack * BASE + family[m],
          cost + openCost[m] + nested + (depth == 0 ? 0 : .01 * depth),
          head,
          Action.OPEN);
    }
    if (depth > 0) {
      double after = attribution && depth > 1 ? 1.0 : 0;
      beam.offer(
          stack / BASE, cost + closeCost[m] + mismatch(top, family[m]) + after, head, Action.CLOSE);
      if (lineStart && top == family[m]) {
        beam.offer(stack, cost + .1, head, Action.REPEAT);
      }
    }
    if (depth > 1 && family[m] != SINGLE) {
      int second = stack / BASE % BASE;
      double both = attribution ? .3 : endsLine(ends[m]) ? .5 : 1.0;
      beam.offer(
          stack / BASE / BASE,
          cost
              + closeCost[m]
              + Math.min(mismatch(second, family[m]), mismatch(top, family[m]))
              + both
              + (top == SINGLE ? -.3 : 0),
          head,
          Action.CLOSE_TWO);
    }
    if (depth == 0 && family[m] != SINGLE) {
      double nobody = attribution ? 0 : .6;
      beam.offer(stack, cost + closeCost[m] + UNOPENED + nobody, head, Action.ORPHAN);
    }
    double ignore = family[m] == SINGLE && depth > 0 && top != SINGLE ? .2 : 0;
    beam.offer(stack, cost + ignoreCost[m] - Math.min(ignore, ignoreCost[m]), head, Action.IGNORE);
  }

  private static double mismatch(int open, int close) {
    if (open == close) {
      return 0;
    }
    return open == SINGLE || close == SINGLE ? 4 : MISMATCH;
  }

  private static int depth(int stack) {
    int depth = 0;
    for (int rest = stack; rest > 0; rest /= BASE) {
      depth++;
    }
    return depth;
  }

  private boolean onlySpace(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isSpace(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  // ---- from the reading to the passages

  private static final class Open {
    final int start;
    final int mark;
    int pieceStart;
    final int order;
    final List<TextSpan> pieces = new ArrayList<>();
    final List<String> repaired = new ArrayList<>();

    Open(int start, int pieceStart, int mark, int order) {
      this.start = start;
      this.pieceStart = pieceStart;
      this.mark = mark;
      this.order = order;
    }
  }

  private record Placed(MarkedPassage passage, int order) {}

  private List<MarkedPassage> passages(int[] path) {
    List<Placed> placed = new ArrayList<>();
    Deque<Open> stack = new ArrayDeque<>();
    int order = 0;
    int lastEnd = 0; // where the last top passage ended
    for (int node : path) {
      int m = mark[node];
      switch (action[node]) {
        case OPEN -> {
          Open open = new Open(starts[m], ends[m], m, order++);
          if (!looksOpening(m)) {
            open.repaired.add(quoted(m) + " stands where an opening mark belongs.");
          }
          stack.push(open);
        }
        case REPEAT -> {
          Open open = stack.peek();
          piece(open, starts[m]);
          open.pieceStart = ends[m];
        }
        case CLOSE -> {
          Open open = stack.pop();
          closing(open, m);
          close(open, starts[m], ends[m], true, stack.size(), placed);
          lastEnd = ends[m];
        }
        case CLOSE_TWO -> {
          Open inner = stack.pop();
          Open outer = stack.pop();
          outer.repaired.add(SHARED + quoted(m) + ", ends two quotations.");
          if (mismatch(family[inner.mark], family[m]) == 0) {
            close(inner, starts[m], ends[m], true, stack.size() + 1, placed);
          } else {
            inner.repaired.add("Its closing mark is missing.");
            close(inner, starts[m], starts[m], false, stack.size() + 1, placed);
          }
          close(outer, starts[m], ends[m], true, stack.size(), placed);
          lastEnd = ends[m];
        }
        case ORPHAN -> {
          if (lines[m] >= lastEnd) {
            Open open = new Open(lines[m], lines[m], m, order++);
            open.repaired.add("Its opening mark is missing.");
            MarkedPassage passage = passage(open, starts[m], ends[m], false, true, 0);
            if (passage != null) {
              placed.add(new Placed(passage, open.order));
            }
          } else if (!placed.isEmpty()) {
            stray(placed, m);
          }
          lastEnd = ends[m];
        }
        case IGNORE -> {
          if (family[m] != SINGLE && stack.isEmpty() && !placed.isEmpty() && ignoreCost[m] > 1) {
            stray(placed, m);
          } else if (!stack.isEmpty() && family[m] != SINGLE && ignoreCost[m] > 1) {
            stack.peek().repaired.add("A stray " + quoted(m) + " is left out of account.");
          }
        }
        case KEEP -> {}
        case DROP -> {
          int end = ends[m];
          while (end < text.length() && !isBreak(text.charAt(end))) {
            end++;
          }
          while (!stack.isEmpty()) {
            Open open = stack.pop();
            open.repaired.add("Its closing mark is missing.");
            close(open, end, end, false, stack.size(), placed);
          }
          lastEnd = end;
        }
      }
    }
    placed.sort(Comparator.comparingInt(Placed::order));
    List<MarkedPassage> passages = new ArrayList<>(placed.size());
    MarkedPassage last = null;
    for (Placed one : placed) {
      if (last == null || !last.content().equals(one.passage().content())) {
        passages.add(one.passage());
        last = one.passage();
      }
    }
    return Collections.unmodifiableList(passages);
  }

  private void stray(List<Placed> placed, int m) {
    Placed last = placed.get(placed.size() - 1);
    MarkedPassage passage = last.passage();
    if (lines[m] > passage.outer().end()) {
      return;
    }
    List<String> repaired = new ArrayList<>(passage.repaired());
    repaired.add("A stray " + quoted(m) + " behind it is left out of account.");
    placed.set(
        placed.size() - 1,
        new Placed(
            new MarkedPassage(
                passage.outer(),
                passage.content(),
                passage.depth(),
                passage.opened(),
                passage.closed(),
                repaired),
            last.order()));
  }

  private void closing(Open open, int m) {
    if (mismatch(family[open.mark], family[m]) > 0) {
      open.repaired.add(
          "It is opened with " + quoted(open.mark) + " and closed with " + quoted(m) + ".");
    } else if (looksOpening(m) && !ambiguous(m)) {
      open.repaired.add("Its closing mark is missing: an opening " + quoted(m) + " stands there.");
    }
  }

  private boolean ambiguous(int m) {
    return family[m] == STRAIGHT || family[m] == SINGLE || (family[m] == DOUBLED);
  }

  private boolean looksOpening(int m) {
    return ambiguous(m) || "«‹“„‟<‘".indexOf(text.charAt(starts[m])) >= 0;
  }

  private String quoted(int m) {
    return text.subSequence(starts[m], ends[m]).toString();
  }

  private void piece(Open open, int end) {
    TextSpan span = trim(open.pieceStart, end);
    if (!span.isEmpty()) {
      open.pieces.add(span);
    }
  }

  private void close(
      Open open, int end, int outerEnd, boolean closed, int depth, List<Placed> placed) {
    MarkedPassage passage = passage(open, end, outerEnd, true, closed, depth);
    if (passage != null) {
      placed.add(new Placed(passage, open.order));
    }
  }

  private MarkedPassage passage(
      Open open, int end, int outerEnd, boolean opened, boolean closed, int depth) {
    piece(open, end);
    if (open.pieces.isEmpty()) {
      return null;
    }
    int from = opened ? open.start : open.pieces.get(0).start();
    int to = closed ? outerEnd : open.pieces.get(open.pieces.size() - 1).end();
    return new MarkedPassage(
        new TextSpan(from, to), open.pieces, depth, opened, closed, open.repaired);
  }

  private TextSpan trim(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return new TextSpan(start, end);
  }
}
