/**
 * The interface of DeepL's API, version 2, and its glossaries of version 3, so that its clients
 * work as they are.
 *
 * <p>Enters and leaves: what DeepL's documentation says, errors included.
 *
 * <p>Invariants: as of {@code api}; what it has and Verso lacks is refused by name.
 */
package dev.verso.service.deepl;
