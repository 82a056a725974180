/**
 * A text and its translation, linked: {@link dev.verso.bitext.Bitext}, translation units, beads and
 * alignment links, and the writers that print them (JSON, TSV, HTML, TMX, XLIFF).
 *
 * <p>Enters: documents of {@code text} and the translations of their segments.
 *
 * <p>Invariants: source offsets refer to the source document's unaltered text, target offsets to
 * the whole target text; probabilities are in [0, 1], scores are natural logarithms; every value is
 * immutable.
 */
package dev.verso.bitext;
