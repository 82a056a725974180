package dev.verso.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jsoup.nodes.Element;

/**
 * Separates the article on a page from what surrounds it, by where running text is densest.
 *
 * <p>What markup calls articles or their bodies is the article where it holds most of the running
 * text ({@link MarkedArticles}). Otherwise it is the element with the highest score, where a block
 * of running text gives its length to its parent and half of it to its grandparent, together with
 * siblings that hold at least a fifth as much and are not teasers; if these hold less than seven
 * tenths of the running text, it is the same around their parent, and so on outwards. From its
 * headline (the {@code h1} most like the page's title) to its end everything is content except what
 * markup assigns to the page ({@link PageMarks}). Where nothing holds so much, all unmarked text is
 * content: better a menu too many than a paragraph lost.
 *
 * <p>Time: linear in the number of elements, times the logarithm of the number of blocks.
 */
final class ArticleFinder {

  private static final double NEARLY_ALL = 0.7;
  private static final double SIBLING = 0.2;

  private final List<HtmlBlock> blocks;
  private final String pageTitle;
  private final Cancellation cancellation;
  private final PageMarks marks;
  private final RunningText running;

  private ArticleFinder(List<HtmlBlock> blocks, String pageTitle, Cancellation cancellation) {
    this.blocks = blocks;
    this.cancellation = cancellation;
    this.pageTitle = BoilerplateCues.fold(pageTitle);
    this.marks = PageMarks.of(blocks, cancellation);
    this.running = new RunningText(blocks, marks);
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
          i == headline
              || (isInside(block, article, reaches, from)
                  && !marks.holds(block)
                  && (!isLink(block) || isCellOfData(i)));
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

  /** A line that is a single link leads elsewhere, whether an item, a heading or a paragraph. */
  private static boolean isLink(HtmlBlock block) {
    return block.linked() >= 0.9;
  }

  /** A linked cell of a table beside two that are not links. */
  private boolean isCellOfData(int i) {
    return isCell(i)
        && i > 0
        && !isLink(blocks.get(i - 1))
        && isCell(i - 1)
        && i + 1 < blocks.size()
        && !isLink(blocks.get(i + 1))
        && isCell(i + 1);
  }

  private boolean isCell(int i) {
    String name = blocks.get(i).element().normalName();
    return name.equals("td") || name.equals("th");
  }

  private boolean counts(HtmlBlock block) {
    return block.isProse() && !marks.holds(block);
  }

  /** Raw ranges of the article's elements in order; empty if no element stands out. */
  private List<TextSpan> article(org.jsoup.nodes.Document tree) {
    int total = running.all();
    if (total == 0) {
      return List.of();
    }
    List<TextSpan> marked = new MarkedArticles(running, cancellation).of(tree);
    return marked.isEmpty() ? densest(total) : marked;
  }

  private List<TextSpan> densest(int total) {
    Map<Element, Double> scores = new HashMap<>();
    Set<Element> prosaic = new HashSet<>();
    for (HtmlBlock block : blocks) {
      if (block.element().normalName().equals("p") && isSentence(block)) {
        prosaic.add(block.element());
      }
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
    // A part of a split text stands out from the others: outwards to what holds nearly all.
    double least = top == null ? 0 : SIBLING * scores.get(top);
    for (Element level = top; level != null; level = level.parent()) {
      List<TextSpan> article = new ArrayList<>();
      List<TextSpan> between = new ArrayList<>();
      List<Element> candidates =
          level.parent() == null ? List.of(level) : level.parent().children();
      for (Element sibling : candidates) {
        cancellation.check();
        TextSpan range = MarkedArticles.range(sibling);
        if (range == null) {
          continue;
        }
        boolean belongs =
            sibling.equals(level)
                || prosaic.contains(sibling)
                || (Math.max(scores.getOrDefault(sibling, 0.0), running.in(range)) >= least
                    && !running.isTeasers(range));
        if (belongs) {
          article.addAll(between);
          between.clear();
          article.add(range);
        } else if (!article.isEmpty() && running.reads(range) && !running.isTeasers(range)) {
          between.add(range);
        }
      }
      int held = article.stream().mapToInt(running::in).sum();
      if (held >= total * NEARLY_ALL) {
        return article;
      }
    }
    return List.of();
  }

  /** Running text, or a shorter sentence. */
  private boolean isSentence(HtmlBlock block) {
    return block.linked() < 0.4 && Marks.endsWithStop(block.text()) && !marks.holds(block);
  }

  /** The element whose running text a block is part of: the parent of its paragraph. */
  private static Element holder(Element element) {
    return switch (element.normalName()) {
      case "p", "li", "blockquote", "pre", "td", "dd" -> element.parent();
      default -> element;
    };
  }

  private static boolean isBefore(Element one, Element other) {
    return one.sourceRange().startPos() < other.sourceRange().startPos();
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
        boolean marked = marks.holds(block) || block.linked() >= 0.9;
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
