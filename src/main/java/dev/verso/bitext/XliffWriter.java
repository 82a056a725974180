package dev.verso.bitext;

import dev.verso.text.Document;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints XLIFF 2.1 (OASIS 2018): one file, for each bead a unit with one segment.
 *
 * <p>Metadata (module {@code mda}) of the file: names, hashes, document score; of a unit: {@code
 * bead} (its type), {@code posterior}, {@code source-offsets} and {@code target-offsets} ({@code
 * start-end} in UTF-16 units, one for each sentence), and {@code links} where words are linked
 * ({@code sourceStart-sourceEnd:targetStart-targetEnd:S:probability}, separated by spaces). A bead
 * without a translation has no target, an addition an empty source. A character that XML cannot
 * hold is a {@code cp} element.
 */
public final class XliffWriter implements AlignedDocumentsWriter {
  static final Xml.Forbidden CODE_POINT =
      (c, out) -> out.write(String.format(Locale.ROOT, "<cp hex=\"%04X\"/>", c));

  @Override
  public void write(AlignedDocuments documents, Writer out) throws IOException {
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.write("<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\"");
    out.write(" xmlns:mda=\"urn:oasis:names:tc:xliff:metadata:2.0\" version=\"2.1\" srcLang=\"");
    Xml.write(documents.sourceLanguage(), true, Xml.Forbidden.REPLACED, out);
    out.write("\" trgLang=\"");
    Xml.write(documents.targetLanguage(), true, Xml.Forbidden.REPLACED, out);
    out.write("\">\n<file id=\"f1\" xml:space=\"preserve\" original=\"");
    Xml.write(documents.source().name(), true, Xml.Forbidden.REPLACED, out);
    out.write("\">\n<mda:metadata><mda:metaGroup category=\"verso\">\n");
    document("source", documents.source(), out);
    document("target", documents.target(), out);
    meta("document-score", decimal(documents.documentScore()), out);
    out.write("</mda:metaGroup></mda:metadata>\n");
    int number = 0;
    for (AlignedBead bead : documents.beads()) {
      number++;
      out.write(
          "<unit id=\"u" + number + "\">\n<mda:metadata><mda:metaGroup category=\"verso\">\n");
      meta("bead", bead.type(), out);
      meta("posterior", decimal(bead.posterior()), out);
      if (!bead.source().isEmpty()) {
        meta("source-offsets", TsvAlignedWriter.spans(bead.source()), out);
      }
      if (!bead.target().isEmpty()) {
        meta("target-offsets", TsvAlignedWriter.spans(bead.target()), out);
      }
      if (!bead.links().isEmpty()) {
        meta(
            "links",
            bead.links().stream().map(XliffWriter::link).collect(Collectors.joining(" ")),
            out);
      }
      out.write("</mda:metaGroup></mda:metadata>\n<segment id=\"s1\"");
      out.write(bead.target().isEmpty() ? "" : " state=\"translated\"");
      out.write("><source>");
      Xml.write(bead.sourceText(), false, CODE_POINT, out);
      out.write("</source>");
      if (!bead.target().isEmpty()) {
        out.write("<target>");
        Xml.write(bead.targetText(), false, CODE_POINT, out);
        out.write("</target>");
      }
      out.write("</segment>\n</unit>\n");
    }
    out.write("</file>\n</xliff>\n");
  }

  private static String link(AlignmentLink link) {
    return link.source().start()
        + "-"
        + link.source().end()
        + ":"
        + link.target().start()
        + "-"
        + link.target().end()
        + ":"
        + link.strength().code()
        + ":"
        + decimal(link.probability());
  }

  private static void document(String side, Document document, Writer out) throws IOException {
    meta(side + "-name", document.name(), out);
    meta(side + "-sha256", document.sha256(), out);
  }

  static void meta(String type, String value, Writer out) throws IOException {
    out.write("<mda:meta type=\"" + type + "\">");
    Xml.write(value, false, Xml.Forbidden.REPLACED, out);
    out.write("</mda:meta>\n");
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
