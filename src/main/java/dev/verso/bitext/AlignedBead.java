package dev.verso.bitext;

import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A {@link Bead} with its sentences and word links.
 *
 * @param source the source sentences in order, possibly none
 * @param target the target sentences in order, possibly none unless there are no source sentences
 * @param posterior probability in [0, 1] that exactly these sentences translate each other
 * @param links word links, offsets into the two whole documents' texts
 * @param notes what a reader should know, such as why no words are linked; usually empty
 */
public record AlignedBead(
    List<Segment> source,
    List<Segment> target,
    double posterior,
    List<AlignmentLink> links,
    List<String> notes) {

  /** A bead without notes. */
  public AlignedBead(
      List<Segment> source, List<Segment> target, double posterior, List<AlignmentLink> links) {
    this(source, target, posterior, links, List.of());
  }

  /**
   * @throws IllegalArgumentException if both sides are empty, the posterior is not a probability,
   *     or a link leaves the bead
   */
  public AlignedBead {
    source = List.copyOf(source);
    target = List.copyOf(target);
    links = List.copyOf(links);
    notes = List.copyOf(notes);
    if (source.isEmpty() && target.isEmpty()) {
      throw new IllegalArgumentException("a bead needs a sentence");
    }
    if (!(posterior >= 0 && posterior <= 1)) {
      throw new IllegalArgumentException("not a probability: " + posterior);
    }
    for (AlignmentLink link : links) {
      if (!holds(source, link.source()) || !holds(target, link.target())) {
        throw new IllegalArgumentException("a link leaves its bead: " + link);
      }
    }
  }

  private static boolean holds(List<Segment> segments, TextSpan span) {
    return !segments.isEmpty()
        && segments.get(0).span().union(segments.get(segments.size() - 1).span()).contains(span);
  }

  /** Sizes of the sides, such as {@code 2-1}. */
  public String type() {
    return source.size() + "-" + target.size();
  }

  /** The source sentences joined by spaces, empty if there are none. */
  public String sourceText() {
    return joined(source);
  }

  /** The target sentences joined by spaces, empty if there are none. */
  public String targetText() {
    return joined(target);
  }

  private static String joined(List<Segment> segments) {
    return segments.stream().map(Segment::text).collect(Collectors.joining(" "));
  }
}
