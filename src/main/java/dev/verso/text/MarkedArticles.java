package dev.verso.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;

/**
 * The parts of a page that markup calls articles: posts of a live report, the parts of a split
 * body.
 *
 * <p>Candidates are {@code main}, {@code article} and what is named as an article's body, without
 * those that only announce other articles ({@link RunningText#isTeasers}). Where those directly
 * inside an element hold at least half of its running text, all of them are the article, each
 * narrowed likewise to the candidates inside it; with them go siblings that hold running text, and
 * what reads as text between two of them.
 *
 * <p>Time: linear in the number of elements, times the logarithm of the number of blocks.
 */
final class MarkedArticles {

  private static final String CANDIDATES =
      "main, [role=main], article, [itemprop=articleBody], .entry-content";

  private static final double MOST = 0.5;
  private static final int DEEPEST = 30;
  private static final int SUBSTANTIAL = 200;

  private static final Set<String> TEXTUAL =
      Set.of("p", "blockquote", "ul", "ol", "dl", "table", "figure", "pre");

  private record Candidate(Element element, TextSpan range, List<Candidate> inner) {}

  private final RunningText running;
  private final Cancellation cancellation;
  private final List<TextSpan> article = new ArrayList<>();
  private final Set<Element> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Element> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  MarkedArticles(RunningText running, Cancellation cancellation) {
    this.running = running;
    this.cancellation = cancellation;
  }

  /** Raw ranges in order; empty if what markup calls articles holds less than half of the text. */
  List<TextSpan> of(org.jsoup.nodes.Document tree) {
    choose(candidates(tree), running.all(), tree.body());
    Collections.sort(article);
    return article;
  }

  private List<Candidate> candidates(org.jsoup.nodes.Document tree) {
    List<Candidate> outermost = new ArrayList<>();
    Deque<Candidate> open = new ArrayDeque<>();
    for (Element element : tree.select(CANDIDATES)) {
      cancellation.check();
      TextSpan range = range(element);
      if (range == null || running.in(range) == 0 || running.isTeasers(range)) {
        continue;
      }
      while (!open.isEmpty() && !open.peek().range.contains(range)) {
        open.pop();
      }
      if (open.size() < DEEPEST) {
        Candidate candidate = new Candidate(element, range, new ArrayList<>());
        (open.isEmpty() ? outermost : open.peek().inner).add(candidate);
        open.push(candidate);
      }
    }
    return outermost;
  }

  /** Adds the candidates if they hold most of the running text of what is around them. */
  private boolean choose(List<Candidate> candidates, int text, Element scope) {
    int held = 0;
    for (Candidate candidate : candidates) {
      held += running.in(candidate.range);
    }
    if (candidates.isEmpty() || held < text * MOST) {
      return false;
    }
    candidates.forEach(candidate -> chosen.add(candidate.element));
    for (Candidate candidate : candidates) {
      if (!choose(candidate.inner, running.in(candidate.range), candidate.element)) {
        article.add(candidate.range);
      }
    }
    for (Candidate candidate : candidates) {
      // What holds a candidate isn't a sibling of another one: its own siblings are looked at.
      for (Element around = candidate.element.parent();
          around != null && !around.equals(scope);
          around = around.parent()) {
        chosen.add(around);
      }
    }
    for (Candidate candidate : candidates) {
      if (!isMain(candidate.element)) {
        siblings(candidate.element, scope);
      }
    }
    return true;
  }

  private static boolean isMain(Element element) {
    return element.normalName().equals("main") || element.attr("role").equals("main");
  }

  /** What belongs to an article beside it: beside its wrappers, too, inside an outer one. */
  private void siblings(Element part, Element scope) {
    Element inner = part;
    while (!inner.equals(scope) && inner.parent() != null && visited.add(inner.parent())) {
      List<Element> children = inner.parent().children();
      int first = children.size();
      int last = -1;
      for (int i = 0; i < children.size(); i++) {
        if (chosen.contains(children.get(i))) {
          first = Math.min(first, i);
          last = i;
        }
      }
      for (int i = 0; i < children.size(); i++) {
        cancellation.check();
        Element sibling = children.get(i);
        TextSpan range = range(sibling);
        if (!sibling.equals(inner)
            && range != null
            && !chosen.contains(sibling)
            && belongs(sibling, range, first < i && i < last)) {
          article.add(range);
        }
      }
      if (scope.normalName().equals("body")) {
        return;
      }
      chosen.add(inner.parent());
      inner = inner.parent();
    }
  }

  private boolean belongs(Element sibling, TextSpan range, boolean between) {
    if (!running.reads(range) || running.isTeasers(range)) {
      return false;
    }
    int blocks = running.blocks(range);
    return between
        || sibling.normalName().equals("article")
        || blocks >= 2
        || running.in(range) >= SUBSTANTIAL
        || (blocks == 1 && TEXTUAL.contains(sibling.normalName()));
  }

  /** The raw range of an element, null where the parser does not know it. */
  static TextSpan range(Element element) {
    Range start = element.sourceRange();
    Range end = element.endSourceRange();
    if (!start.isTracked() || !end.isTracked() || end.startPos() < start.startPos()) {
      return null;
    }
    return new TextSpan(start.startPos(), Math.max(end.startPos(), end.endPos()));
  }
}
