package dev.verso.desk.file;

import dev.verso.desk.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A look into a zipped document before anything else opens it: what it is, and that unpacking it is
 * safe.
 */
final class Archive {

  /** A document unpacks to less than this. */
  static final long MOST_BYTES = 256L << 20;

  /** Text packs to a tenth or so; a bomb to a thousandth. */
  private static final int MOST_RATIO = 200;

  private static final int MOST_ENTRIES = 10_000;

  /** Small archives may pack well. */
  private static final long HARMLESS = 8L << 20;

  private Archive() {}

  /**
   * The kind of document.
   *
   * @throws InputException if it is none, is damaged, or unpacks to far too much
   */
  static FileKind kind(String name, byte[] content) {
    Set<String> names = new HashSet<>();
    String mimetype = "";
    long total = 0;
    byte[] buffer = new byte[1 << 16];
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (names.size() >= MOST_ENTRIES) {
          throw new InputException(name + " holds more than " + MOST_ENTRIES + " parts");
        }
        String part = entry.getName();
        names.add(part);
        boolean xml = part.toLowerCase(Locale.ROOT).matches(".*\\.(xml|rels)");
        boolean first = true;
        for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
          total += n;
          if (total > MOST_BYTES || (total > HARMLESS && total / MOST_RATIO > content.length)) {
            throw new InputException(
                name + " unpacks to far more than a document holds; it was not opened");
          }
          String head = first ? new String(buffer, 0, n, StandardCharsets.ISO_8859_1) : "";
          if (first && part.equals("mimetype")) {
            mimetype = head.strip();
          }
          // Declarations of entities stand before the first element.
          if (first && xml && head.toLowerCase(Locale.ROOT).contains("<!doctype")) {
            throw new InputException(
                name + ": its part " + part + " declares a document type, which no office writes");
          }
          first = false;
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          name + " is a damaged archive (" + e.getMessage() + "); save it anew and try again", e);
    }
    if (names.contains("word/document.xml")) {
      return FileKind.DOCX;
    }
    if (names.contains("ppt/presentation.xml")) {
      return FileKind.PPTX;
    }
    if (names.contains("xl/workbook.xml")) {
      return FileKind.XLSX;
    }
    if (mimetype.startsWith("application/vnd.oasis.opendocument.text")) {
      return FileKind.ODT;
    }
    throw new InputException(
        name + " is an archive, but no document that is read: use one of " + FileKind.list());
  }
}
