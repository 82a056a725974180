package dev.verso.bitext;

import dev.verso.text.Document;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A source document and its translation, linked segment by segment and word by word.
 *
 * @param source the document that was translated, its text unaltered
 * @param model which model made the translation
 * @param blocks the translated blocks in order
 * @param targetText the whole translation: sentences of a block separated by a space (or by the
 *     line break that separated them in the source), blocks by a blank line
 */
public record Bitext(
    Document source, ModelReference model, List<BitextBlock> blocks, String targetText) {

  /**
   * The model and the settings that determine its output.
   *
   * @param id the model's name from its manifest
   * @param sha256 hash over the model's files
   * @param beam width of the beam, 1 for greedy search
   */
  public record ModelReference(String id, String sha256, int beam) {

    /**
     * @throws IllegalArgumentException if the beam is not positive
     */
    public ModelReference {
      Objects.requireNonNull(id);
      Objects.requireNonNull(sha256);
      if (beam < 1) {
        throw new IllegalArgumentException("a beam needs at least 1 hypothesis: " + beam);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if a unit's target text is not the target text at its position
   */
  public Bitext {
    Objects.requireNonNull(source);
    Objects.requireNonNull(model);
    blocks = List.copyOf(blocks);
    for (BitextBlock block : blocks) {
      for (TranslationUnit unit : block.units()) {
        if (unit.target().end() > targetText.length()
            || !targetText.startsWith(unit.targetText(), unit.target().start())) {
          throw new IllegalArgumentException("the target text differs at " + unit.target());
        }
      }
    }
  }

  /** All translation units in order. */
  public Stream<TranslationUnit> units() {
    return blocks.stream().flatMap(block -> block.units().stream());
  }
}
