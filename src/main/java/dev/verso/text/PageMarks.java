package dev.verso.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/**
 * Judges which marks of a page hold: running text outweighs a word in a class or an id.
 *
 * <p>A mark around four fifths of the running text, or around half of it and a headline or an
 * article, is void. Otherwise elements made for the page ({@link PageMark.Kind#FIRM}) hold, and
 * places for comments hold unless there is hardly any text beside them (a live report) or the
 * article goes on behind them. Other marks are void if they hold running text: at least three
 * blocks of it, 300 characters, or 100 that do not speak to the reader; with less than a fifth of
 * its length in links, buttons and known phrases of pages, and fewer links that stand alone than
 * blocks. In an {@code aside} inside an article, unlinked lines of facts are enough, and text that
 * stands elsewhere on the page as well is a repeated quote and no content.
 *
 * <p>Time: linear in the page's length, the depth of marks included.
 */
final class PageMarks {

  private static final double NEARLY_ALL = 0.8;
  private static final double MOST = 0.5;
  private static final int LONG = 300;
  private static final int SENTENCE = 100;
  private static final int SHORT_SENTENCE = 30;
  private static final int FACTS = 80;
  private static final int SHINGLE = 4;
  private static final int OUTWARDS = 12;

  /** Marks that are searched for a headline: each search reads everything inside the mark. */
  private static final int MOST_LOOKED_INTO = 100;

  private static final Set<String> TEXTUAL =
      Set.of("p", "li", "blockquote", "td", "dd", "dt", "pre", "h1", "h2", "h3", "h4", "h5", "h6");

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** What a mark holds, without what firmer marks inside it hold. */
  private static final class Tally {
    private int all;
    private int running;
    private int runningBlocks;
    private int blocks;
    private int sentences;
    private int text;
    private int linked;
    private int links;
    private int cued;
    private int controls;
    private int repeated;
    private boolean speaks;

    private void add(Tally inner) {
      running += inner.running;
      runningBlocks += inner.runningBlocks;
      blocks += inner.blocks;
      sentences += inner.sentences;
      text += inner.text;
      linked += inner.linked;
      links += inner.links;
      cued += inner.cued;
      repeated += inner.repeated;
      speaks |= inner.speaks;
    }
  }

  private final List<HtmlBlock> blocks;
  private final Cancellation cancellation;
  private final IdentityHashMap<PageMark, Tally> tallies = new IdentityHashMap<>();
  private final IdentityHashMap<PageMark, Integer> depths = new IdentityHashMap<>();
  private final Set<PageMark> refuted = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Whether a refuted mark stands inside one that holds; each is followed outwards once. */
  private final IdentityHashMap<PageMark, Boolean> holds = new IdentityHashMap<>();

  private final Set<Integer> shingles = new HashSet<>();
  private int total;
  private int besideReaders;
  private int byReaders;

  /** Running text without any mark in front of each block, and in all. */
  private final int[] unmarked;

  private PageMarks(List<HtmlBlock> blocks, Cancellation cancellation) {
    this.blocks = blocks;
    this.cancellation = cancellation;
    this.unmarked = new int[blocks.size() + 1];
  }

  /** The marks of these blocks. */
  static PageMarks of(List<HtmlBlock> blocks, Cancellation cancellation) {
    PageMarks marks = new PageMarks(blocks, cancellation);
    marks.judge();
    return marks;
  }

  /** Whether a block is the page's by a mark around it. */
  boolean holds(HtmlBlock block) {
    List<PageMark> open = new ArrayList<>();
    PageMark mark = block.mark();
    while (mark != null && !holds.containsKey(mark) && refuted.contains(mark)) {
      open.add(mark);
      mark = mark.outer();
    }
    boolean marked = mark != null && holds.getOrDefault(mark, true);
    open.forEach(one -> holds.put(one, marked));
    return marked;
  }

