/**
 * What is known of French and English: words and marks, forms and stems.
 *
 * <p>What enters: text. Nothing here knows of translations, alignments or quotes. Offsets are UTF-16
 * units into the text that was given; data stands in resources, beside examples. Everything is
 * immutable and thread-safe.
 */
package dev.verso.language;
