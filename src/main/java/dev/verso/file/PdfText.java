package dev.verso.file;

import dev.verso.text.InputException;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * The text of a PDF, paragraphs separated by empty lines. Only ever runs in a {@link
 * ReaderProcess}.
 */
final class PdfText {

  private PdfText() {}

  /**
   * @param name what the user calls it
   * @throws InputException if the file is locked, damaged, a scan, or contains more than the limits
   *     allow
   */
  static String of(String name, byte[] content, FileLimits limits) {
    Allowance allowance = new Allowance(name, limits);
    Lines lines = new Lines(allowance);
    try (PDDocument document = Loader.loadPDF(content)) {
      lines.writeText(document, Writer.nullWriter());
    } catch (InvalidPasswordException e) {
      throw new InputException(name + " is protected by a password; save it without one", e);
    } catch (IOException | RuntimeException e) {
      throw new InputException(name + " is a damaged PDF (" + e.getMessage() + ")", e);
    }
    allowance.check();
    String text = PdfLayout.text(lines.drawn);
    if (text.isBlank()) {
      throw new InputException(
          name + " contains no text: a scan needs text recognition (OCR) first");
    }
    return text;
  }

  /** Keeps the lines that are within the limits and counts the rest. */
  private static final class Lines extends PDFTextStripper {
    private final Allowance allowance;
    private final List<PdfLayout.Line> drawn = new ArrayList<>();

    Lines(Allowance allowance) {
      this.allowance = allowance;
    }

    @Override
    protected void writeString(String text, List<TextPosition> places) {
      if (places.isEmpty() || !allowance.hasMore(text.length())) {
        return;
      }
      TextPosition first = places.get(0);
      TextPosition last = places.get(places.size() - 1);
      drawn.add(
          new PdfLayout.Line(
              getCurrentPageNo() - 1,
              first.getXDirAdj(),
              last.getXDirAdj() + last.getWidthDirAdj(),
              first.getYDirAdj(),
              Math.max(1, first.getFontSizeInPt()),
              text));
    }
  }
}
