/**
 * The interface of LibreTranslate, so that its clients work as they are.
 *
 * <p>Enters and leaves: what LibreTranslate's documentation says, errors included.
 *
 * <p>Invariants: as of {@code api}; what it has and Verso lacks is refused by name.
 */
package dev.verso.service.libretranslate;
