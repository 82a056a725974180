package dev.verso.bitext;

import dev.verso.text.BlockKind;
import dev.verso.text.TextSpan;
import java.util.List;
import java.util.Objects;

/**
 * A block of the source document with the translations of its segments.
 *
 * @param kind what the source block is
 * @param source raw range of the source block
 * @param units its translation units in source order, one for each of its segments
 */
public record BitextBlock(BlockKind kind, TextSpan source, List<TranslationUnit> units) {

  /** Copies the list. */
  public BitextBlock {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(source);
    units = List.copyOf(units);
  }
}
