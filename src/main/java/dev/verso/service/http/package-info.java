/**
 * What every request passes: firewall, callers and their scopes, limits, reading, errors.
 *
 * <p>Enters: exchanges and settings. Leaves: who calls, what was asked, a problem as an answer.
 *
 * <p>Invariants: a handler without a scope is closed to all; a request is answered when its time is
 * up; no query, body or key is logged.
 */
package dev.verso.service.http;
