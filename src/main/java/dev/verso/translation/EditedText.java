package dev.verso.translation;

import dev.verso.text.TextSpan;
import java.util.Comparator;
import java.util.List;

/** A text with some ranges replaced, and where ranges of the old text stand in the new one. */
final class EditedText {

  /**
   * One replacement.
   *
   * @param span range of the old text
   * @param replacement what stands there now
   */
  record Edit(TextSpan span, String replacement) {}

  private final List<Edit> edits;

  /** By how much a text grows with the edits before each, and with all. */
  private final int[] shifts;

  private final String text;

  /** Applies edits that do not overlap. */
  EditedText(String old, List<Edit> edits) {
    this.edits = edits.stream().sorted(Comparator.comparing(Edit::span)).toList();
    shifts = new int[edits.size() + 1];
    for (int i = 0; i < edits.size(); i++) {
      Edit edit = this.edits.get(i);
      shifts[i + 1] = shifts[i] + edit.replacement.length() - edit.span.length();
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Edit edit : this.edits) {
      out.append(old, at, edit.span.start()).append(edit.replacement);
      at = edit.span.end();
    }
    text = out.append(old, at, old.length()).toString();
  }

  String text() {
    return text;
  }

  /** The new range of an old one; edges inside a replaced range move to that range's edges. */
  TextSpan map(TextSpan old) {
    return new TextSpan(map(old.start(), true), map(old.end(), false));
  }

  private int map(int position, boolean isStart) {
    int from = 0;
    int to = edits.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (isBefore(edits.get(middle).span, position, isStart)) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    if (from < edits.size() && edits.get(from).span.start() < position) {
      Edit edit = edits.get(from);
      int start = edit.span.start() + shifts[from];
      return isStart ? start : start + edit.replacement.length();
    }
    return position + shifts[from];
  }

  /** Of edits in order, only those from some place on are not before a position. */
  private static boolean isBefore(TextSpan edit, int position, boolean isStart) {
    // What is inserted at an edge belongs to the text behind it.
    boolean behind = edit.isEmpty() && edit.end() == position && !isStart;
    return edit.end() <= position && !behind;
  }
}
