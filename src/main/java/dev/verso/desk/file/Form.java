package dev.verso.desk.file;

/** In which way something is taken apart and put together. */
enum Form {
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
  /** A piece of HTML in UTF-8. */
  HTML_PIECE,
  /** A piece of XML in UTF-8. */
  XML_PIECE;

  /**
   * @throws IllegalArgumentException if files of that kind are read by other means
   */
  static Form of(FileKind kind) {
    return switch (kind) {
      case PDF -> PDF;
      case DOCX, PPTX, XLSX -> OFFICE;
      case ODT -> OPEN_DOCUMENT;
      case HTML -> HTML;
      case MARKDOWN -> MARKDOWN;
      case XLIFF -> XLIFF;
      case TEXT, SRT, VTT -> throw new IllegalArgumentException("not read here: " + kind);
    };
  }

  /** Whether it is a ZIP archive. */
  boolean isArchive() {
    return this == OFFICE || this == OPEN_DOCUMENT;
  }
}
