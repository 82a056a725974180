/**
 * What outlives a request: jobs with their articles and bitexts, glossaries, memories, API keys.
 *
 * <p>Enters: values of the use cases. A relational database stores them: H2 in a file, or
 * PostgreSQL.
 *
 * <p>Invariants: each public method is one transaction; times are the database's, so that several
 * instances agree; what belongs to one owner is invisible to another.
 */
package dev.verso.store;
