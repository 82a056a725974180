/**
 * The database of the service: keys and their use, glossaries, memories, jobs and their results.
 *
 * <p>What enters: values, and what users' files hold, already read. H2 or PostgreSQL behind one
 * interface; every change is one transaction, so that a process killed at any moment leaves all or
 * nothing of it. Nothing of one owner is seen under another's id.
 */
package dev.verso.store;
