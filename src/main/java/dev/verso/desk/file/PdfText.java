package dev.verso.desk.file;

import dev.verso.desk.InputException;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a PDF, paragraphs parted by empty lines. */
final class PdfText {

  private PdfText() {}

  /**
   * @throws InputException if the file is locked, damaged or a scan
   */
  static String of(String name, byte[] content) {
    try (PDDocument document = Loader.loadPDF(content)) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      stripper.setLineSeparator("\n");
      stripper.setParagraphEnd("\n");
      stripper.setPageEnd("\n");
      String text = stripper.getText(document);
      if (text.isBlank()) {
        throw new InputException(
            name + " holds no text: a scan has to go through text recognition (OCR) first");
      }
      return text;
    } catch (InvalidPasswordException e) {
      throw new InputException(name + " is locked by a password; save it without one", e);
    } catch (IOException e) {
      throw new InputException(name + " is a damaged PDF (" + e.getMessage() + ")", e);
    }
  }
}
