/**
 * Files in, files out: the translation of a file in the file's own shape.
 *
 * <p>Enters: a file's bytes and its name, neither of them trusted.
 *
 * <p>Invariants: what a file is, its content tells; archives are measured before they are unpacked;
 * nothing outside the file is ever fetched; all that is not text comes out as it went in.
 */
package dev.verso.desk.file;
