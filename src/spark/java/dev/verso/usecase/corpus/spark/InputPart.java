package dev.verso.usecase.corpus.spark;

import java.io.Serializable;
import java.util.List;

/**
 * A part of the inputs that one task reads.
 *
 * @param kind what is in it
 * @param files the files, each with the name of its document and, where a list settles it, its
 *     language; one if it is not of kind {@code FILES}
 * @param start first byte of a list's part, first row group of a table's
 * @param end the byte, or row group, after the last
 * @param before lines, or rows, before the part
 */
record InputPart(Kind kind, List<Entry> files, long start, long end, long before)
    implements Serializable {

  enum Kind {
    FILES,
    CRAWL,
    LIST,
    TABLE
  }

  /**
   * @param path address of the file
   * @param id name of its document
   * @param language tag, or empty
   */
  record Entry(String path, String id, String language) implements Serializable {}
}
