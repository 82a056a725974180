/**
 * Files in, files out: the translation of a file in the file's own shape.
 *
 * <p>Enters: a file's bytes and its name, neither of them trusted.
 *
 * <p>Invariants: what a file is, its content tells; what libraries take apart, they take apart in a
 * process of their own with limits on time, memory and files, which can open nothing outside;
 * archives are measured before they are unpacked, and can be read in one way only; nothing outside
 * the file is ever fetched; all that is not text comes out as it went in.
 */
package dev.verso.file;
