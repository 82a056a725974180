/**
 * Files in, files out: the translation of a file in the file's own format.
 *
 * <p>Enters: a file's bytes and its name, both untrusted.
 *
 * <p>Invariants: the content of a file decides what it is; libraries take files apart in a separate
 * process with limits on time, memory and files, which can open nothing outside; archives are
 * measured before they are unpacked, and can be read in only one way; nothing outside the file is
 * ever fetched; everything that is not text is unchanged.
 */
package dev.verso.file;
