package dev.verso.corpus.export;

import dev.verso.bitext.Xml;
import dev.verso.corpus.CorpusPair;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;

/**
 * Writes XLIFF 2.1: pairs of the same two documents that follow each other are a file, each pair a
 * unit with one segment; hash, licence, scores and offsets are metadata (module {@code mda}). A
 * character that XML cannot hold is a {@code cp} element.
 */
public final class XliffPairWriter implements PairWriter {

  private static final Xml.Forbidden CODE_POINT =
      (c, out) -> out.write(String.format(Locale.ROOT, "<cp hex=\"%04X\"/>", c));

  private final Writer out;
  private String source = "";
  private String target = "";
  private int files;
  private int units;

  public XliffPairWriter(Writer out) throws IOException {
    this.out = out;
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.write("<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\"");
    out.write(" xmlns:mda=\"urn:oasis:names:tc:xliff:metadata:2.0\" version=\"2.1\"");
    out.write(" srcLang=\"fr\" trgLang=\"en\">\n");
  }

  @Override
  public void write(CorpusPair pair) throws IOException {
    boolean same =
        pair.source().document().equals(source) && pair.target().document().equals(target);
    if (files == 0 || !same) {
      end();
      source = pair.source().document();
      target = pair.target().document();
      begin();
    }
    units++;
    out.write("<unit id=\"u" + units + "\">\n<mda:metadata><mda:metaGroup category=\"verso\">\n");
    meta("hash", pair.hash());
    if (!pair.licence().isEmpty()) {
      meta("licence", pair.licence());
    }
    for (Map.Entry<String, Double> score : pair.scores().entrySet()) {
      meta(score.getKey(), String.format(Locale.ROOT, "%.4f", score.getValue()));
    }
    meta("source-offsets", pair.source().start() + "-" + pair.source().end());
    meta("target-offsets", pair.target().start() + "-" + pair.target().end());
    out.write("</mda:metaGroup></mda:metadata>\n<segment id=\"s1\" state=\"translated\"><source>");
    Xml.write(pair.source().text(), false, CODE_POINT, out);
    out.write("</source><target>");
    Xml.write(pair.target().text(), false, CODE_POINT, out);
    out.write("</target></segment>\n</unit>\n");
  }

  private void begin() throws IOException {
    files++;
    units = 0;
    out.write("<file id=\"f" + files + "\" xml:space=\"preserve\" original=\"");
    Xml.write(source, true, Xml.Forbidden.REPLACED, out);
    out.write("\">\n<mda:metadata><mda:metaGroup category=\"verso\">\n");
    meta("source-document", source);
    meta("target-document", target);
    out.write("</mda:metaGroup></mda:metadata>\n");
  }

  private void end() throws IOException {
    if (files > 0) {
      out.write("</file>\n");
    }
  }

  private void meta(String type, String value) throws IOException {
    out.write("<mda:meta type=\"");
    Xml.write(type, true, Xml.Forbidden.REPLACED, out);
    out.write("\">");
    Xml.write(value, false, Xml.Forbidden.REPLACED, out);
    out.write("</mda:meta>\n");
  }

  @Override
  public void close() throws IOException {
    try (out) {
      if (files == 0) {
        // A document without a file is none.
        begin();
        out.write("<unit id=\"u0\"><segment><source/></segment></unit>\n");
      }
      end();
      out.write("</xliff>\n");
    }
  }
}
