package dev.verso.file;

import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.text.Place;
import dev.verso.text.TextSpan;
import dev.verso.translation.MarkedText;
import java.util.ArrayList;
import java.util.List;

/**
 * The running text of a file that is more than text, and where in the file each stretch of it
 * stands. Paragraphs are parted by empty lines, marks are left out.
 *
 * @param text what a reader of the file reads
 * @param places in order, without overlap
 */
public record ExtractedText(String text, List<Place> places) {

  /** Begins a page in what {@link PdfText} gives. */
  static final char PAGE = '\f';

  /** Copies the list. */
  public ExtractedText {
    places = List.copyOf(places);
  }

  /** Whether files of a kind have to be taken apart to be read. */
  public static boolean isFor(FileKind kind) {
    return kind.isBinary()
        || kind == FileKind.SRT
        || kind == FileKind.VTT
        || kind == FileKind.XLIFF;
  }

  /**
   * Takes a file apart.
   *
   * @param kind one that {@link #isFor} is true of
   * @throws InputException if it is unsafe, can't be read, holds no text, or needs more than the
   *     limits allow
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public static ExtractedText of(
      FileKind kind,
      String name,
      byte[] content,
      ReaderProcesses readers,
      Cancellation cancellation) {
    ExtractedText extracted =
        switch (kind) {
          case SRT, VTT -> Subtitles.extracted(name, content);
          case PDF -> pages(readers.texts(Form.PDF, name, content, cancellation));
          default ->
              paragraphs(
                  readers.texts(Form.of(kind), name, content, cancellation),
                  kind == FileKind.XLIFF ? Place.Kind.SEGMENT : Place.Kind.PARAGRAPH);
        };
    if (extracted.text.isBlank()) {
      throw new InputException(
          kind == FileKind.XLIFF
              ? name + " holds no text that is not translated yet"
              : name + " holds no text");
    }
    return extracted;
  }

  private static ExtractedText pages(List<MarkedText> texts) {
    StringBuilder text = new StringBuilder();
    List<Place> places = new ArrayList<>();
    int begun = 0;
    int page = 1;
    for (MarkedText one : texts) {
      for (int i = 0; i < one.text().length(); i++) {
        char c = one.text().charAt(i);
        if (c != PAGE) {
          text.append(c);
          continue;
        }
        if (text.length() > begun) {
          places.add(new Place(new TextSpan(begun, text.length()), Place.Kind.PAGE, page, ""));
        }
        begun = text.length();
        page++;
      }
    }
    if (text.length() > begun) {
      places.add(new Place(new TextSpan(begun, text.length()), Place.Kind.PAGE, page, ""));
    }
    return new ExtractedText(text.toString(), places);
  }

  private static ExtractedText paragraphs(List<MarkedText> texts, Place.Kind kind) {
    StringBuilder text = new StringBuilder();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String plain = plain(texts.get(i).text());
      if (plain.isBlank()) {
        continue;
      }
      if (!text.isEmpty()) {
        text.append("\n\n");
      }
      int start = text.length();
      text.append(plain);
      places.add(new Place(new TextSpan(start, text.length()), kind, i + 1, ""));
    }
    return new ExtractedText(text.toString(), places);
  }

  /** Without what stands for marks; an empty line inside a paragraph would part it. */
  private static String plain(String marked) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == MarkedText.LINE || c == '\n' || c == '\r') {
        plain.append(' ');
      } else if (c == MarkedText.HARD) {
        plain.append('\n');
      } else if (Character.getType(c) != Character.PRIVATE_USE) {
        plain.append(c);
      }
    }
    return plain.toString().replaceAll("\\s*\\n\\s*", "\n").strip();
  }
}
