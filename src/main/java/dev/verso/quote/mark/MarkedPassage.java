package dev.verso.quote.mark;

import dev.verso.text.TextSpan;
import java.util.List;

/**
 * A passage between quotation marks, as {@link QuotationMarks} paired them.
 *
 * @param outer from the opening mark's start to the closing mark's end; where a mark is missing, to
 *     the content's edge
 * @param content inside the marks, without outer space: several spans when a mark is repeated where
 *     a line begins; in order, disjoint, none empty
 * @param depth how many passages it stands in, 0 for none
 * @param opened whether it has its opening mark
 * @param closed whether it has its closing mark
 * @param repaired what was wrong with its marks and how they were read, a sentence each
 */
public record MarkedPassage(
    TextSpan outer,
    List<TextSpan> content,
    int depth,
    boolean opened,
    boolean closed,
    List<String> repaired) {

  /** Copies the lists. */
  public MarkedPassage {
    content = List.copyOf(content);
    repaired = List.copyOf(repaired);
    if (content.isEmpty()) {
      throw new IllegalArgumentException("nothing between the marks at " + outer);
    }
  }

  /** The smallest span that holds the content. */
  public TextSpan extent() {
    return content.get(0).union(content.get(content.size() - 1));
  }
}
