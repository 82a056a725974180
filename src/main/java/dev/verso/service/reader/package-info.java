/**
 * The reading page at {@code /} and the articles that a reader keeps.
 *
 * <p>Lives here: the page with its modules and styles, which are files beside this class, and the
 * interface {@code /v1/articles}. May enter: use cases, the store, what {@code service.http}
 * offers. Invariants: the page loads nothing from elsewhere, runs no script and no style that is
 * written into it but the import map, and is open to anybody; what it shows is asked for with the
 * reader's own key.
 */
package dev.verso.service.reader;
