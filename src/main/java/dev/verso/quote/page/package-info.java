/**
 * The frame of the pages on quotes, traces and checks, and their style.
 *
 * <p>Enters: a title, and text to be shown. Leaves: HTML. Invariants: a page loads nothing and runs
 * nothing, text is escaped, and light and dark follow the reader's setting.
 */
package dev.verso.quote.page;
