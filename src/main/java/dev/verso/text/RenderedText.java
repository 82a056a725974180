package dev.verso.text;

import java.util.Arrays;

/**
 * Builds the text that markup renders to, with the raw range that each unit stands for. Runs of
 * white space become one space (mapped to the first part of the run that no tag interrupts); none
 * is kept at either end of a line.
 */
final class RenderedText {

  private final StringBuilder text = new StringBuilder();
  private int[] starts = new int[64];
  private int[] ends = new int[64];

  /** A collapsed run that becomes a space if something follows; empty if there is none. */
  private int spaceStart;

  private int spaceEnd;

  boolean isEmpty() {
    return text.length() == 0;
  }

  int length() {
    return text.length();
  }

  /** Whether the last thing added is a line break. */
  boolean endsWithBreak() {
    return !isEmpty() && text.charAt(text.length() - 1) == '\n';
  }

  /**
   * Adds the text of the raw range {@code [from, to)}, skipping every tag and decoding every
   * reference.
   */
  void append(String raw, int from, int to, boolean preformatted) {
    append(raw, from, to, preformatted, RaisedFigures.Level.LINE);
  }

  /**
   * The same for text that is raised or lowered: a figure there is another one than on the line.
   */
  void append(String raw, int from, int to, boolean preformatted, RaisedFigures.Level level) {
    RaisedFigures.Level figures =
        RaisedFigures.isFigure(raw, from, to) ? level : RaisedFigures.Level.LINE;
    int at = from;
    boolean tags = true;
    while (at < to) {
      char c = raw.charAt(at);
      if (c == '<' && tags) {
        int tag = Markup.tagLength(raw, at, to);
        // Looking for the end once is enough: this keeps the time linear.
        tags = tag >= 0;
        if (tag > 0) {
          at += tag;
          continue;
        }
      }
      int length = 1;
      CharacterReference reference = c == '&' ? CharacterReference.at(raw, at, to) : null;
      if (reference != null) {
        length = reference.length();
        decoded(reference.text(), at, at + length, preformatted);
      } else if (c != 0) {
        unit(RaisedFigures.at(c, figures), at, at + 1, preformatted);
      }
      at += length;
    }
  }

  private void decoded(String decoded, int from, int to, boolean preformatted) {
    for (int i = 0; i < decoded.length(); i++) {
      unit(decoded.charAt(i), from, to, preformatted);
    }
  }

  private void unit(char c, int from, int to, boolean preformatted) {
    boolean line = c == '\n' || c == '\r';
    if (preformatted && line) {
      lineBreak(from, to);
    } else if (c == ' ' || c == '\t' || c == '\f' || line) {
      if (spaceEnd == spaceStart) {
        spaceStart = from;
        spaceEnd = to;
      } else if (from == spaceEnd) {
        spaceEnd = to;
      }
    } else {
      space();
      add(c, from, to);
    }
  }

  /** Adds the line break that the raw range {@code [from, to)} is, unless it begins the text. */
  void lineBreak(int from, int to) {
    spaceStart = 0;
    spaceEnd = 0;
    if (!isEmpty() && !endsWithBreak()) {
      add('\n', from, to);
    }
  }

  private void space() {
    if (spaceEnd > spaceStart && !isEmpty() && !endsWithBreak()) {
      add(' ', spaceStart, spaceEnd);
    }
    spaceStart = 0;
    spaceEnd = 0;
  }

  private void add(char c, int from, int to) {
    int at = text.length();
    if (at == starts.length) {
      starts = Arrays.copyOf(starts, at * 2);
      ends = Arrays.copyOf(ends, at * 2);
    }
    text.append(c);
    starts[at] = from;
    ends[at] = to;
  }

  String text() {
    return text.toString();
  }

  SpanMap map() {
    return SpanMap.of(Arrays.copyOf(starts, text.length()), Arrays.copyOf(ends, text.length()));
  }
}
