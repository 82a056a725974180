package dev.verso.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;

/**
 * Separates the article on a page from what surrounds it, by where running text is densest.
 *
 * <p>An {@code article} or {@code main} that holds most of the running text is the article.
 * Otherwise it is the element with the highest score, where a block of running text gives its
 * length to its parent and half of it to its grandparent, together with siblings that score at
 * least a fifth as much and are not teasers. From its headline (the {@code h1} most like the page's
 * title) to its end everything is content except what markup assigns to the page. Where no element
 * holds half of the running text, all unmarked text is content: better a menu too many than a
 * paragraph lost.
 */
final class ArticleFinder {

  private static final double MOST = 0.5;
  private static final double SIBLING = 0.2;

  /** Marks that are searched for a headline: each search reads everything inside the mark. */
  private static final int MOST_LOOKED_INTO = 100;

  private final List<HtmlBlock> blocks;
  private final String pageTitle;
  private final Cancellation cancellation;
  private final Set<Element> refuted = new HashSet<>();

  /** Whether a refuted mark stands inside one that holds; each is followed outwards once. */
  private final IdentityHashMap<PageMark, Boolean> holds = new IdentityHashMap<>();

  private ArticleFinder(List<HtmlBlock> blocks, String pageTitle, Cancellation cancellation) {
    this.blocks = blocks;
    this.cancellation = cancellation;
    this.pageTitle = BoilerplateCues.fold(pageTitle);
  }

  /**
   * The blocks with the kinds that the markup gives them, {@link BlockKind#BOILERPLATE} for those
   * of the page.
   *
   * @param pageTitle the title in the page's metadata, empty if none
   */
  static List<DocumentDraft> drafts(
      org.jsoup.nodes.Document tree,
      List<HtmlBlock> blocks,
      String pageTitle,
      Cancellation cancellation) {
    return new ArticleFinder(blocks, pageTitle, cancellation).run(tree);
  }

