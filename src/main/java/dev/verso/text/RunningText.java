package dev.verso.text;

import java.util.List;

/**
 * Sums over the unmarked blocks of a page: how much running text, and how many links away from it,
 * a raw range holds. One pass to build; each sum takes logarithmic time.
 */
final class RunningText {

  /** A headline with less running text than this leads to its article. */
  private static final int TEASER = 300;

  private static final int SHORT = 250;

  private final int[] starts;
  private final int[] length;
  private final int[] count;
  private final int[] headlines;
  private final int[] links;
  private final int[] text;
  private final int[] linked;

  RunningText(List<HtmlBlock> blocks, PageMarks marks) {
    int size = blocks.size();
    starts = new int[size];
    length = new int[size + 1];
    count = new int[size + 1];
    headlines = new int[size + 1];
    links = new int[size + 1];
    text = new int[size + 1];
    linked = new int[size + 1];
    for (int i = 0; i < size; i++) {
      HtmlBlock block = blocks.get(i);
      boolean marked = marks.holds(block);
      boolean runs = !marked && block.isProse();
      boolean leads = !marked && block.linked() >= 0.9;
      boolean title = block.kind() == BlockKind.TITLE;
      int units = marked ? 0 : block.text().length();
      starts[i] = block.span().start();
      length[i + 1] = length[i] + (runs ? units : 0);
      count[i + 1] = count[i] + (runs ? 1 : 0);
      headlines[i + 1] = headlines[i] + (leads && title ? 1 : 0);
      links[i + 1] = links[i] + (leads ? 1 : 0);
      text[i + 1] = text[i] + units;
      linked[i + 1] = linked[i] + (int) Math.round(units * block.linked());
    }
  }

  /** The length of all running text. */
  int all() {
    return length[starts.length];
  }

  /** The length of the running text in a range. */
  int in(TextSpan range) {
    return sum(length, range);
  }

  /** The number of blocks of running text in a range. */
  int blocks(TextSpan range) {
    return sum(count, range);
  }

  /** Whether a range holds text, and most of it leads nowhere. */
  boolean reads(TextSpan range) {
    int units = sum(text, range);
    return units > 0 && sum(linked, range) < 0.4 * units;
  }

  /** Whether a range holds headlines that lead elsewhere, with a line or two each. */
  boolean isTeasers(TextSpan range) {
    int titles = sum(headlines, range);
    int running = in(range);
    int blocks = blocks(range);
    return (titles > 0 && blocks <= 2 * titles && running < TEASER * titles)
        || (sum(links, range) > 0 && blocks <= 1 && running < SHORT);
  }

  private int sum(int[] before, TextSpan range) {
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
