package dev.verso.bitext;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats {@link AlignedDocuments} can be printed in, by the names users give them. */
public enum AlignedDocumentsFormat {
  /** Everything, for programs. */
  JSON,
  /** One bead a line, for spreadsheets and scripts. */
  TSV,
  /** Translation memory, TMX 1.4b. */
  TMX,
  /** XLIFF 2.1. */
  XLIFF,
  /** One self-contained side-by-side page. */
  HTML;

  /** The writer that prints it. */
  public AlignedDocumentsWriter writer() {
    return switch (this) {
      case JSON -> new JsonAlignedWriter();
      case TSV -> new TsvAlignedWriter();
      case TMX -> new TmxWriter();
      case XLIFF -> new XliffWriter();
      case HTML -> new HtmlAlignedWriter();
    };
  }

  /** The name users give it, such as {@code tmx}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of that name, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message lists the known ones
   */
  public static AlignedDocumentsFormat of(String label) {
    return Arrays.stream(values())
        .filter(format -> format.name().equalsIgnoreCase(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no format "
                        + label
                        + "; there are "
                        + Arrays.stream(values())
                            .map(AlignedDocumentsFormat::label)
                            .collect(Collectors.joining(", "))));
  }
}