  private void judge() {
    remember();
    IdentityHashMap<PageMark, int[]> places = new IdentityHashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      cancellation.check();
      if (blocks.get(i).mark() != null) {
        tally(blocks.get(i));
        int[] place = places.computeIfAbsent(blocks.get(i).mark(), mark -> new int[] {-1, -1});
        place[0] = place[0] < 0 ? i : place[0];
        place[1] = i;
      }
    }
    List<PageMark> inwards = new ArrayList<>(depths.keySet());
    inwards.sort(Comparator.comparing(depths::get));
    // Outer marks also contain what inner ones do; from the innermost outwards each is added once.
    for (int i = inwards.size() - 1; i >= 0; i--) {
      PageMark mark = inwards.get(i);
      if (mark.outer() != null) {
        tallies.get(mark.outer()).all += tallies.get(mark).all;
      }
    }
    int looked = 0;
    for (PageMark mark : inwards) {
      cancellation.check();
      double share = (double) tallies.get(mark).all / total;
      boolean readers = mark.kind() == PageMark.Kind.READERS;
      String core = readers ? "h1, main" : "h1, article, main, [itemprop=articleBody]";
      if ((share >= NEARLY_ALL && !readers)
          || (share >= MOST
              && looked++ < MOST_LOOKED_INTO
              && mark.element().selectFirst(core) != null)) {
        refuted.add(mark);
      }
    }
    countReaders();
    for (int i = inwards.size() - 1; i >= 0; i--) {
      cancellation.check();
      PageMark mark = inwards.get(i);
      Tally tally = tallies.get(mark);
      int[] place = places.get(mark);
      if (!refuted.contains(mark) && isRefuted(mark, tally, place)) {
        refuted.add(mark);
      }
      PageMark outer = mark.outer();
      if (outer != null) {
        if (place != null) {
          int[] around = places.computeIfAbsent(outer, one -> place.clone());
          around[0] = Math.min(around[0], place[0]);
          around[1] = Math.max(around[1], place[1]);
        }
        if (mark.kind() == PageMark.Kind.FIRM && !refuted.contains(mark)) {
          tallies.get(outer).controls += tally.text > 0 ? 1 : 0;
        } else {
          tallies.get(outer).add(tally);
        }
      }
    }
    refuteLikeOthers(inwards);
  }

  /** Short parts of a text that each bear its word: posts of a live report, boxes of a builder. */
  private void refuteLikeOthers(List<PageMark> inwards) {
    IdentityHashMap<Element, Map<String, Tally>> groups = new IdentityHashMap<>();
    for (PageMark mark : inwards) {
      if (mark.kind() == PageMark.Kind.WORD && isClean(tallies.get(mark))) {
        groups
            .computeIfAbsent(parentOf(mark.element()), parent -> new HashMap<>())
            .computeIfAbsent(mark.word(), word -> new Tally())
            .add(tallies.get(mark));
      }
    }
    for (PageMark mark : inwards) {
      cancellation.check();
      Tally tally = tallies.get(mark);
      if (mark.word().isEmpty() || refuted.contains(mark) || !isClean(tally)) {
        continue;
      }
      PageMark outer = mark.outer();
      boolean inside = outer != null && refuted.contains(outer) && outer.word().equals(mark.word());
      Tally group =
          mark.kind() == PageMark.Kind.WORD
              ? groups.get(parentOf(mark.element())).get(mark.word())
              : null;
      if (inside || (group != null && tally.running > 0 && runs(mark, group))) {
        refuted.add(mark);
      }
    }
  }

  private static boolean isClean(Tally tally) {
    return tally.links == 0 && tally.controls == 0 && tally.cued == 0 && !tally.speaks;
  }

  /** Sums up the running text without marks, and keeps its sequences of words. */
  private void remember() {
    for (int i = 0; i < blocks.size(); i++) {
      cancellation.check();
      HtmlBlock block = blocks.get(i);
      boolean counts = block.isProse() && block.mark() == null;
      total += block.isProse() ? block.text().length() : 0;
      unmarked[i + 1] = unmarked[i] + (counts ? block.text().length() : 0);
      if (block.mark() == null && block.kind() != BlockKind.TITLE) {
        shingles.addAll(shingles(block.text()));
      }
    }
  }

  private void tally(HtmlBlock block) {
    enter(block.mark());
    Tally tally = tallies.get(block.mark());
    int length = block.text().length();
    Optional<BoilerplateCues.Match> cue = BoilerplateCues.cues().match(block.text());
    tally.all += block.isProse() ? length : 0;
    tally.blocks++;
    tally.sentences += length >= SHORT_SENTENCE && Marks.endsWithStop(block.text()) ? 1 : 0;
    tally.text += length;
    tally.linked += (int) Math.round(block.linked() * length);
    tally.links += block.linked() >= 0.9 ? 1 : 0;
    tally.cued += cue.isPresent() ? length : 0;
    boolean quotes = block.text().indexOf('«') >= 0 || block.text().indexOf('“') >= 0;
    tally.speaks |= !quotes && BoilerplateCues.cues().holdsWord(block.text(), "prompt");
    tally.repeated += isRepeated(block.text()) ? length : 0;
    if (cue.isEmpty() && block.isProse()) {
      tally.running += length;
      tally.runningBlocks++;
    }
  }

  /** Makes room for a mark and those around it; each is followed outwards once. */
  private void enter(PageMark innermost) {
    List<PageMark> open = new ArrayList<>();
    PageMark mark = innermost;
    while (mark != null && !depths.containsKey(mark)) {
      open.add(mark);
      mark = mark.outer();
    }
    int depth = mark == null ? 0 : depths.get(mark) + 1;
    for (int i = open.size() - 1; i >= 0; i--) {
      depths.put(open.get(i), depth++);
      tallies.put(open.get(i), new Tally());
    }
  }

  private void countReaders() {
    IdentityHashMap<PageMark, Boolean> inside = new IdentityHashMap<>();
    for (HtmlBlock block : blocks) {
      if (block.isProse()) {
        if (isByReaders(block.mark(), inside)) {
          byReaders += block.text().length();
        } else if (block.mark() == null || refuted.contains(block.mark())) {
          besideReaders += block.text().length();
        }
      }
    }
  }

  private static boolean isByReaders(PageMark innermost, IdentityHashMap<PageMark, Boolean> known) {
    List<PageMark> open = new ArrayList<>();
    PageMark mark = innermost;
    while (mark != null && !known.containsKey(mark) && mark.kind() != PageMark.Kind.READERS) {
      open.add(mark);
      mark = mark.outer();
    }
    boolean inside = mark != null && known.getOrDefault(mark, true);
    open.forEach(one -> known.put(one, inside));
    return inside;
  }

  private boolean isRefuted(PageMark mark, Tally tally, int[] place) {
    return switch (mark.kind()) {
      case FIRM -> false;
      case READERS ->
          (besideReaders < SENTENCE && byReaders >= 2 * besideReaders)
              || (goesOn(mark, place) && runs(mark, tally));
      case RELATED -> tally.links == 0 && 10 * tally.linked <= tally.text && runs(mark, tally);
      case WORD -> runs(mark, tally);
      case ASIDE ->
          2 * tally.repeated < tally.text
              && (runs(mark, tally) || (isInArticle(mark.element()) && states(tally)));
    };
  }

  /** Whether running text outweighs everything else in a mark. */
  private static boolean runs(PageMark mark, Tally tally) {
    Element element = mark.element();
    if (TEXTUAL.contains(element.normalName()) && tally.blocks == 1) {
      boolean heading = element.normalName().charAt(0) == 'h';
      return tally.cued == 0
          && tally.linked < 0.4 * tally.text
          && !(tally.speaks && tally.text < SENTENCE)
          && (heading
              || tally.running > 0
              || (tally.sentences > 0 && !tally.speaks && isAmongParagraphs(element)));
    }
    boolean enough =
        tally.runningBlocks >= 3
            || tally.running >= LONG
            || (tally.runningBlocks >= 1 && tally.running >= SENTENCE && !tally.speaks);
    return enough
        && (tally.controls == 0 || tally.runningBlocks >= 3)
        && tally.links < tally.runningBlocks
        && tally.linked + tally.cued < 0.2 * tally.running;
  }

  private static boolean isAmongParagraphs(Element element) {
    return element.normalName().equals("p")
        && (isBesideParagraph(element, false) || isBesideParagraph(element, true));
  }

  /** Looks past white space only: to search all siblings of each would take quadratic time. */
  private static boolean isBesideParagraph(Element element, boolean behind) {
    Node node = element;
    for (int i = 0; i < 3; i++) {
      node = behind ? node.nextSibling() : node.previousSibling();
      if (node == null || node instanceof Element) {
        break;
      }
    }
    return node instanceof Element beside && beside.normalName().equals("p");
  }

  /** A box of facts: sentences, or several lines, that lead nowhere and do not speak to anyone. */
  private static boolean states(Tally tally) {
    return tally.links == 0
        && tally.controls == 0
        && tally.cued == 0
        && !tally.speaks
        && 10 * tally.linked <= tally.text
        && (tally.runningBlocks > 0 || (tally.blocks >= 3 && tally.text >= FACTS));
  }

  /** Whether the article stands before and behind a mark. */
  private boolean goesOn(PageMark mark, int[] place) {
    if (place == null) {
      return false;
    }
    TextSpan around = MarkedArticles.range(parentOf(mark.element()));
    int behind = place[1] + 1;
    return unmarked[place[0]] > 0
        && behind < blocks.size()
        && unmarked[behind + 1] > unmarked[behind]
        && (around == null || around.contains(blocks.get(behind).span()));
  }

  private static Element parentOf(Element element) {
    return element.parent() == null ? element : element.parent();
  }

  private static boolean isInArticle(Element element) {
    Element outer = element.parent();
    for (int i = 0; outer != null && i < OUTWARDS; i++, outer = outer.parent()) {
      if (outer.normalName().equals("article")
          || outer.attr("itemprop").equals("articleBody")
          || outer.hasClass("entry-content")) {
        return true;
      }
    }
    return isBesideParagraph(element, false) && isBesideParagraph(element, true);
  }

  private boolean isRepeated(String text) {
    List<Integer> own = shingles(text);
    int known = 0;
    for (int shingle : own) {
      known += shingles.contains(shingle) ? 1 : 0;
    }
    return !own.isEmpty() && known >= 0.8 * own.size();
  }

  /** A hash of each sequence of so many words. */
  private static List<Integer> shingles(String text) {
    String[] words = NO_WORD.split(BoilerplateCues.fold(text));
    List<Integer> hashes = new ArrayList<>();
    for (int i = 0; i + SHINGLE <= words.length; i++) {
      int hash = 0;
      for (int k = i; k < i + SHINGLE; k++) {
        hash = 31 * hash + words[k].hashCode();
      }
      hashes.add(hash);
    }
    return hashes;
  }
}
