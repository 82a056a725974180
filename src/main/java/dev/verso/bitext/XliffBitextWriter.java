package dev.verso.bitext;

import dev.verso.text.Document;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Prints a translation as XLIFF 2.1 (OASIS 2018) for post-editing: a unit with one segment for each
 * source segment, and for each what Verso notes about it.
 *
 * <p>Metadata (module {@code mda}) of the file: name and hash of the source, the model; of a unit:
 * {@code quality} (0 to 1), {@code source-offsets} in UTF-16 units, and {@code place} where the
 * file has places. A doubtful segment has a note of priority 1 that says so. What was not
 * translated has no target.
 */
final class XliffBitextWriter implements BitextWriter {

  @Override
  public void write(Bitext bitext, Writer out) throws IOException {
    Document source = bitext.source();
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.write("<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\"");
    out.write(" xmlns:mda=\"urn:oasis:names:tc:xliff:metadata:2.0\" version=\"2.1\"");
    out.write(" srcLang=\"fr\" trgLang=\"en\">\n<file id=\"f1\" xml:space=\"preserve\"");
    out.write(" original=\"");
    Xml.write(source.name(), true, Xml.Forbidden.REPLACED, out);
    out.write("\">\n<mda:metadata><mda:metaGroup category=\"verso\">\n");
    XliffWriter.meta("source-sha256", source.sha256(), out);
    XliffWriter.meta("model", bitext.model().id(), out);
    out.write("</mda:metaGroup></mda:metadata>\n");
    int number = 0;
    for (TranslationUnit unit : (Iterable<TranslationUnit>) bitext.units()::iterator) {
      unit(++number, unit, source, out);
    }
    out.write("</file>\n</xliff>\n");
  }

  private static void unit(int number, TranslationUnit unit, Document source, Writer out)
      throws IOException {
    out.write("<unit id=\"u" + number + "\">\n<mda:metadata><mda:metaGroup category=\"verso\">\n");
    if (!unit.target().isEmpty()) {
      XliffWriter.meta("quality", String.format(Locale.ROOT, "%.4f", unit.quality()), out);
    }
    int start = unit.source().span().start();
    XliffWriter.meta("source-offsets", start + "-" + unit.source().span().end(), out);
    if (source.placeOf(start).isPresent()) {
      XliffWriter.meta("place", source.placeOf(start).get().toString(), out);
    }
    out.write("</mda:metaGroup></mda:metadata>\n");
    if (unit.isDoubtful() || !unit.notes().isEmpty()) {
      out.write("<notes>\n");
      if (unit.isDoubtful()) {
        note(1, "doubtful: please read it beside the French", out);
      }
      for (String note : unit.notes()) {
        note(2, note, out);
      }
      out.write("</notes>\n");
    }
    out.write("<segment id=\"s1\"");
    out.write(unit.target().isEmpty() ? "" : " state=\"translated\"");
    out.write("><source>");
    Xml.write(unit.source().text(), false, XliffWriter.CODE_POINT, out);
    out.write("</source>");
    if (!unit.target().isEmpty()) {
      out.write("<target>");
      Xml.write(unit.targetText(), false, XliffWriter.CODE_POINT, out);
      out.write("</target>");
    }
    out.write("</segment>\n</unit>\n");
  }

  private static void note(int priority, String text, Writer out) throws IOException {
    out.write("<note category=\"verso\" priority=\"" + priority + "\">");
    Xml.write(text, false, Xml.Forbidden.REPLACED, out);
    out.write("</note>\n");
  }
}
