package dev.verso.translation;

import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
import java.util.ArrayList;
import java.util.List;

/**
 * An element, a single mark, or the text as a whole: [start, end) of the source's characters, [low,
 * high) of the target's words. Filled in by {@link MarkupPlacement}; used by one thread.
 */
final class MarkupNode {
  final Mark mark;
  final int start;
  int end;
  int low;
  int high;
  final List<MarkupNode> children = new ArrayList<>();

  MarkupNode(Mark mark, int start, int end) {
    this.mark = mark;
    this.start = start;
    this.end = end;
  }

  boolean isElement() {
    return mark == null || mark.kind() == Kind.OPEN;
  }

  /** The marks of a text as a tree; the root is the text as a whole, over all target words. */
  static MarkupNode tree(MarkedText source, int targetWords) {
    MarkupNode root = new MarkupNode(null, 0, source.text().length());
    MarkupNode parent = root;
    List<MarkupNode> open = new ArrayList<>();
    for (Mark mark : source.marks()) {
      if (mark.kind() == Kind.CLOSE) {
        parent.end = mark.position();
        open.remove(open.size() - 1);
        parent = open.isEmpty() ? root : open.get(open.size() - 1);
        continue;
      }
      MarkupNode node = new MarkupNode(mark, mark.position(), mark.position());
      parent.children.add(node);
      if (mark.kind() == Kind.OPEN) {
        open.add(node);
        parent = node;
      }
    }
    root.high = targetWords;
    return root;
  }
}
