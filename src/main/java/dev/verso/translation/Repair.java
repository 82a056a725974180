package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.translation.EditedText.Edit;
import dev.verso.translation.Partition.Part;
import java.util.List;

/** One kind of fault of the model that is put right in its own words. Stateless. */
interface Repair {

  /** The edits to make; none where nothing is wrong. Where two collide, the first counts. */
  List<Edit> edits(Translated translated);

  /**
   * A part of a segment with the model's translation of it.
   *
   * @param segment the whole segment
   * @param part the part
   * @param last whether the segment ends with it
   * @param text the model's translation, untouched
   * @param links word links between the part's input and {@code text}
   * @param terms where terms of the glossary stand in the input
   */
  record Translated(
      String segment,
      Part part,
      boolean last,
      String text,
      List<AlignmentLink> links,
      List<Glossary.Occurrence> terms) {

    /** Copies the lists. */
    public Translated {
      links = List.copyOf(links);
      terms = List.copyOf(terms);
    }

    /** What the model read. */
    String input() {
      return part.input();
    }
  }
}
