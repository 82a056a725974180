package dev.verso.file;

import dev.verso.text.InputException;
import java.io.IOException;
import java.io.StringWriter;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

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
    StringWriter text = new AllowedWriter(allowance);
    try (PDDocument document = Loader.loadPDF(content)) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      stripper.setLineSeparator("\n");
      stripper.setParagraphEnd("\n");
      stripper.setPageEnd("\n");
      stripper.writeText(document, text);
    } catch (InvalidPasswordException e) {
      throw new InputException(name + " is protected by a password; save it without one", e);
    } catch (IOException | RuntimeException e) {
      throw new InputException(name + " is a damaged PDF (" + e.getMessage() + ")", e);
    }
    allowance.check();
    if (text.toString().isBlank()) {
      throw new InputException(
          name + " contains no text: a scan needs text recognition (OCR) first");
    }
    return text.toString();
  }

  /** Keeps what is within the limits and counts the rest. */
  private static final class AllowedWriter extends StringWriter {
    private final Allowance allowance;

    AllowedWriter(Allowance allowance) {
      this.allowance = allowance;
    }

    @Override
    public void write(int character) {
      if (allowance.hasMore(1)) {
        super.write(character);
      }
    }

    @Override
    public void write(char[] characters, int from, int count) {
      if (allowance.hasMore(count)) {
        super.write(characters, from, count);
      }
    }

    @Override
    public void write(String characters) {
      if (allowance.hasMore(characters.length())) {
        super.write(characters);
      }
    }

    @Override
    public void write(String characters, int from, int count) {
      if (allowance.hasMore(count)) {
        super.write(characters, from, count);
      }
    }
  }
}
