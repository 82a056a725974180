/**
 * Which pairs are worth keeping, and why not the others.
 *
 * <p>Enters: pairs, one at a time, and where a translation model was asked what it said.
 *
 * <p>Invariants: a pair is judged by itself, so the judgement does not depend on its neighbours;
 * what is rejected has a reason; length alone never rejects a short pair.
 */
package dev.verso.corpus.filter;
