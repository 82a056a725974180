package dev.verso.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Distinguishes the line breaks of hard-wrapped running text from those the author meant.
 *
 * <p>In wrapped text a line ends where the next word would not have fitted: its length plus that
 * word's exceeds the width of the group. A group counts as wrapped where most of its unfinished
 * lines continue in lower case; in a group that is not wrapped, lines are joined only if the
 * sentence clearly continues.
 */
public final class LineWrapping {

  /** Narrower groups are verses, addresses, lists of names. */
  private static final int NARROWEST = 40;

  /** A shorter line is a word or two, not the first half of a sentence. */
  private static final int SHORTEST = 20;

  /** Wider lines are whole paragraphs. */
  private static final int WIDEST = 200;

  private LineWrapping() {}

  /**
   * The lines, each joined with those that continue it.
   *
   * @param lines the trimmed, consecutive lines of a group, none blank
   */
  public static List<TextSpan> join(CharSequence text, List<TextSpan> lines) {
    boolean[] runsOn = runsOn(text, lines);
    List<TextSpan> joined = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      TextSpan line = lines.get(i);
      while (i < runsOn.length && runsOn[i]) {
        i++;
      }
      joined.add(line.union(lines.get(i)));
    }
    return joined;
  }

  /**
   * For each line of a group but the last, whether it continues on the next.
   *
   * @param lines the trimmed, consecutive lines of the group, none blank
   */
  private static boolean[] runsOn(CharSequence text, List<TextSpan> lines) {
    boolean[] runsOn = new boolean[Math.max(0, lines.size() - 1)];
    int width = 0;
    for (TextSpan line : lines) {
      width = Math.max(width, line.length());
    }
    boolean wrapped = width >= NARROWEST && width <= WIDEST && mostGoOn(text, lines);
    for (int i = 0; i < runsOn.length; i++) {
      TextSpan line = lines.get(i);
      TextSpan next = lines.get(i + 1);
      if (isOwnLine(text, next)) {
        continue;
      }
      if (isDivided(text, line, next)) {
        runsOn[i] = true;
        continue;
      }
      if (wrapped) {
        // A tolerance of a tenth: the text may have been wrapped by bytes, or edited since.
        runsOn[i] = line.length() + 1 + firstWordLength(text, next) > width - width / 10;
      } else {
        runsOn[i] =
            line.length() >= SHORTEST
                && Character.isLowerCase(text.charAt(next.start()))
                && Character.isLetterOrDigit(text.charAt(line.end() - 1));
      }
    }
    return runsOn;
  }

  /** Whether a word is divided between two lines. */
  private static boolean isDivided(CharSequence text, TextSpan line, TextSpan next) {
    return line.length() > 1
        && "-\u2010\u00ad¬".indexOf(text.charAt(line.end() - 1)) >= 0
        && Character.isLetter(text.charAt(line.end() - 2))
        && Character.isLowerCase(text.charAt(next.start()));
  }

  private static boolean mostGoOn(CharSequence text, List<TextSpan> lines) {
    List<Boolean> goOn = new ArrayList<>();
    for (int i = 0; i + 1 < lines.size(); i++) {
      TextSpan next = lines.get(i + 1);
      if (!Marks.endsWithStop(text.subSequence(tail(lines.get(i)), lines.get(i).end()))) {
        goOn.add(Character.isLowerCase(text.charAt(next.start())));
      }
    }
    return !goOn.isEmpty()
        && goOn.stream().filter(Boolean::booleanValue).count() * 2 >= goOn.size();
  }

  private static int tail(TextSpan line) {
    return Math.max(line.start(), line.end() - 16);
  }

  /** A list item or a quoted line starts a line of its own, whatever precedes it. */
  private static boolean isOwnLine(CharSequence text, TextSpan line) {
    return ListMarker.length(text, line) > 0 || text.charAt(line.start()) == '>';
  }

  private static int firstWordLength(CharSequence text, TextSpan line) {
    int at = line.start();
    while (at < line.end() && !Space.is(text.charAt(at))) {
      at++;
    }
    return at - line.start();
  }
}
