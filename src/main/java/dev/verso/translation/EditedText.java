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
  private final String text;

  /** Applies edits that do not overlap. */
  EditedText(String old, List<Edit> edits) {
    this.edits = edits.stream().sorted(Comparator.comparing(Edit::span)).toList();
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
    int shift = 0;
    for (Edit edit : edits) {
      // What is inserted at an edge belongs to the text behind it.
      boolean behind = edit.span.isEmpty() && edit.span.end() == position && !isStart;
      if (edit.span.end() <= position && !behind) {
        shift += edit.replacement.length() - edit.span.length();
      } else if (edit.span.start() < position) {
        int from = edit.span.start() + shift;
        return isStart ? from : from + edit.replacement.length();
      } else {
        break;
      }
    }
    return position + shift;
  }
}
