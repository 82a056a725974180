/**
 * What command line and service share: a request record in, a result record out.
 *
 * <p>Each use case assembles its result in one place, from reading to what is printed; whoever
 * calls it prints it and does nothing else. Long ones report their progress and look at their
 * cancellation every few milliseconds. They are thread-safe and hold an engine that stays the
 * caller's.
 */
package dev.verso.usecase;
