/**
 * The French (or English) input as received: {@link dev.verso.text.Document}s of blocks and
 * sentences, the readers that make them, and sentence segmentation.
 *
 * <p>Enters: bytes of plain text or HTML. Uses no other room of Verso.
 *
 * <p>Invariants: offsets are half-open UTF-16 ranges into the decoded input, which is never
 * altered; every value is immutable; blocks and segments are in order and do not overlap.
 */
package dev.verso.text;
