package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import java.util.ArrayList;
import java.util.List;

/**
 * The translation of one text.
 *
 * @param text the translation
 * @param links word links, offsets into the source text and into {@code text}
 * @param score natural-log probability per target piece, 0 if nothing had to be decoded
 * @param quality estimated quality in [0, 1]
 * @param signals what the estimate was made from, see {@link QualityEstimate#SIGNALS}; empty if
 *     nothing had to be decoded
 * @param notes what the reader should know of it
 */
public record SegmentTranslation(
    String text,
    List<AlignmentLink> links,
    double score,
    double quality,
    List<Double> signals,
    List<String> notes) {

  /** Copies the lists. */
  public SegmentTranslation {
    links = List.copyOf(links);
    signals = List.copyOf(signals);
    notes = List.copyOf(notes);
  }

  /** The same with other links. */
  SegmentTranslation withLinks(List<AlignmentLink> other) {
    return new SegmentTranslation(text, other, score, quality, signals, notes);
  }

  /** The same without links. */
  SegmentTranslation withoutLinks() {
    return withLinks(List.of());
  }

  /** The same with a further note. */
  SegmentTranslation withNote(String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new SegmentTranslation(text, links, score, quality, signals, all);
  }

  /** The same with another text of the same length. */
  SegmentTranslation with(String other) {
    if (other.length() != text.length()) {
      throw new IllegalArgumentException("\"" + other + "\" for \"" + text + "\"");
    }
    return new SegmentTranslation(other, links, score, quality, signals, notes);
  }
}
