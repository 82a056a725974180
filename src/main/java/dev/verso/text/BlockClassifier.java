package dev.verso.text;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Determines the kind of each block of an input: from the markup, else from the block and its
 * position.
 *
 * <p>The article's body extends from the first to the last running text (whole sentences, no cue of
 * {@link BoilerplateCues}). Short lines without a full stop are titles before it and inside it;
 * after it they are teasers once a cue has shown that the article is over. Running text that
 * matches no cue is never boilerplate.
 */
final class BlockClassifier {

  private static final int SHORTEST_BODY = 60;
  private static final int LONGEST_TITLE = 250;
  private static final int LONGEST_SECTION_TITLE = 100;

  private final List<DocumentDraft> drafts;
  private final Cancellation cancellation;
  private final BlockKind[] kinds;
  private final boolean[] cued;
  private int bodyStart = -1;
  private int bodyEnd = -1;

  private BlockClassifier(List<DocumentDraft> drafts, Cancellation cancellation) {
    this.cancellation = cancellation;
    this.drafts = drafts;
    this.kinds = new BlockKind[drafts.size()];
    this.cued = new boolean[drafts.size()];
  }

  /** The kind of each draft. */
  static List<BlockKind> classify(List<DocumentDraft> drafts, Cancellation cancellation) {
    return new BlockClassifier(drafts, cancellation).run();
  }

  /** The text of the first title, if there is one. */
  static Optional<String> headline(List<Block> blocks) {
    return blocks.stream()
        .filter(block -> block.kind() == BlockKind.TITLE)
        .findFirst()
        .map(block -> block.segments().stream().map(Segment::text).collect(joining(" ")));
  }

  private List<BlockKind> run() {
    boolean closed = false;
    for (int i = 0; i < drafts.size(); i++) {
      cancellation.check();
      DocumentDraft draft = drafts.get(i);
      Optional<BoilerplateCues.Match> cue =
          draft.hint() == BlockKind.QUOTE || draft.hint() == BlockKind.CAPTION
              ? Optional.empty()
              : BoilerplateCues.cues().match(draft.text());
      cued[i] = cue.isPresent() || draft.hint() == BlockKind.BOILERPLATE || !isLegible(draft);
      kinds[i] = cued[i] ? BlockKind.BOILERPLATE : draft.hint();
      closed |= bodyEnd >= 0 && cue.isPresent() && closes(cue.get());
      if (isBody(i, closed)) {
        bodyStart = bodyStart < 0 ? i : bodyStart;
        bodyEnd = i;
      }
    }
    if (bodyEnd >= 0) {
      front();
      sections();
      tail();
    }
    List<BlockKind> result = new ArrayList<>();
    for (BlockKind kind : kinds) {
      result.add(kind == null ? BlockKind.PARAGRAPH : kind);
    }
    return result;
  }

  /** A comment form, or a heading over other articles: the article is over. */
  private static boolean closes(BoilerplateCues.Match cue) {
    return cue.category().equals("comments") != cue.whole()
        && (cue.category().equals("comments") || cue.category().equals("related"));
  }

  private static boolean isLegible(DocumentDraft draft) {
    return draft.text().codePoints().anyMatch(BlockClassifier::isVisible);
  }

  private static boolean isVisible(int c) {
    int type = Character.getType(c);
    return !Character.isWhitespace(c)
        && !Character.isSpaceChar(c)
        && type != Character.CONTROL
        && type != Character.FORMAT;
  }

  private boolean isBody(int i, boolean closed) {
    DocumentDraft draft = drafts.get(i);
    boolean open = draft.hint() == null || draft.hint() == BlockKind.PARAGRAPH;
    // Teasers may be whole sentences; after the article's end only more than one counts as text.
    int shortest = closed && !draft.certain() ? 3 * SHORTEST_BODY : SHORTEST_BODY;
    return open && !cued[i] && draft.text().length() >= shortest && draft.endsWithStop();
  }

  private void front() {
    int title = -1;
    for (int i = bodyStart - 1; i >= 0; i--) {
      DocumentDraft draft = drafts.get(i);
      if (kinds[i] != null) {
        title = kinds[i] == BlockKind.TITLE ? i : title;
      } else if (title >= 0 && isFragment(draft)) {
        kinds[i] = BlockKind.BOILERPLATE;
      } else if (isTitle(draft, LONGEST_TITLE, true)) {
        kinds[i] = BlockKind.TITLE;
        title = i;
      }
    }
  }

  private void sections() {
    for (int i = bodyStart + 1; i < bodyEnd; i++) {
      if (kinds[i] == null
          && isTitle(drafts.get(i), LONGEST_SECTION_TITLE, false)
          && isFollowedByText(i)) {
        kinds[i] = BlockKind.TITLE;
      }
    }
  }

  private boolean isFollowedByText(int i) {
    int next = i + 1;
    while (next < drafts.size() && cued[next]) {
      next++;
    }
    return next < drafts.size()
        && (drafts.get(next).endsWithStop() || kinds[next] == BlockKind.LIST_ITEM);
  }

  private void tail() {
    int headlines = 0;
    boolean over = false;
    for (int i = bodyEnd + 1; i < drafts.size(); i++) {
      over |= cued[i];
      if (!cued[i] && isHeadline(drafts.get(i))) {
        headlines++;
      }
    }
    boolean seen = false;
    for (int i = bodyEnd + 1; i < drafts.size(); i++) {
      seen |= cued[i];
      DocumentDraft draft = drafts.get(i);
      if (draft.certain()) {
        continue;
      }
      boolean open =
          kinds[i] == null || kinds[i] == BlockKind.TITLE || kinds[i] == BlockKind.PARAGRAPH;
      boolean listed = kinds[i] == BlockKind.LIST_ITEM && seen;
      if ((open || listed)
          && (seen
              ? !draft.endsWithStop() || draft.text().length() < 3 * SHORTEST_BODY
              : isHeadline(draft) && (over || headlines >= 2))) {
        kinds[i] = BlockKind.BOILERPLATE;
      }
    }
  }

  /** A word or two in lower case before the headline: a remnant of a menu or a category. */
  private static boolean isFragment(DocumentDraft draft) {
    String text = draft.text();
    return text.length() <= 20
        && words(text) <= 2
        && Character.isLowerCase(text.codePointAt(0))
        && !draft.endsWithStop();
  }

  private static boolean isTitle(DocumentDraft draft, int longest, boolean maySpeak) {
    String text = draft.text();
    int last = Marks.lastInside(text);
    if (text.length() > longest || last < 0 || draft.lines().size() > 1 || isByline(text)) {
      return false;
    }
    char end = text.charAt(last);
    boolean asks = end == '?' || end == '!';
    boolean stops = Marks.isStop(end) && !(maySpeak && asks);
    boolean quotation = text.charAt(0) == '«' && !maySpeak;
    int first = text.codePointAt(0);
    return !stops
        && !quotation
        && end != ':'
        && end != ','
        && end != ';'
        && !Character.isLowerCase(first)
        && text.codePoints().anyMatch(Character::isLetter);
  }

  /** A line as long as a headline that ends like one. */
  private static boolean isHeadline(DocumentDraft draft) {
    return words(draft.text()) >= 5 && isTitle(draft, LONGEST_TITLE, true);
  }

  private static boolean isByline(String text) {
    return text.startsWith("Par ") || text.startsWith("By ");
  }

  private static int words(String text) {
    int words = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      boolean space = Space.is(text.charAt(i));
      words += !space && !inside ? 1 : 0;
      inside = !space;
    }
    return words;
  }
}
