/**
 * Verso's own interface, under {@code /v1}.
 *
 * <p>Enters: requests as {@code http} has read them. Leaves: what the use cases return.
 *
 * <p>Invariants: every handler declares the scope it needs; nothing blocks an event loop.
 */
package dev.verso.service.api;
