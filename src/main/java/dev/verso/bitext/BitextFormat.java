package dev.verso.bitext;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats a {@link Bitext} can be printed in, by the names users give them. */
public enum BitextFormat {
  /** The translation alone. */
  TEXT("text/plain; charset=utf-8", "txt"),
  /** Everything, for programs. */
  JSON("application/json", "json"),
  /** The quotes, linked to their French: W3C Web Annotations. */
  JSONLD("application/ld+json", "jsonld"),
  /** One self-contained side-by-side page. */
  HTML("text/html; charset=utf-8", "html"),
  /** One segment a line, for spreadsheets and scripts. */
  TSV("text/tab-separated-values; charset=utf-8", "tsv"),
  /** For post-editing in translators' tools. */
  XLIFF("application/xliff+xml", "xlf"),
  /** For a translation memory. */
  TMX("application/x-tmx+xml", "tmx");

  private final String mediaType;
  private final String extension;

  BitextFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  /** The writer that prints it, without quotes. */
  public BitextWriter writer() {
    return writer(List.of());
  }

  /**
   * The writer that prints it.
   *
   * @param quotes the quotes that JSON, JSON-LD and HTML include
   */
  public BitextWriter writer(List<QuotedPassage> quotes) {
    return switch (this) {
      case TEXT -> new TextBitextWriter();
      case JSON -> new JsonBitextWriter(quotes);
      case JSONLD -> new JsonLdBitextWriter(quotes);
      case HTML -> new HtmlBitextWriter(quotes);
      case TSV -> new TsvBitextWriter();
      case XLIFF -> new XliffBitextWriter();
      case TMX -> new TmxBitextWriter();
    };
  }

  /** Whether it shows which words are linked. */
  public boolean hasLinks() {
    return this != TEXT && this != XLIFF && this != TMX;
  }

  /** Whether it shows the quotes. */
  public boolean hasQuotes() {
    return this == JSON || this == JSONLD || this == HTML;
  }

  /** Its media type, as in an HTTP header. */
  public String mediaType() {
    return mediaType;
  }

  /** The extension of its files, without the dot. */
  public String extension() {
    return extension;
  }

  /** The name users give it, such as {@code html}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of that name, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message lists the known ones
   */
  public static BitextFormat of(String label) {
    return Arrays.stream(values())
        .filter(format -> format.label().equalsIgnoreCase(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no format '"
                        + label
                        + "': use "
                        + Arrays.stream(values())
                            .map(BitextFormat::label)
                            .collect(Collectors.joining(", "))));
  }
}
