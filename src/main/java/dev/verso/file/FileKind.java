package dev.verso.file;

import dev.verso.text.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of file that are translated in their own format. */
public enum FileKind {
  /** Plain text. */
  TEXT("txt", "text/plain; charset=utf-8"),
  /** A page. */
  HTML("html", "text/html; charset=utf-8"),
  /** Markdown. */
  MARKDOWN("md", "text/markdown; charset=utf-8"),
  /** Word. */
  DOCX("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
  /** PowerPoint. */
  PPTX("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
  /** Excel. */
  XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  /** OpenDocument text. */
  ODT("odt", "application/vnd.oasis.opendocument.text"),
  /** SubRip subtitles. */
  SRT("srt", "application/x-subrip; charset=utf-8"),
  /** WebVTT subtitles. */
  VTT("vtt", "text/vtt; charset=utf-8"),
  /** XLIFF 1.2 or 2. */
  XLIFF("xlf", "application/xliff+xml"),
  /** Gettext's messages of a program. */
  PO("po", "text/x-gettext-translation; charset=utf-8"),
  /** Messages of a program in JSON. */
  JSON("json", "application/json"),
  /** Messages of a program as Java's properties. */
  PROPERTIES("properties", "text/x-java-properties; charset=utf-8"),
  /** Messages of a program in YAML. */
  YAML("yaml", "application/yaml"),
  /** Android's messages of a program. */
  ANDROID("xml", "application/xml"),
  /** Printed pages; the translation is an HTML page. */
  PDF("pdf", "application/pdf");

  private static final Pattern FIRST_CUE =
      Pattern.compile("^\\s*\\d+\\s*\\R\\s*\\d+:\\d\\d:\\d\\d[,.]\\d{1,3}\\s*-->");
  private static final Pattern XLIFF_ROOT = Pattern.compile("<(?:\\w+:)?xliff[\\s>]");
  private static final Pattern PAGE =
      Pattern.compile(
          "^(?:<\\?xml[^>]*>)?\\s*<(?:!doctype\\s+html|html|head|body|article|main)\\b");
  private static final Pattern ANDROID_ROOT =
      Pattern.compile("<resources[\\s>][^\\x00]*?<(?:string|plurals|string-array)[\\s>]");
  private static final Pattern FIRST_MESSAGE =
      Pattern.compile("(?m)^msgid\\s+\"[^\\n]*\\R(?:\"[^\\n]*\\R)*msg(?:str|id_plural)\\b");
  private static final Pattern FIRST_MEMBER =
      Pattern.compile("^\\{\\s*\"(?:[^\"\\\\\\n]|\\\\.)*+\"\\s*:\\s*[\\[{\"\\dtfn-]");
  private static final int WINDOW = 4096;

  /** What UTF-16 and UTF-32 add to ASCII, including byte order marks. */
  private static final Pattern WIDE = Pattern.compile("[\\x00\u00fe\u00ff]");

  private final String extension;
  private final String mediaType;

  FileKind(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  /** The extension of its files, without the dot. */
  public String extension() {
    return extension;
  }

  /** Whether a file extension, in lower case without the dot, is one of its files'. */
  public boolean isNamed(String extension) {
    return extension.equals(this.extension)
        || switch (this) {
          case HTML -> extension.equals("htm") || extension.equals("xhtml");
          case MARKDOWN -> extension.equals("markdown");
          case XLIFF -> extension.equals("xliff");
          default -> false;
        };
  }

  /** Its media type, as in an HTTP header. */
  public String mediaType() {
    return mediaType;
  }

  /** Whether it is more than text, so that it can't be shown on a terminal. */
  public boolean isBinary() {
    return this == DOCX || this == PPTX || this == XLSX || this == ODT || this == PDF;
  }

  /** Whether it holds a program's messages, which only make sense in their own format. */
  public boolean holdsMessages() {
    return this == PO || this == JSON || this == PROPERTIES || this == YAML || this == ANDROID;
  }

  /** All kinds, as a list for messages. */
  public static String list() {
    return Arrays.stream(values()).map(FileKind::extension).collect(Collectors.joining(", "));
  }

  /**
   * What a file is, by its content; its name only distinguishes kinds of text.
   *
   * <p>The directory of an archive is read; nothing is unpacked except the name of its type.
   *
   * @throws InputException if it is an archive of another kind, or a damaged one
   */
  public static FileKind of(String name, byte[] content) {
    String head =
        new String(content, 0, Math.min(WINDOW, content.length), StandardCharsets.ISO_8859_1);
    if (head.startsWith("PK\u0003\u0004")) {
      return Archive.of(name, content).kind();
    }
    if (head.startsWith("%PDF-")) {
      return PDF;
    }
    String text = head.startsWith("\u00ef\u00bb\u00bf") ? head.substring(3) : head;
    if (content.length > 1
        && (content[0] == 0
            || content[1] == 0
            || text.startsWith("\u00ff\u00fe")
            || text.startsWith("\u00fe\u00ff"))) {
      text = WIDE.matcher(text).replaceAll("");
    }
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("WEBVTT")) {
      return VTT;
    }
    if (FIRST_CUE.matcher(text).find()) {
      return SRT;
    }
    if (XLIFF_ROOT.matcher(lower).find()) {
      return XLIFF;
    }
    if (PAGE.matcher(lower).find()) {
      return HTML;
    }
    if (ANDROID_ROOT.matcher(lower).find()) {
      return ANDROID;
    }
    String ending = name.toLowerCase(Locale.ROOT);
    if (ending.endsWith(".strings")) {
      throw new InputException(
          name + ": .strings files are not read; export the texts as XLIFF and translate that");
    }
    if (ending.endsWith(".po") || ending.endsWith(".pot") || FIRST_MESSAGE.matcher(text).find()) {
      return PO;
    }
    if (ending.endsWith(".json") || FIRST_MEMBER.matcher(lower).find()) {
      return JSON;
    }
    if (ending.endsWith(".properties")) {
      return PROPERTIES;
    }
    if (ending.endsWith(".yaml") || ending.endsWith(".yml")) {
      return YAML;
    }
    String extension = ending.substring(ending.lastIndexOf('.') + 1);
    return MARKDOWN.isNamed(extension) ? MARKDOWN : HTML.isNamed(extension) ? HTML : TEXT;
  }
}
