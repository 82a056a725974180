package dev.verso.file;

import java.time.Duration;

/** How something is taken apart and put together. */
public enum Form {
  /** Printed pages, which are only taken apart. */
  PDF,
  /** Word, PowerPoint and Excel. */
  OFFICE,
  /** OpenDocument text. */
  OPEN_DOCUMENT,
  /** A page. */
  HTML,
  /** Markdown. */
  MARKDOWN,
  /** XLIFF 1.2 or 2. */
  XLIFF,
  /** Gettext's messages. */
  PO,
  /** Messages in JSON. */
  JSON,
  /** Messages as Java's properties. */
  PROPERTIES,
  /** Messages in YAML. */
  YAML,
  /** Android's messages. */
  ANDROID,
  /** A piece of HTML in UTF-8. */
  HTML_PIECE,
  /** A piece of XML in UTF-8. */
  XML_PIECE;

  private static final int LEAST_SECONDS = 3;
  private static final int BYTES_A_SECOND = 50_000;

  /**
   * @throws IllegalArgumentException if files of that kind are read in another way
   */
  public static Form of(FileKind kind) {
    return switch (kind) {
      case PDF -> PDF;
      case DOCX, PPTX, XLSX -> OFFICE;
      case ODT -> OPEN_DOCUMENT;
      case HTML -> HTML;
      case MARKDOWN -> MARKDOWN;
      case XLIFF -> XLIFF;
      case PO -> PO;
      case JSON -> JSON;
      case PROPERTIES -> PROPERTIES;
      case YAML -> YAML;
      case ANDROID -> ANDROID;
      case TEXT, SRT, VTT -> throw new IllegalArgumentException("not read here: " + kind);
    };
  }

  /**
   * How long reading some of it may take: text that is not compressed takes little for each byte,
   * so what is short and takes long was made for that.
   *
   * @param bytes its length
   * @param limits those of every file
   */
  Duration longest(int bytes, FileLimits limits) {
    return isArchive() || this == PDF
        ? Duration.ofSeconds(limits.seconds())
        : Duration.ofSeconds(Math.min(limits.seconds(), LEAST_SECONDS + bytes / BYTES_A_SECOND));
  }

  /** Whether it holds messages of a program, with placeholders. */
  boolean holdsMessages() {
    return this == PO || this == JSON || this == PROPERTIES || this == YAML || this == ANDROID;
  }

  /** Whether it is XML as a whole. */
  boolean isXml() {
    return this == XML_PIECE || this == ANDROID;
  }

  /** Whether it is a ZIP archive. */
  boolean isArchive() {
    return this == OFFICE || this == OPEN_DOCUMENT;
  }
}