  private List<DocumentDraft> run(org.jsoup.nodes.Document tree) {
    refuteMarksOfTheBulk();
    List<TextSpan> article = article(tree);
    Reaches reaches = new Reaches(article);
    int headline = headline(article, reaches);
    int from = article.isEmpty() ? 0 : article.get(0).start();
    if (headline >= 0) {
      from = Math.min(from, blocks.get(headline).span().start());
    }
    List<DocumentDraft> drafts = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      cancellation.check();
      HtmlBlock block = blocks.get(i);
      boolean content =
          i == headline || (isInside(block, article, reaches, from) && isContent(block));
      drafts.add(block.draft(content ? block.kind() : BlockKind.BOILERPLATE, !article.isEmpty()));
    }
    return drafts;
  }

  private static boolean isInside(
      HtmlBlock block, List<TextSpan> article, Reaches reaches, int from) {
    if (article.isEmpty()) {
      return true;
    }
    TextSpan span = block.span();
    if (span.start() >= from && span.end() <= article.get(0).start()) {
      return true;
    }
    return reaches.holds(span);
  }

  /**
   * How far the ranges that begin at or before a position reach, to tell whether one contains a
   * span.
   */
  private static final class Reaches {
    private final TreeMap<Integer, Integer> ends = new TreeMap<>();

    Reaches(List<TextSpan> ranges) {
      int end = 0;
      for (TextSpan range : ranges.stream().sorted().toList()) {
        end = Math.max(end, range.end());
        ends.put(range.start(), end);
      }
    }

    boolean holds(TextSpan span) {
      Map.Entry<Integer, Integer> before = ends.floorEntry(span.start());
      return before != null && before.getValue() >= span.end();
    }
  }

  private boolean isContent(HtmlBlock block) {
    if (isMarked(block)) {
      return false;
    }
    // A line that is a single link leads elsewhere, whether an item, a heading or a paragraph.
    return block.linked() < 0.9 || (block.isProse() && block.linked() < 0.95);
  }

  private boolean isMarked(HtmlBlock block) {
    List<PageMark> open = new ArrayList<>();
    PageMark mark = block.mark();
    while (mark != null && !holds.containsKey(mark) && refuted.contains(mark.element())) {
      open.add(mark);
      mark = mark.outer();
    }
    boolean marked = mark != null && holds.getOrDefault(mark, true);
    open.forEach(one -> holds.put(one, marked));
    return marked;
  }

  /** A form or a {@code class="has-sidebar"} around the whole page marks nothing. */
  private void refuteMarksOfTheBulk() {
    IdentityHashMap<PageMark, Integer> prose = new IdentityHashMap<>();
    IdentityHashMap<PageMark, Integer> depths = new IdentityHashMap<>();
    int total = 0;
    for (HtmlBlock block : blocks) {
      cancellation.check();
      if (block.isProse()) {
        total += block.text().length();
        if (block.mark() != null) {
          prose.merge(block.mark(), block.text().length(), Integer::sum);
          depth(block.mark(), depths);
        }
      }
    }
    // Outer marks also contain what inner ones do; from the innermost outwards each is added once.
    List<PageMark> inwards = new ArrayList<>(depths.keySet());
    inwards.sort(Comparator.comparing(depths::get));
    for (int i = inwards.size() - 1; i >= 0; i--) {
      PageMark mark = inwards.get(i);
      if (mark.outer() != null) {
        prose.merge(mark.outer(), prose.getOrDefault(mark, 0), Integer::sum);
      }
    }
    int looked = 0;
    for (PageMark mark : inwards) {
      cancellation.check();
      double share = (double) prose.getOrDefault(mark, 0) / total;
      if (share >= 0.8
          || (share >= MOST
              && looked++ < MOST_LOOKED_INTO
              && mark.element().selectFirst("h1, article, main, [itemprop=articleBody]") != null)) {
        refuted.add(mark.element());
      }
    }
  }

  /** How many marks enclose a mark; computed once for each. */
  private static void depth(PageMark innermost, IdentityHashMap<PageMark, Integer> depths) {
    List<PageMark> open = new ArrayList<>();
    PageMark mark = innermost;
    while (mark != null && !depths.containsKey(mark)) {
      open.add(mark);
      mark = mark.outer();
    }
    int depth = mark == null ? 0 : depths.get(mark) + 1;
    for (int i = open.size() - 1; i >= 0; i--) {
      depths.put(open.get(i), depth++);
    }
  }

  private boolean counts(HtmlBlock block) {
    return block.isProse() && !isMarked(block);
  }

  /** Raw ranges of the article's elements in order; empty if no element stands out. */
  private List<TextSpan> article(org.jsoup.nodes.Document tree) {
    int[] starts = new int[blocks.size()];
    int[] before = new int[blocks.size() + 1];
    for (int i = 0; i < blocks.size(); i++) {
      starts[i] = blocks.get(i).span().start();
      before[i + 1] = before[i] + (counts(blocks.get(i)) ? blocks.get(i).text().length() : 0);
    }
    int total = before[blocks.size()];
    if (total == 0) {
      return List.of();
    }
    Prose prose = new Prose(starts, before);
    Optional<TextSpan> marked = marked(tree, prose, total);
    if (marked.isPresent()) {
      return List.of(marked.get());
    }
    return densest(prose, total);
  }

  /** Lengths of running text before each block, for sums over raw ranges. */
  private static final class Prose {
    private final int[] starts;
    private final int[] before;

    Prose(int[] starts, int[] before) {
      this.starts = starts;
      this.before = before;
    }

    int in(TextSpan range) {
      return before[firstFrom(range.end())] - before[firstFrom(range.start())];
    }

    private int firstFrom(int raw) {
      int low = 0;
      int high = starts.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (starts[middle] < raw) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  /**
   * The innermost element that markup calls the article and that contains most of the running text.
   */
  private static Optional<TextSpan> marked(org.jsoup.nodes.Document tree, Prose prose, int total) {
    TextSpan best = null;
    for (Element element :
        tree.select("main, [role=main], article, [itemprop=articleBody], .entry-content")) {
      TextSpan range = range(element);
      if (range == null) {
        continue;
      }
      int held = prose.in(range);
      if (best == null || !best.contains(range)) {
        best = held >= total * MOST && (best == null || held > prose.in(best)) ? range : best;
      } else if (held >= prose.in(best) * MOST) {
        // Inside main: the article, and not the teasers beside it, if it has most of the text.
        best = range;
      }
    }
    return Optional.ofNullable(best);
  }

  private List<TextSpan> densest(Prose prose, int total) {
    Map<Element, Double> scores = new HashMap<>();
    for (HtmlBlock block : blocks) {
      if (counts(block)) {
        Element holder = holder(block.element());
        if (holder != null) {
          scores.merge(holder, (double) block.text().length(), Double::sum);
          if (holder.parent() != null) {
            scores.merge(holder.parent(), block.text().length() / 2.0, Double::sum);
          }
        }
      }
    }
    Element top = null;
    for (Map.Entry<Element, Double> entry : scores.entrySet()) {
      if (top == null
          || entry.getValue() > scores.get(top)
          || (entry.getValue().equals(scores.get(top)) && isBefore(entry.getKey(), top))) {
        top = entry.getKey();
      }
    }
    if (top == null) {
      return List.of();
    }
    Set<Element> prosaic = new HashSet<>();
    for (HtmlBlock block : blocks) {
      if (block.element().normalName().equals("p") && counts(block)) {
        prosaic.add(block.element());
      }
    }
    List<TextSpan> article = new ArrayList<>();
    List<Element> candidates = top.parent() == null ? List.of(top) : top.parent().children();
    int held = 0;
    for (Element sibling : candidates) {
      cancellation.check();
      boolean belongs =
          sibling.equals(top)
              || (scores.getOrDefault(sibling, 0.0) >= SIBLING * scores.get(top)
                  && !isTeasers(sibling))
              || prosaic.contains(sibling);
      TextSpan range = belongs ? range(sibling) : null;
      if (range != null) {
        article.add(range);
        held += prose.in(range);
      }
    }
    return held >= total * MOST ? article : List.of();
  }

  /** The element whose running text a block is part of: the parent of its paragraph. */
  private static Element holder(Element element) {
    return switch (element.normalName()) {
      case "p", "li", "blockquote", "pre", "td", "dd" -> element.parent();
      default -> element;
    };
  }

  /** Whether the headings inside lead elsewhere. */
  private static boolean isTeasers(Element element) {
    return element.selectFirst("h2 a[href], h3 a[href], h4 a[href], a[href] h2, a[href] h3")
        != null;
  }

  private static boolean isBefore(Element one, Element other) {
    return one.sourceRange().startPos() < other.sourceRange().startPos();
  }

  private static TextSpan range(Element element) {
    Range start = element.sourceRange();
    Range end = element.endSourceRange();
    if (!start.isTracked() || !end.isTracked() || end.startPos() < start.startPos()) {
      return null;
    }
    return new TextSpan(start.startPos(), Math.max(end.startPos(), end.endPos()));
  }

  /** The block that is the article's headline, -1 if there is none. */
  private int headline(List<TextSpan> article, Reaches reaches) {
    int best = -1;
    int bestScore = 0;
    int end = article.isEmpty() ? Integer.MAX_VALUE : article.get(article.size() - 1).end();
    for (int i = 0; i < blocks.size(); i++) {
      HtmlBlock block = blocks.get(i);
      if (block.kind() == BlockKind.TITLE && isH1(block) && block.span().end() <= end) {
        boolean named = isNamed(block.text());
        boolean inside = reaches.holds(block.span());
        boolean marked = isMarked(block) || block.linked() >= 0.9;
        int score = (named ? 4 : 0) + (inside ? 2 : 0) + (marked ? 0 : 1);
        if (score > bestScore) {
          best = i;
          bestScore = score;
        }
      }
    }
    return best;
  }

  private static boolean isH1(HtmlBlock block) {
    Element element = block.element();
    for (int outwards = 0; element != null && outwards <= 8; outwards++) {
      if (element.normalName().equals("h1")) {
        return true;
      }
      element = element.parent();
    }
    return false;
  }

  /** Whether a heading is what the page calls itself, ignoring a site name after it. */
  private boolean isNamed(String heading) {
    String folded = BoilerplateCues.fold(heading);
    return folded.length() >= 8 && pageTitle.startsWith(folded);
  }
}
