package dev.verso.file;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextBlock;
import dev.verso.bitext.TranslationUnit;
import dev.verso.bitext.Xml;
import dev.verso.text.BlockKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTRPr;

/**
 * A translation as a Word document for revising by hand: a table of two columns, French and
 * English, a row for each segment, with what Verso notes about it under the English. Each side
 * names its language, so that Word's spelling checker knows it; a doubtful segment says so.
 *
 * <p>Stateless. What XML can't hold becomes the replacement character.
 */
public final class WordBitext {

  /** The media type of Word documents. */
  public static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  private static final String DOUBTFUL = "doubtful: please read it beside the French";
  private static final String QUIET = "666666";
  private static final int HALF = 4700; // twentieths of a point: half of what A4 leaves for text

  private WordBitext() {}

  /** The document. */
  public static byte[] write(Bitext bitext) {
    try (XWPFDocument document = new XWPFDocument();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      XWPFRun label = document.createParagraph().createRun();
      label.setItalic(true);
      label.setColor(QUIET);
      label.setText(
          Xml.allowed(bitext.source().name())
              + ": machine translation from French by Verso ("
              + bitext.model().id()
              + "). The French is the original and alone counts.");
      language(label, "en-GB");
      XWPFTable table = document.createTable(1, 2);
      XWPFTableRow head = table.getRow(0);
      head.setRepeatHeader(true);
      List<String> titles = List.of("French", "English");
      for (int k = 0; k < titles.size(); k++) {
        XWPFRun run = run(head.getCell(k).getParagraphArray(0), titles.get(k), "en-GB");
        run.setBold(true);
        head.getCell(k).setWidth(String.valueOf(HALF));
      }
      for (BitextBlock block : bitext.blocks()) {
        for (TranslationUnit unit : block.units()) {
          row(table.createRow(), block.kind(), unit);
        }
      }
      document.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("nothing but memory is written to", e);
    }
  }

  private static void row(XWPFTableRow row, BlockKind kind, TranslationUnit unit) {
    side(row.getCell(0), kind, unit.source().text(), "fr-FR");
    XWPFTableCell english = row.getCell(1);
    side(english, kind, unit.targetText(), "en-GB");
    if (unit.isDoubtful()) {
      note(english, DOUBTFUL);
    }
    unit.notes().forEach(note -> note(english, note));
  }

  private static void side(XWPFTableCell cell, BlockKind kind, String text, String language) {
    cell.setWidth(String.valueOf(HALF));
    XWPFRun run = run(cell.getParagraphArray(0), text, language);
    run.setBold(kind == BlockKind.TITLE);
    if (kind == BlockKind.BOILERPLATE) {
      run.setColor(QUIET);
    }
  }

  private static void note(XWPFTableCell cell, String text) {
    XWPFRun run = run(cell.addParagraph(), text, "en-GB");
    run.setItalic(true);
    run.setColor(QUIET);
  }

  private static XWPFRun run(XWPFParagraph paragraph, String text, String language) {
    paragraph.setAlignment(ParagraphAlignment.LEFT);
    XWPFRun run = paragraph.createRun();
    run.setText(Xml.allowed(text));
    language(run, language);
    return run;
  }

  private static void language(XWPFRun run, String language) {
    CTRPr properties = run.getCTR().isSetRPr() ? run.getCTR().getRPr() : run.getCTR().addNewRPr();
    properties.addNewLang().setVal(language);
  }
}
